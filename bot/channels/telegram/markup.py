"""Markup: a Reply → the messages that Telegram shows, each within its limits, with the buttons under the last."""

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from html import escape
from itertools import pairwise, takewhile
from unicodedata import category, east_asian_width

from dialogs.replies import Button, Reply

MESSAGE_UNITS = 4096  # UTF-16 code units of a message's text without its tags: the stricter reading of "characters"
MESSAGE_ENTITIES = 100  # Telegram ignores any further formatting in a message
FOLDED_OVER = 300  # characters: about a screen of a phone; a longer quote is folded, so that the next line is seen
LABEL_CHARACTERS = 64  # of a button; no phone shows more
WIDE_LABEL = 20  # columns, 2 to a full-width character: where a label is wider, half a phone's width cuts it off
KEYBOARD_BUTTONS = 100  # Telegram refuses a keyboard with more

_UNSENDABLE = re.compile("[\0\ud800-\udfff]")
_CONTROL = re.compile("[\x01-\x08\x0b-\x1f\x7f-\x9f]")
# Nothing to see: Telegram refuses a message of these alone, so no message begins with one.
_INVISIBLE = re.compile(
    "[\\s\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufffc\U000e0000-\U000e0fff]*"
)
# Where a text may be broken, best first; each kind holds those before it. Closing marks stay with what they close.
_SENTENCE = "\n|[。！？；…]+[」』”’）》】]*|[.!?;]+[\"')\\]]*(?=\\s)"
_CLAUSE = _SENTENCE + r"|[，、：]+|[,:](?![\d/])"
_ENDS = tuple(re.compile(ends) for ends in ("\n", _SENTENCE, _CLAUSE, _CLAUSE + r"|\s+"))
_MODIFIER = re.compile("[\u200d\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]")  # joiner, skin tones, tags of a flag
_FLAG_LETTER = re.compile("[\U0001f1e6-\U0001f1ff]")


@dataclass(frozen=True, slots=True)
class Part:
    """One message: its text for parse_mode HTML, and its rows of inline buttons, labels as they are shown."""

    html: str
    keyboard: tuple[tuple[Button, ...], ...] = ()


@dataclass(frozen=True, slots=True)
class _Span:
    """Formatting of the text from start to end, in characters: the tag's name, and its attribute if any."""

    start: int
    end: int
    tag: str
    attribute: str = ""


def parts(reply: Reply) -> tuple[Part, ...]:
    """A reply as messages in order, within MESSAGE_UNITS and MESSAGE_ENTITIES each; none if nothing is to be seen."""
    text, starts, spans = _laid_out(reply)
    shown = [_html(text, spans, start, end) for start, end in _messages(text, starts, spans)]
    return (*map(Part, shown[:-1]), *(Part(html, _rows(reply.buttons)) for html in shown[-1:]))


def inline_keyboard(part: Part) -> dict[str, list[list[dict[str, str]]]] | None:
    """A part's buttons as the Bot API takes them in reply_markup; None where it has none."""
    if not part.keyboard:
        return None
    rows = [[{"text": button.label, "callback_data": button.tap} for button in row] for row in part.keyboard]
    return {"inline_keyboard": rows}


def _laid_out(reply: Reply) -> tuple[str, list[int], list[_Span]]:
    """The whole text without tags, where each of the reply's lines that show starts in it, and its formatting."""
    rows: list[str] = []
    starts: list[int] = []
    spans: list[_Span] = []
    at = 0  # where the next row starts
    box: int | None = None  # which of the spans is the box that the next quote shares
    for line in reply.lines:
        sentence = _sendable(line.text)
        if sentence or line.quote:
            starts.append(at)
        if sentence:
            rows.append(sentence)
            at += len(sentence) + 1
            box = None
        if line.quote is None:
            continue
        alone = box is None
        if box is None:
            box = len(spans)
            spans.append(_Span(at, at, "blockquote"))
        # A title runs over several lines in the paper; here it is one quote.
        rows.append(f"「{_sendable(line.quote.text).replace(chr(10), '')}」")
        at += len(rows[-1]) + 1
        if place := _sendable(line.quote.place):
            rows.append(place)
            spans.append(_Span(at, at + len(place), "i"))
            at += len(place) + 1
        start, end = spans[box].start, at - 1
        # Several quotes in a box are a list that was asked for: that stays open. Where a box is broken over messages,
        # each piece is of the same kind.
        spans[box] = _Span(start, end, "blockquote", " expandable" if alone and end - start > FOLDED_OVER else "")
    return "\n".join(rows), starts, spans


def _messages(text: str, starts: Sequence[int], spans: Sequence[_Span]) -> Iterator[tuple[int, int]]:
    """From where to where in the text each message goes: it begins with something to see, and ends with no space."""
    breaks: list[list[int]] = []
    start = _visible_from(text, 0)
    while start < len(text):
        end = _reach(text, start)
        in_sight = [span for span in spans if span.end > start]
        if len(in_sight) > MESSAGE_ENTITIES:
            end = min(end, in_sight[MESSAGE_ENTITIES].start)
        if end < len(text):
            found = ([place.end() for place in ends.finditer(text)] for ends in _ENDS)
            breaks = breaks or [[*kind, len(text)] for kind in (starts, *found)]
            end = _cut(text, start, end, breaks)
        yield start, start + len(text[start:end].rstrip())
        start = _visible_from(text, end)


def _visible_from(text: str, start: int) -> int:
    hidden = _INVISIBLE.match(text, start)
    return hidden.end() if hidden else start


def _reach(text: str, start: int) -> int:
    """The furthest end of a message that begins at `start`: spaces at its end are not sent, so they do not count."""
    units = text[start : start + MESSAGE_UNITS].encode("utf-16-le")[: 2 * MESSAGE_UNITS]
    end = start + len(units.decode("utf-16-le", "ignore"))  # half a pair at the end is left for the next message
    while end < len(text) and text[end].isspace():
        end += 1
    return end


def _cut(text: str, start: int, end: int, breaks: Sequence[Sequence[int]]) -> int:
    """Where to end a message that begins at `start` and may go on to `end`: the last break of the best kind.

    A kind is passed over where what follows its break would not fit into a message of its own: that has to be broken
    in any case, and so can begin in this one.
    """
    for places in breaks:
        after = bisect_right(places, end)
        place = places[after - 1] if after else start
        if place > start and not _joined(text, place) and places[after] <= _reach(text, place):
            return place
    return _between_characters(text, start, end)


def _between_characters(text: str, start: int, end: int) -> int:
    """`end`, or before it where it would tear a character from its marks; `end` if all from `start` on is one."""
    return next((place for place in range(end, start, -1) if not _joined(text, place)), end)


def _joined(text: str, place: int) -> bool:
    """Whether the characters on both sides of a place show as one: an accent, an emoji sequence, a flag."""
    if not 0 < place < len(text):
        return False
    if text[place - 1] == "\u200d" or category(text[place])[0] == "M" or _MODIFIER.match(text, place):
        return True
    # Two letters make a flag: an odd number of them before the place leaves one that waits for its second.
    letters = takewhile(_FLAG_LETTER.match, (text[at] for at in range(place - 1, -1, -1)))
    return _FLAG_LETTER.match(text, place) is not None and len(list(letters)) % 2 == 1


def _html(text: str, spans: Sequence[_Span], start: int, end: int) -> str:
    """The text from start to end with its formatting; what began before is opened, what goes on after is closed."""
    tags: list[tuple[int, int, str]] = [(start, 0, ""), (end, 0, "")]
    for order, span in enumerate(spans, 1):
        first, last = max(span.start, start), min(span.end, end)
        if first < last and _visible_from(text, first) < last:
            # At one place the inner closes before the outer, and all close before another opens.
            tags += (first, order, f"<{span.tag}{span.attribute}>"), (last, -order, f"</{span.tag}>")
    tags.sort()
    return "".join(tag + escape(text[at:to], quote=False) for (at, _, tag), (to, _, _) in pairwise(tags))


def _rows(buttons: Sequence[Button]) -> tuple[tuple[Button, ...], ...]:
    """Buttons in rows of at most two; a wide one has a row of its own."""
    rows: list[tuple[Button, ...]] = []
    room = False  # beside the last button
    for button in buttons[:KEYBOARD_BUTTONS]:
        shown = replace(button, label=_label(button.label))
        wide = sum(2 if east_asian_width(sign) in "WF" else 1 for sign in shown.label) > WIDE_LABEL
        if room and not wide:
            rows[-1] += (shown,)
        else:
            rows.append((shown,))
        room = not wide and len(rows[-1]) == 1
    return tuple(rows)


def _label(label: str) -> str:
    """A label as it is shown: one line, cut at LABEL_CHARACTERS; an ellipsis where there is nothing to see."""
    line = " ".join(_sendable(label).split())
    if len(line) > LABEL_CHARACTERS:
        line = line[: _between_characters(line, 0, LABEL_CHARACTERS - 1)].rstrip() + "…"
    return line if _visible_from(line, 0) < len(line) else "…"


def _sendable(text: str) -> str:
    """The text without what Telegram cannot take: control characters go, half a pair and NUL become U+FFFD."""
    return _CONTROL.sub("", _UNSENDABLE.sub("\ufffd", text))

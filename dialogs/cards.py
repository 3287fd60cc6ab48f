"""Cards: what a seat reads as it chooses: the opening card, the basic items, an item, and why it objects."""

import unicodedata
from collections.abc import Sequence

from ballots import frame
from ballots.ballot import BallotItem
from ballots.casting import LONGEST_REASON
from ballots.report import opening_card
from ballots.roll import Kind
from ballots.standing import By, Choice
from dialogs import names, reading, taps, times
from dialogs.booth import Booth
from dialogs.pages import menu, parts
from dialogs.replies import Button, Line
from dialogs.steps import Ask, Option
from dialogs.wording import Wording
from knowledge.documents import ItemClass
from knowledge.library import Library

LATER = "later"
_SHOWN_REASON = 100  # characters: eight long reasons would be several messages


def opening(booth: Booth, library: Library, speak: Wording) -> Ask:
    """What stands above everything: whose seat it is, until when, what this is and is not, what is done anyway."""
    ballot = booth.ballot
    closes, basic = times.shown(ballot.closes, speak), sum(map(len, _basic_rows(library, speak).values()))
    title = speak("choosing.title", title=ballot.title, closes=closes, count=len(booth.asked))
    anyway = speak("choosing.basics_anyway", count=basic)
    works = speak(f"choosing.works.{ballot.works.value}", said=ballot.works_said)
    says = [seat(booth, speak), title, *map(_bullet, (*_frame(booth, speak), f"{anyway}{works}"))]
    options = (
        Option("begin", speak("choosing.label.begin")),
        Option("basics", speak("choosing.label.basics", count=basic)),
    )
    return Ask("card", tuple(map(Line, says)), options, short=(Line(title),), quiet=True)


def basics(library: Library, speak: Wording) -> Ask:
    """The basic items, all of them, to be looked at and not chosen."""
    rows = _basic_rows(library, speak)
    head = speak("choosing.basics", count=sum(map(len, rows.values())))
    says, links = [head], []
    for scope, names_of in rows.items():
        scope_called = speak(f"page_scope.{scope}")
        says.append(speak("choosing.scope", scope=scope_called, count=len(names_of), rows=speak.listed(names_of)))
        links.append(parts.link(scope_called, f"menu:{scope}:basic"))
    options = (Option("go", speak("choosing.label.go")),)
    return Ask("basics", tuple(map(Line, says)), options, links=tuple(links), short=(Line(head),), quiet=True)


def item(at: int, asked: BallotItem, booth: Booth, library: Library, speak: Wording) -> Ask:
    """An item: what it is in plain words and in the menu's, who pays, over what it is counted, how it is classed."""
    point = library.summaries.get(asked.id)
    plain = asked.item.zh if speak.language == "zh" else asked.item.en
    pays = menu.payer(library, ItemClass.OPTIONAL)
    where = speak.listed([names.area(path, speak) for path in booth.standing.areas if path in asked.places])
    counted = speak(f"choosing.counted.{asked.counted.value}", where=where)
    # What the law says by class is about owners alone.
    matter = speak("choosing.class", matter=speak(f"matter.{asked.matter.value}"), who=asked.set_by)
    says = [
        Line(speak("choosing.item", at=at, count=len(booth.asked), scope=_scope(asked.id, library, speak), item=plain)),
        *([Line(speak("choosing.corrected"))] if asked.id in booth.corrected else []),
        Line(f"「{asked.item.words}」 {parts.place(point, library, speak)}" if point else f"「{asked.item.words}」"),
        Line(f"{parts.told(pays, speak)} {parts.place(pays, library, speak)}"),
        Line(f"{counted}{matter}" if booth.ballot.kind is Kind.OWNERS else counted),
    ]
    options = tuple(Option(choice.value, speak(f"choosing.label.{choice.value}")) for choice in Choice)
    links = (Button(speak("button.original"), taps.clause(asked.id)), Button(speak("page.about"), taps.about(asked.id)))
    return Ask(
        key(asked.id, booth),
        tuple(says),
        (*options, Option(LATER, speak("choosing.label.later"))),
        lambda text: reading.vote(text) or (LATER if reading.skips(text) else None),
        closed=True,
        links=links if point else (),
        short=tuple(says[:1]),
    )


def why(asked: BallotItem, booth: Booth, speak: Wording) -> Ask:
    """Why a seat objects to an item."""
    says = speak("choosing.why", item=names.item(asked, speak), longest=LONGEST_REASON)
    return Ask(
        f"{key(asked.id, booth)}.why",
        (Line(says),),
        reads=_reason,
        closed=True,
        shows=shortened,
        refuses=lambda text: _no_reason(text, speak),
    )


# ---- words -----------------------------------------------------------------------------------------------------------


def key(id: str, booth: Booth) -> str:
    """The name of an item's question: another one once it was corrected, so that what was said before is forgotten."""
    corrected = booth.corrected.get(id, 0)
    return f"{id}.{corrected}" if corrected else id


def seat(booth: Booth, speak: Wording) -> str:
    """Which seat it is, and whose; by proxy that it is somebody else's."""
    whose = f"{names.place(booth.seated, speak)} {names.holders(booth.seated.seat, speak)}"
    return speak("choosing.by_proxy", seat=whose) if booth.by is By.PROXY else whose


def shortened(reason: str) -> str:
    """The beginning of a reason, in one line, as it is said back."""
    line = " ".join(reason.split())
    return line if len(line) <= _SHOWN_REASON else f"{line[:_SHOWN_REASON]}…"


def _reason(text: str) -> str | None:
    """What was typed as a reason; None where it is none: too long, nothing to be seen, or a button's number."""
    # Half a character, as broken clients send it, is no text and could not be written down.
    reason = text.encode("utf-8", "replace").decode().strip()
    says = any(unicodedata.category(char)[0] in "LNS" for char in reason)  # something to be seen, but for stops
    return reason if says and not _is_number(reason) and len(reason) <= LONGEST_REASON else None


def _no_reason(text: str, speak: Wording) -> str | None:
    """Why what was typed is no reason; None for a number, which presses a button."""
    if _is_number(text):
        return None
    if len(text.strip()) > LONGEST_REASON:
        return speak("choosing.why_long", longest=LONGEST_REASON, count=len(text.strip()))
    return speak("choosing.why_empty")


def _is_number(text: str) -> bool:
    return unicodedata.normalize("NFKC", text).strip().isdecimal()


def _frame(booth: Booth, speak: Wording) -> list[str]:
    says: Sequence[frame.Sentence] = opening_card(booth.ballot).says
    return [_sourced(sentence, speak) for sentence in says]


def _sourced(sentence: frame.Sentence, speak: Wording) -> str:
    plain = sentence.plain(speak.language)
    return speak("choosing.sourced", says=plain, source=sentence.source) if sentence.source else plain


def _bullet(text: str) -> str:
    return f"· {text}"


def _basic_rows(library: Library, speak: Wording) -> dict[str, list[str]]:
    """The basic rows' words by scope."""
    found: dict[str, list[str]] = {}
    for scope in menu.SCOPES:
        if rows := menu.rows_of(library, scope, "basic"):
            found[scope] = [row.quote if speak.language == "zh" else row.en.rstrip(".") for row in rows]
    return found


def _scope(id: str, library: Library, speak: Wording) -> str:
    clause = library.summaries.get(id)
    item = library.clause(clause).item if clause else None
    slug = next((slug for slug, name in menu.SCOPES.items() if item and name == item.scope), "")
    return speak(f"page_scope.{slug}") if slug else ""

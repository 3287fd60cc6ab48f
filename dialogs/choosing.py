"""Choosing: the opening card → the basic items, as what is done anyway → each optional item → a look at all → the
receipt.

Inputs: `ballot` (its id), `number` (the seat's in it). They are a stranger's word: the desk shows a booth only to
whoever may choose for the seat. What the seat has chosen before is known from the start, so that whoever comes back
changes what they like and leaves the rest.
"""

import json
from collections.abc import Mapping
from zlib import crc32

from ballots.ballot import State
from ballots.outcomes import Reason, Refused
from ballots.standing import By, Choice
from dialogs import cards, names, reading, taps, times
from dialogs.booth import Booth
from dialogs.replies import Button, Line, Reply
from dialogs.steps import Ask, Dialog, Do, Facts, Option, Walk
from dialogs.wording import Wording

DIALOG = "choosing"


def begin(booth: Booth) -> str:
    """What the button says that begins it for a seat."""
    return taps.begin(DIALOG, ballot=booth.ballot.id, number=str(booth.number))


def label(booth: Booth, of: int, speak: Wording) -> str:
    """What stands on that button, where it is one of so many."""
    return speak("mine.label.begin") if of == 1 else speak("joining.begin", title=booth.ballot.title)


def came(what: str, receipt: str = "") -> str:
    """What came of a selection: `recorded`, `changed` or `repeated`, with the receipt of what counts now."""
    return json.dumps({"came": what, "receipt": receipt})


def refused(refusal: Refused) -> str:
    """What came of a selection that was refused."""
    return json.dumps({"came": "refused", "reason": refusal.reason.value, "word": refusal.word}, ensure_ascii=False)


def why_not(refusal: Refused, booth: Booth, speak: Wording) -> str:
    """Why nothing can be chosen, or was not taken, in a sentence."""
    ballot = booth.ballot
    if refusal.reason is Reason.CLOSED:
        return speak(f"choosing.over.{ballot.state.value}", because=ballot.void_because)
    item = ballot.items.get(refusal.word)
    return speak(f"reason.{refusal.reason.value}", word=names.item(item, speak) if item else refusal.word)


# ---- the walk --------------------------------------------------------------------------------------------------------


def _walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    booth = facts.desk.booth(inputs.get("ballot", ""), _number(inputs))
    if booth is None:
        return Reply((Line(speak("choosing.not_yours")),))
    if booth.refused:
        return _stopped(booth, why_not(booth.refused, booth, speak), speak)
    if not booth.asked:
        return _stopped(booth, speak("choosing.nothing_asked"), speak)
    if (yield cards.opening(booth, facts.library, speak)) == "basics":
        yield cards.basics(facts.library, speak)
    chosen: dict[str, Choice] = {}
    reasons: dict[str, str] = {}
    for at, id in enumerate(booth.asked, 1):
        item = booth.ballot.items[id]
        choice = yield cards.item(at, item, booth, facts.library, speak)
        if choice != cards.LATER:
            chosen[id] = Choice(choice)
        if choice == Choice.OBJECT:
            reasons[id] = yield cards.why(item, booth, speak)
    yield _review(booth, chosen, reasons, speak)
    result = yield Do(
        "cast",
        "cast",
        {
            "ballot": booth.ballot.id,
            "number": str(booth.number),
            "choices": json.dumps(chosen),
            "reasons": json.dumps(reasons, ensure_ascii=False),
        },
    )
    return _end(json.loads(result), booth, speak)


def _known(inputs: Mapping[str, str], facts: Facts) -> Mapping[str, str]:
    """What was chosen before by the same person for the seat, as answers; nothing for whoever chooses anew."""
    booth = facts.desk.booth(inputs.get("ballot", ""), _number(inputs))
    if booth is None or booth.standing.by is not booth.by or not booth.standing.selection.choices:
        return {}
    selection, answers = booth.standing.selection, {"card": "begin"}
    for id in booth.asked:
        key, choice = cards.key(id, booth), selection.choices.get(id)
        # What was corrected since is asked anew; what was left out before stays so until it is wanted.
        if choice is not None:
            answers[key] = choice.value
        elif id not in booth.corrected:
            answers[key] = cards.LATER
        if choice is Choice.OBJECT:
            answers[f"{key}.why"] = selection.reasons.get(id, "")
    return answers


CHOOSING = Dialog(
    DIALOG,
    1,
    _walk,
    final=True,
    known=_known,
    stop="choosing.label.stop",
    cancelled="choosing.cancelled",
    left="choosing.left",
)


# ---- its end ---------------------------------------------------------------------------------------------------------


def _review(booth: Booth, chosen: Mapping[str, Choice], reasons: Mapping[str, str], speak: Wording) -> Ask:
    rows, earlier = [], []
    for at, id in enumerate(booth.asked, 1):
        said = speak(f"choosing.said.{chosen[id].value}" if id in chosen else "choosing.said.later")
        because = speak("choosing.because", reason=cards.shortened(reasons[id])) if id in reasons else ""
        item = names.item(booth.ballot.items[id], speak)
        rows.append(speak("choosing.row", at=at, item=item, said=f"{said}{because}"))
        earlier.append(Option(cards.key(id, booth), speak("choosing.label.change", at=at)))
    whole, again = len(chosen) == len(booth.asked), booth.standing.by is booth.by
    head = "none" if not chosen else "review_again" if again else "review" if whole else "review_part"
    # What was shown is what is agreed to: where it has changed since, the old button is none of this question.
    seen = crc32(repr((booth.asked, chosen, reasons, speak.language)).encode())
    submit = f"submit{seen:08x}"
    return Ask(
        "review",
        tuple(map(Line, (speak(f"choosing.{head}"), *rows))),
        (Option(submit, speak("choosing.label.submit")),) if chosen else (),
        lambda text: submit if chosen and reading.submits(text) else None,
        closed=True,
        earlier=tuple(earlier),
        refuses=lambda text: speak("reason.empty") if reading.submits(text) else None,
        outdated=speak("choosing.outdated"),
    )


def _end(result: Mapping[str, str], booth: Booth, speak: Wording) -> Reply:
    if result["came"] == "refused":
        return _stopped(booth, why_not(Refused(Reason(result["reason"]), result["word"]), booth, speak), speak)
    closes = times.shown(booth.ballot.closes, speak)
    lines = (
        Line(speak(f"choosing.{result['came']}", receipt=result["receipt"], closes=closes)),
        Line(speak("choosing.keep_receipt")),
    )
    return Reply(lines, (_page(booth, speak),))


def _stopped(booth: Booth, why: str, speak: Wording) -> Reply:
    """That nothing was taken, and that what was before still counts."""
    # Somebody else's choice for the seat is not what a proxy has submitted.
    own = booth.chosen and (booth.by is By.ONLINE or booth.standing.by is booth.by)
    counts = own and booth.ballot.state is not State.VOID
    return Reply((Line(why), *([Line(speak("choosing.still_counts"))] if counts else [])), (_page(booth, speak),))


def _page(booth: Booth, speak: Wording) -> Button:
    return Button(speak("mine.label.page"), taps.own("page", booth.ballot.id, booth.number))


def _number(inputs: Mapping[str, str]) -> int:
    given = inputs.get("number", "")
    return int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0

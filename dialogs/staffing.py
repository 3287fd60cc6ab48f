"""Staffing: the office's work in chat, for its staff: their compounds and ballots as pages; opening, extending, closing
and confirming as a dialog that asks once more before it acts.

Inputs of the dialog: `act` (open, extend, close, confirm), `ballot` (its id), `number` (of the seat whose form is to be
confirmed). They are a stranger's word: the desk shows nothing to anybody but the staff, and refuses the act to them.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import timedelta
from zlib import crc32

from ballots.ballot import State
from ballots.ledger import stamp
from ballots.standing import Choice
from dialogs import names, reading, taps, times
from dialogs.bench import Form, Round, Yard
from dialogs.desk import DONE
from dialogs.outcomes import sentence
from dialogs.replies import Button, Line, Reply
from dialogs.steps import Ask, Dialog, Do, Facts, Option, Walk
from dialogs.wording import Language, Wording, wording

DIALOG = "staffing"
_YARDS = 6  # compounds on a page
_FORMS = 8  # forms that wait, of which each has its button
_DAYS = ("1", "3", "7")
_MOST_DAYS = 90
_TYPED_DAYS = re.compile(r"(\d{1,3})\s*(?:天|日|days?)?", re.IGNORECASE)
_BECAUSE = ("few", "asked", "fault")
_LONGEST_REASON = 200
# The act behind each word of the inputs.
_ACTS = {"open": "ballot.open", "extend": "ballot.extend", "close": "ballot.close", "confirm": "paper.confirm"}


# ---- pages -----------------------------------------------------------------------------------------------------------


def bench(yards: Sequence[Yard], number: int, language: Language) -> Reply:
    """A page of the compounds that a member of staff works on, with their ballots; the first is 1."""
    speak = wording(language)
    last = max(1, -(-len(yards) // _YARDS))
    number = min(max(number, 1), last)
    lines = [Line(speak("staffing.bench", count=len(yards)))]
    buttons = []
    for yard in yards[(number - 1) * _YARDS : number * _YARDS]:
        told = [speak("staffing.round", title=one.title, state=_state(one, speak)) for one in yard.rounds]
        lines.append(Line("\n".join([yard.name, *(told or [speak("staffing.no_round")])])))
        buttons += [Button(_label(one, speak), taps.ballot(one.id)) for one in yard.rounds]
    if number > 1:
        buttons.append(Button(speak("page.before"), taps.bench(number - 1)))
    if number < last:
        buttons.append(Button(speak("page.after"), taps.bench(number + 1)))
    return Reply(tuple(lines), tuple(buttons), page=True)


def ballot(one: Round, turnout: tuple[int, int] | None, forms: Sequence[Form], language: Language) -> Reply:
    """A ballot's page: how far it is, how many have taken part (of how many), which paper forms wait, and what may be
    done now."""
    speak = wording(language)
    lines = [Line(speak("staffing.ballot", compound=one.compound, title=one.title)), Line(_state(one, speak))]
    if turnout:
        lines.append(Line(speak("staffing.turnout", taken=turnout[0], seats=turnout[1])))
    if forms:
        lines.append(Line(speak("staffing.forms", count=len(forms))))
    acts = {State.DRAFT: ("open",), State.OPEN: ("close",) if one.due else ("extend", "close")}.get(one.state, ())
    buttons = [Button(speak(f"staffing.label.{act}"), taps.begin(DIALOG, act=act, ballot=one.id)) for act in acts]
    buttons += [
        Button(
            speak("staffing.label.confirm", seat=_seat(form, speak)),
            taps.begin(DIALOG, act="confirm", ballot=one.id, number=str(form.number)),
        )
        for form in forms[:_FORMS]
    ]
    return Reply(tuple(lines), (*buttons, Button(speak("staffing.label.bench"), taps.bench(1))), page=True)


def _state(one: Round, speak: Wording) -> str:
    state = "due" if one.state is State.OPEN and one.due else one.state.value
    return speak(f"staffing.state.{state}", opens=times.shown(one.opens, speak), closes=times.shown(one.closes, speak))


def _seat(form: Form, speak: Wording) -> str:
    return f"{names.place(form.seated, speak)} {names.holders(form.seated.seat, speak)}"


# ---- the dialog ------------------------------------------------------------------------------------------------------


def _walk(inputs: Mapping[str, str], facts: Facts, speak: Wording) -> Walk:
    act, one = inputs.get("act", ""), facts.desk.round(inputs.get("ballot", ""))
    if one is None or act not in _ACTS:
        return sentence("refused.no_such", speak.language)
    data, says = {"ballot": one.id}, ""
    if act == "extend":
        days = yield _days(speak)
        closes = one.closes + timedelta(days=int(days))
        data |= {"closes": stamp(closes), "because": _reason((yield _because(speak)))}
        says = speak("staffing.ask.extend", closes=times.shown(closes, speak), because=data["because"], title=one.title)
    elif act == "close":
        # Before its time a ballot is closed with a reason only, which the list shows.
        data["because"] = "" if one.due else _reason((yield _because(speak)))
        says = speak("staffing.ask.close", title=one.title)
    elif act == "open":
        says = speak("staffing.ask.open", title=one.title, closes=times.shown(one.closes, speak))
    else:
        forms = facts.desk.forms(one.id)
        form = next((form for form in forms if str(form.number) == inputs.get("number")), None)
        if form is None:
            return sentence("staffing.no_form", speak.language)
        data["number"] = str(form.number)
        chosen = [_chosen(item, choice, form, facts, speak) for item, choice in form.choices.items()]
        says = "\n".join([speak("staffing.ask.confirm", seat=_seat(form, speak)), *chosen])
    # What was shown is what is agreed to: where it has changed since, the old button is none of this question.
    if (yield _sure(act, says, speak)) == "no":
        return Reply((Line(speak("staffing.not_done")),), (_back(one, speak),))
    result = yield Do("done", _ACTS[act], data)
    if result != DONE:
        came = json.loads(result)
        return Reply((Line(speak(came["sentence"], **came["values"])),), (_back(one, speak),))
    return Reply((Line(speak(f"staffing.done.{act}")),), (_back(one, speak),))


STAFFING = Dialog(DIALOG, 1, _walk, final=True)


def refused(sentence: str, values: Mapping[str, str]) -> str:
    """A refusal as what came of an act: its sentence's key in the wording, and what fills it."""
    return json.dumps({"sentence": sentence, "values": dict(values)}, ensure_ascii=False)


def _days(speak: Wording) -> Ask:
    options = tuple(Option(days, speak("staffing.days", count=days)) for days in _DAYS)

    def reads(text: str) -> str | None:
        typed = _TYPED_DAYS.fullmatch(text.strip())
        number = int(typed[1]) if typed else 0
        return str(number) if 0 < number <= _MOST_DAYS else None

    def shows(days: str) -> str:
        return speak("staffing.days", count=days)

    return Ask("days", (Line(speak("staffing.ask.days")),), options, reads, shows=shows)


def _because(speak: Wording) -> Ask:
    options = tuple(Option(why, speak(f"staffing.because.{why}")) for why in _BECAUSE)

    def reads(text: str) -> str | None:
        # What is typed here is published with the ballot: it is the office's word, not a person's.
        typed = " ".join(text.split())
        return reading.choice(text, options) or (typed if 1 < len(typed) <= _LONGEST_REASON else None)

    return Ask("because", (Line(speak("staffing.ask.because")),), options, reads)


def _reason(answer: str) -> str:
    """The reason as it is published: in Chinese, as the ballot is."""
    return wording("zh")(f"staffing.because.{answer}") if answer in _BECAUSE else answer


def _sure(act: str, says: str, speak: Wording) -> Ask:
    yes = f"yes{crc32(says.encode()):08x}"
    options = (Option(yes, speak(f"staffing.sure.{act}")), Option("no", speak("staffing.sure.no")))

    def reads(text: str) -> str | None:
        value = reading.choice(text, options) or reading.yes_no(text)
        return yes if value == "yes" else value if value in (yes, "no") else None

    return Ask("sure", (Line(says),), options, reads)


def _chosen(id: str, choice: Choice, form: Form, facts: Facts, speak: Wording) -> str:
    point = facts.library.summaries.get(id)
    item = point.plain(speak.language).rstrip("。.") if point else id
    said = speak(f"staffing.chosen.{choice.value}")
    if id in form.reasons:  # it stands on the paper too, and is to be compared
        said = speak("staffing.because_of", choice=said, reason=form.reasons[id])
    return speak("staffing.choice", item=item, choice=said)


def _label(one: Round, speak: Wording) -> str:
    """A ballot on a button, where only the beginning may be seen: two of one title differ by their close."""
    key = "titled" if one.compound in one.title else "ballot"
    closes = times.day(one.closes, speak)
    return speak(f"staffing.label.{key}", closes=closes, compound=one.compound, title=one.title)


def _back(one: Round, speak: Wording) -> Button:
    return Button(speak("staffing.label.back"), taps.ballot(one.id))

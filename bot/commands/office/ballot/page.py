"""A ballot as it is printed, or given to machines: a draft with what hinders its opening, and one that was opened."""

from typing import Any

from ballots.ballot import Ballot, BallotItem
from ballots.draft import BEIJING, DraftItem
from ballots.ledger import stamp
from ballots.menu import Counted
from ballots.roll import WHOLE, Fault
from ballots.rules import Matter, Rule, Whole
from bot.commands.columns import shown, table
from bot.commands.office.compound import KINDS, STATES, WORKS
from bot.office import shares
from bot.office.acting import Refusal
from bot.office.ballots import Opened
from bot.office.drafting import Drafted
from bot.office.missed import Missed
from bot.office.recording import faulty
from bot.store.ballots import Record
from bot.times import beijing
from dialogs.wording import LANGUAGES, wording

_MISSED = {
    "open": "没能自动开始 · the clock could not open it",
    "close": "没能自动截止 · the clock could not close it",
}
HEADS = ("事项 item", "菜单原文 the menu's words", "类别 class", "按哪里计 counted by", "比例 shares")


# ---- a draft ---------------------------------------------------------------------------------------------------------


def say_draft(found: Drafted) -> None:
    """Print a draft: what it would be, and what still hinders its opening."""
    draft = found.draft
    print(shown(draft.title))
    print(f"{state(found.record)}，{KINDS[found.record.kind]}，{_between(found.record)}")
    print(f"{_manner(draft.by_name, draft.live)}，一人最多受托 · proxies: {draft.proxies}")
    print(table([_draft_row(item, found) for item in draft.items], HEADS))
    _say_missed(found.missed)
    for sentence in hindrances(found):
        print(f"! {shown(sentence)}")


def hindrances(found: Drafted) -> list[str]:
    """What still hinders a draft's opening, a sentence each."""
    missing = [Refusal("reason.basics-not-planned")] if found.draft.works is None else []
    told = [*missing, *(refusal for fault in found.faults if (refusal := faulty([fault])))]
    return [" ".join(wording(lang)(one.sentence, **one.values) for lang in LANGUAGES) for one in told]


def draft_data(found: Drafted) -> dict[str, Any]:
    """A draft for machines."""
    draft = found.draft
    items = [
        {
            "id": item.item.id,
            "words": item.item.words,
            "class": item.matter.value,
            "set_by": item.set_by,
            "counted": item.counted.value,
            "areas": list(item.areas),
            "handbook": item.handbook,
        }
        for item in draft.items
    ]
    return {
        **record_data(found.record),
        "title": draft.title,
        "by_name": draft.by_name,
        "live": draft.live,
        "proxies": draft.proxies,
        "rule": found.kept.rule.model_dump(mode="json") if found.kept.rule else None,
        "items": items,
        "works": draft.works.value if draft.works else "",
        "faults": [_fault_data(fault) for fault in found.faults],
        "missed": missed_data(found.missed),
    }


def _draft_row(item: DraftItem, found: Drafted) -> tuple[str, ...]:
    where = "" if not item.areas else f"（{'、'.join(item.areas)}）"
    who = f"{matter(item.matter)}（{item.set_by}）"
    # As it would count if it opened at its time: a law may change before that, and is looked up again then.
    rule = rule_in_short(item.ruled(found.record.kind, found.record.opens.astimezone(BEIJING).date()))
    return item.item.id, item.item.words, who, f"{counted(item.counted)}{where}", rule


def _fault_data(fault: Fault) -> dict[str, str]:
    return {"fault": fault.what, "seat": fault.seat, "word": fault.word}


# ---- one that was opened ---------------------------------------------------------------------------------------------


def say_opened(found: Opened) -> None:
    """Print a ballot that was opened, with how many seats have taken part."""
    ballot = found.ballot
    print(shown(ballot.title))
    print(f"{state(found.record)}，{KINDS[ballot.kind]}，{_between(found.record)}")
    if ballot.certified_by:
        print(f"核定人 · certified by: {shown(ballot.certified_by)}")
    if ballot.void_because:
        print(f"作废的理由 · void because: {shown(ballot.void_because)}")
    _say_missed(found.missed)
    print(f"{_manner(ballot.by_name, ballot.live)}，一人最多受托 · proxies: {ballot.proxies}")
    print(f"基础类 · basic works: {WORKS[ballot.works]}，{shown(ballot.works_said)}")
    whole = next(part for part in found.turnout.parts if part.area == WHOLE)
    print(f"已参加 · taken part: {whole.taken_part}/{whole.seats}")
    print(table([_item_row(item) for item in ballot.items.values()], HEADS))
    for sentence in found.turnout.says:
        print(f"{sentence.zh} {sentence.en}")


def opened_data(found: Opened) -> dict[str, Any]:
    """A ballot that was opened, for machines; the end of its ledger only after the close."""
    whole = next(part for part in found.turnout.parts if part.area == WHOLE)
    return {
        **record_data(found.record),
        **ballot_data(found.ballot),
        "compound_name": found.compound,
        "turnout": {"seats": whole.seats, "taken_part": whole.taken_part},
        "head": None if found.sealed else found.record.head.hash,
        "lines": None if found.sealed else found.record.head.lines,
        "missed": missed_data(found.missed),
    }


def ballot_data(ballot: Ballot) -> dict[str, Any]:
    """What a ballot's ledger lays down, for machines."""
    return {
        **ballot.public(),
        "state": ballot.state.value,
        "certified_by": ballot.certified_by,
        "void_because": ballot.void_because,
    }


def _item_row(item: BallotItem) -> tuple[str, ...]:
    who = f"{matter(item.matter)}（{item.set_by}）"
    return item.id, item.item.words, who, counted(item.counted), rule_in_short(item.rule)


def rule_in_short(rule: Rule) -> str:
    """A rule in signs: who must take part, who must agree and of whom, by what, and where it stands."""
    quorum = f"参加{shares.shown(rule.quorum)}，" if rule.quorum else ""
    of = "全体" if rule.of is Whole.ALL else "参加者"
    objects = "，无人反对" if rule.none_objects else ""
    return f"{quorum}{of}同意{shares.shown(rule.agree)}{objects}；{rule.source.zh}"


# ----------------------------------------------------------------------------------------------------------------------


def record_data(record: Record) -> dict[str, Any]:
    """Where a ballot belongs and how far it is, for machines."""
    return {
        "id": record.id,
        "compound": record.compound,
        "roll": record.kind.value,
        "state": record.state.value,
        "scheduled": record.scheduled,
        "opens": stamp(record.opens),
        "closes": stamp(record.closes),
    }


def matter(of: Matter) -> str:
    """What a class is called."""
    return wording("zh")(f"matter.{of.value}")


def counted(over: Counted) -> str:
    """What the area is called that an item is counted over."""
    return wording("zh")(f"counted.{over.value}")


def place(area: str) -> str:
    """Where an area is, from its path."""
    return "全小区 · whole" if area == WHOLE else area.lstrip("/").replace("/", " ")


def state(record: Record, missed: Missed | None = None) -> str:
    """How far a ballot is; and that the clock could not bring it further, where that is so."""
    told = STATES[record.state.value]
    if record.scheduled:
        return f"{told}，到时自动开始 · opens by itself"
    return f"{told}，{_MISSED[missed.what]}" if missed else told


def missed_data(missed: Missed | None) -> dict[str, str] | None:
    """What the clock could not do, for machines."""
    return {"what": missed.what, "at": stamp(missed.at), "why": missed.sentence} if missed else None


def _say_missed(missed: Missed | None) -> None:
    if missed is None:
        return
    print(f"! {beijing(missed.at)} {_MISSED[missed.what]}")
    # The audit keeps no names: a sentence that takes some is told with what hinders the opening now.
    if all("{" not in wording(language).raw(missed.sentence) for language in LANGUAGES):
        print("  " + " ".join(wording(language)(missed.sentence) for language in LANGUAGES))


def _between(record: Record) -> str:
    return f"{beijing(record.opens)} — {beijing(record.closes)}（北京时间 · Beijing time）"


def _manner(by_name: bool, live: bool) -> str:
    return "随时公开、记名 · live, by name" if live else "记名 · by name" if by_name else "不公布名字 · without names"

"""jiugai office summary: all compounds of a street at a glance, for its annual plan (年度计划)."""

import argparse
from collections.abc import Sequence
from functools import partial
from typing import Any

from bot.commands.columns import shown, table
from bot.commands.office.acted import acting, add_as, refused
from bot.commands.office.ballot.page import record_data, state
from bot.commands.office.compound import KINDS, WORKS, compound_data
from bot.commands.office.files import Files
from bot.commands.office.opened import print_json
from bot.commands.office.plan import NOTES, xlsx
from bot.commands.progress import progress
from bot.office import book, menu
from bot.office import summary as acts
from bot.office.acting import Acting, Refusal
from bot.office.finding import NO_SUCH
from bot.office.summary import BallotLine, CompoundLine, ItemLine, Shown

_HEADS = (
    *("小区 compound", "基础类 basic works", "征询 ballot", "问谁 asks", "状态 state"),
    *("已参加 taken part", "达到几处/共几处 reached", "反对 objections"),
)


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "summary",
        help="各小区汇总，编年度计划用 · all compounds, for the annual plan",
        description="一个街道的小区汇总，编年度计划用：基础类到哪一步、谁哪天说的；每次征询的状态、参加了多少、\n"
        "每个事项达到了没有、有多少反对要调解。截止前没有计票。不写街道，就是您管的全部。\n"
        "The compounds of a street, for its annual plan: how far the basic works are, on whose word and day; of each\n"
        "ballot its state, the turnout, which items reached their lines, how many objections are to be talked over;\n"
        "no counts before the close. Without a street: all that is yours.",
        epilog="""例 / examples:
  jiugai office summary
  jiugai office summary 广安门外
  jiugai office summary 广安门外 --xlsx 年度计划.xlsx
  jiugai office summary --json""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("street", nargs="?", default="", metavar="STREET", help="街道（编号或名称）· by its id or name")
    parser.add_argument("--xlsx", metavar="FILE.xlsx", help="写成工作簿 · as a workbook")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Show it, or write it to a file."""
    with Files([(args.xlsx, ("xlsx",))]) as files:
        compounds, ballots = _read(args)
        files.write(files.parts[0], lambda part: part.path.write_bytes(xlsx(compounds, ballots)))
        written = files.put_in_place()
    if args.json:
        data = {
            "compounds": [_compound_data(line, ballots) for line in compounds],
            "says": [{"zh": one.zh, "en": one.en, "source": one.source} for one in acts.says(ballots.values())],
        }
        print_json({**data, "file": written[0]} if written else data)
    elif written:
        print(f"写好了，共{len(compounds)}个小区 · written, compounds: {len(compounds)}: {shown(written[0])}")
    else:
        _print(compounds, ballots)


def _read(args: argparse.Namespace) -> tuple[list[CompoundLine], dict[str, BallotLine]]:
    """The compounds, and what came of each of their ballots. Each is counted in a transaction of its own: nobody who
    votes meanwhile waits longer than for one of them."""
    from bot.config import settings
    from bot.store import Store

    store = Store(settings().database)
    try:
        compounds = store.write(lambda tx: _named(args, acting(args, tx))).result()
        if isinstance(compounds, Refusal):
            refused(compounds)
        ids = [id for line in compounds for id in line.ballots]
        ballots: dict[str, BallotLine] = {}
        with progress("计票", "counting", len(ids)) as seen:
            for done, id in enumerate(ids, 1):
                if line := store.write(partial(acts.counted, ballot=id)).result():
                    ballots[id] = line
                seen(done)
    finally:
        store.close()
    return [acts.still(line, ballots) for line in compounds], ballots


def _named(args: argparse.Namespace, acting: Acting) -> list[CompoundLine] | Refusal:
    street = book.street_id(acting, args.street) if args.street else ""
    if args.street and not street:
        return Refusal(NO_SUCH)
    return acts.summarised(acting, street)


# ---- in the terminal -------------------------------------------------------------------------------------------------


def _print(compounds: Sequence[CompoundLine], ballots: dict[str, BallotLine]) -> None:
    print(f"共{len(compounds)}个小区，{len(ballots)}次征询 · compounds: {len(compounds)}, ballots: {len(ballots)}")
    streets = len({line.compound.street for line in compounds}) > 1
    rows = [
        (*((line.street,) if streets else ()), line.compound.name, _works(line), *cells)
        for line in compounds
        for cells in ([_cells(ballots[id]) for id in line.ballots] or [("",) * 6])
    ]
    if not rows:
        return
    print(table(rows, (*(("街道 street",) if streets else ()), *_HEADS)))
    print()
    for id in dict.fromkeys(item.item.id for line in ballots.values() for item in line.items):
        print(menu.called(id))
    for sentence in acts.says(ballots.values()):
        source = f" [{sentence.source}]" if sentence.source else ""
        print(f"{sentence.zh} {sentence.en}{source}")


def _works(line: CompoundLine) -> str:
    of = line.compound
    return "，".join(part for part in (WORKS[of.works], of.works_said, of.works_on and of.works_on.isoformat()) if part)


def _cells(line: BallotLine) -> tuple[str, ...]:
    objections = "-" if line.objections is None else str(line.objections)
    return line.record.id, KINDS[line.record.kind], state(line.record), _part(line), _reached(line), objections


def _part(line: BallotLine) -> str:
    if line.seats is None or line.taken_part is None:
        return "-"
    share = f"（{100 * line.taken_part // line.seats}%）" if line.seats else ""
    return f"{line.taken_part}/{line.seats}{share}"


def _reached(line: BallotLine) -> str:
    if line.shown not in (Shown.FINAL, Shown.RUNNING):
        return NOTES[line.shown]
    told = "，".join(f"{item.item.id} {item.reached}/{len(item.item.areas)}" for item in line.items)
    return f"{told}（{NOTES[line.shown]}）" if NOTES[line.shown] else told


# ---- for machines ----------------------------------------------------------------------------------------------------


def _compound_data(line: CompoundLine, ballots: dict[str, BallotLine]) -> dict[str, Any]:
    return {
        **compound_data(line.compound),
        "street_name": line.street,
        "ballots": [_ballot_data(ballots[id]) for id in line.ballots],
    }


def _ballot_data(line: BallotLine) -> dict[str, Any]:
    return {
        **record_data(line.record),
        "title": line.title,
        "result": line.shown.value,
        "seats": line.seats,
        "taken_part": line.taken_part,
        "objections": line.objections,
        "items": [_item_data(item) for item in line.items],
    }


def _item_data(line: ItemLine) -> dict[str, Any]:
    return {
        "id": line.item.id,
        "words": line.item.item.words,
        "counted": line.item.counted.value,
        "areas": len(line.item.areas),
        "reached": line.reached,
        "objections": line.objections,
    }

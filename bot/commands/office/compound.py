"""jiugai office compound: the compounds, how far their basic works are, and the page of each."""

import argparse
from collections.abc import Callable
from datetime import date
from typing import Any, TypeVar

from ballots.ballot import Works
from ballots.draft import BEIJING
from ballots.roll import Kind
from bot.commands.columns import shown, table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.opened import print_json
from bot.commands.office.sure import add_yes, sure
from bot.errors import UserError
from bot.office import book as acts
from bot.office.acting import Acting, Refusal
from bot.office.book import Page, compound_id
from bot.office.finding import NO_SUCH
from bot.office.roles import Role
from bot.store.book import Compound
from bot.times import beijing, iso, utc

T = TypeVar("T")

WORKS = {
    None: "没有记 · not recorded",
    Works.PLANNED: "已列入计划 · planned",
    Works.UNDER_WAY: "在施工 · under way",
    Works.DONE: "已完成 · done",
}
KINDS = {
    Kind.COMMITTEE: "委员会 · committee",
    Kind.OWNERS: "业主 · owners",
    Kind.HOUSEHOLDS: "住户 · households",
}
STATES = {
    "draft": "草稿 · draft",
    "open": "进行中 · open",
    "closed": "已截止 · closed",
    "certified": "已核定 · certified",
    "void": "已作废 · void",
}


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "compound",
        help="小区 · the compounds",
        description="小区：增、改、删、列出；基础类改造到哪一步、谁说的、哪天说的；一个小区的全貌。\n"
        "The compounds: add, rename, remove, list; how far their basic works are, who said so and when; and the page\n"
        "of each. A compound is named by its id, or by its name where only one has it.",
        epilog="""例 / examples:
  jiugai office compound add 白云里小区 --street 广安门外
  jiugai office compound list --street 广安门外
  jiugai office compound show 白云里小区
  jiugai office compound works 白云里小区 planned --said '区住建委，3月5日会上' --on 2026-03-05
  jiugai office compound rename 白云里小区 白云里
  jiugai office compound remove 1a2b3c4d --yes""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for name, help, run in (
        ("list", "列出 · list them", _list),
        ("add", "增加 · add one", _add),
        ("rename", "改名 · rename one", _rename),
        ("remove", "删掉从没有过名册和征询的 · remove one that never had a roll or a ballot", _remove),
        ("show", "看一个小区 · one compound's page", _show),
        ("works", "记基础类改造到哪一步 · record how far the basic works are", _works),
    ):
        command = commands.add_parser(name, help=help)
        if name not in ("list", "add"):
            command.add_argument("compound", metavar="COMPOUND", help="编号或名称 · by its id or name")
        if name in ("add", "rename"):
            command.add_argument("name", metavar="NAME", help="名称 · the name")
        if name in ("list", "add"):
            command.add_argument("--street", metavar="STREET", help="街道（编号或名称）· the street, by id or name")
        if name == "works":
            command.add_argument("state", choices=[works.value for works in Works], help="到哪一步 · how far")
            command.add_argument("--said", metavar="WHO", required=True, help="谁说的 · who said so")
            command.add_argument("--on", metavar="DATE", help="哪天说的，不写是今天 · on which day, else today")
        if name == "remove":
            add_yes(command)
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        add_as(command)
        command.set_defaults(run=run)


def of_compound(acting: Acting, typed: str, act: Callable[[str], T | Refusal]) -> T | Refusal:
    """What an act on a compound gives; the compound as it was typed, by its id or name."""
    id = compound_id(acting, typed)
    return id if isinstance(id, Refusal) else act(id)


def compound_data(compound: Compound) -> dict[str, Any]:
    """A compound for machines."""
    return {
        "id": compound.id,
        "name": compound.name,
        "street": compound.street,
        "works": compound.works.value if compound.works else "",
        "works_said": compound.works_said,
        "works_on": compound.works_on.isoformat() if compound.works_on else "",
    }


def _list(args: argparse.Namespace) -> None:
    def job(acting: Acting) -> list[tuple[Compound, str]] | Refusal:
        street = acts.street_id(acting, args.street) if args.street else ""
        if args.street and not street:
            return Refusal(NO_SUCH)
        return acts.list_compounds(acting, street)

    compounds = acted(args, job)
    if args.json:
        print_json([{**compound_data(compound), "street_name": street} for compound, street in compounds])
        return
    print(f"共{len(compounds)}个小区 · {len(compounds)} in all")
    if compounds:
        rows = [(compound.id, compound.name, street, WORKS[compound.works]) for compound, street in compounds]
        print(table(rows, ("编号 id", "小区 compound", "街道 street", "基础类 basic works")))


def _add(args: argparse.Namespace) -> None:
    def job(acting: Acting) -> Compound | Refusal:
        if args.street:
            street = acts.street_id(acting, args.street)
        elif acting.actor.role is Role.STREET:
            street = acting.actor.street
        else:
            raise UserError("请用 --street 写明是哪个街道的。 Say by --street which street it is in.")
        return acts.add_compound(acting, street, args.name)

    compound = acted(args, job)
    _said(args, "增加了 · added", compound)
    if not args.json:
        print("接下来导入名册 · next, its rolls: jiugai office roll template owners 业主.xlsx")


def _rename(args: argparse.Namespace) -> None:
    compound = acted(
        args, lambda acting: of_compound(acting, args.compound, lambda id: acts.rename_compound(acting, id, args.name))
    )
    _said(args, "改名了 · renamed", compound)


def _remove(args: argparse.Namespace) -> None:
    sure(args, f"要删掉小区 {args.compound}", f"The compound {args.compound} would be removed")
    compound = acted(
        args, lambda acting: of_compound(acting, args.compound, lambda id: acts.remove_compound(acting, id))
    )
    _said(args, "删掉了 · removed", compound)


def _works(args: argparse.Namespace) -> None:
    works, on = Works(args.state), _day(args.on)
    compound = acted(
        args,
        lambda acting: of_compound(
            acting, args.compound, lambda id: acts.record_basic_works(acting, id, works, args.said, on)
        ),
    )
    if args.json:
        print_json(compound_data(compound))
    else:
        print(f"记下了 · recorded: {compound.name}  {_works_line(compound)}")


def _show(args: argparse.Namespace) -> None:
    page = acted(args, lambda acting: of_compound(acting, args.compound, lambda id: acts.show_compound(acting, id)))
    if args.json:
        print_json(_page_data(page))
        return
    print(f"{page.compound.name}  {page.compound.id}")
    print(f"街道 · street: {page.street.name}")
    print(f"基础类 · basic works: {_works_line(page.compound)}")
    print(
        f"{page.buildings}栋楼，{page.stairwells}个单元，{page.units}户 · "
        f"buildings: {page.buildings}, stairwells: {page.stairwells}, units: {page.units}"
    )
    if page.rolls:
        rolls = [
            (KINDS[kind], roll.counts.seats, roll.counts.units, area(roll.counts.area), roll.invited, roll.joined)
            for kind, roll in page.rolls.items()
        ]
        heads = ("名册 roll", "席位 seats", "户 units", "面积 m²", "待用的码 codes out", "已绑定 joined")
        print("\n" + table(rolls, heads))
    else:
        print("还没有名册，用 jiugai office roll import 导入 · no roll yet: jiugai office roll import")
    if page.ballots:
        ballots = [
            (
                ballot.id,
                KINDS[ballot.kind],
                STATES[ballot.state.value],
                beijing(ballot.opens),
                beijing(ballot.closes),
            )
            for ballot in page.ballots
        ]
        of_ballots = ("征询 ballot", "名册 roll", "状态 state", "开始 opens", "截止 closes")
        print("\n" + table(ballots, of_ballots))


def area(size: int) -> str:
    """An area in m²."""
    return f"{size // 100}.{size % 100:02}"


def _works_line(compound: Compound) -> str:
    if compound.works is None:
        return WORKS[None]
    return f"{WORKS[compound.works]}，{compound.works_on} {shown(compound.works_said)}"


def _day(given: str | None) -> date:
    if given is None:
        return utc().astimezone(BEIJING).date()
    try:
        return date.fromisoformat(given.strip())
    except ValueError:
        raise UserError("日期请写成 2026-03-05 这样。 Write the date like 2026-03-05.") from None


def _said(args: argparse.Namespace, what: str, compound: Compound) -> None:
    if args.json:
        print_json(compound_data(compound))
    else:
        print(f"{what}: {compound.id}  {compound.name}")


def _page_data(page: Page) -> dict[str, Any]:
    return {
        **compound_data(page.compound),
        "street_name": page.street.name,
        "buildings": page.buildings,
        "stairwells": page.stairwells,
        "units": page.units,
        "rolls": {
            kind.value: {
                "seats": roll.counts.seats,
                "units": roll.counts.units,
                "area": area(roll.counts.area),
                "codes_out": roll.invited,
                "joined": roll.joined,
            }
            for kind, roll in page.rolls.items()
        },
        "ballots": [
            {
                "id": ballot.id,
                "roll": ballot.kind.value,
                "state": ballot.state.value,
                "opens": iso(ballot.opens),
                "closes": iso(ballot.closes),
            }
            for ballot in page.ballots
        ],
    }

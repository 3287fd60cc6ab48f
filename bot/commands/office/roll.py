"""jiugai office roll: who may take part, from a file and to one."""

import argparse
from shlex import quote
from typing import Any, NoReturn

from ballots.roll import Kind, Roll, Unit
from bot.commands.columns import shown, table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.compound import KINDS, area, of_compound
from bot.commands.office.files import Files
from bot.commands.office.opened import print_json
from bot.commands.office.sure import add_yes, sure
from bot.commands.progress import progress
from bot.errors import UserError
from bot.office import rolls as acts
from bot.office.rolls import Plan
from bot.rolls import reading, writing, xlsx
from bot.rolls.faults import Fault, Note
from bot.rolls.table import Reading
from bot.store.rolls import Place
from dialogs.wording import LANGUAGES, Wording, wording

_ANEW = {
    Kind.COMMITTEE: "  其中换了委员 · of these with other members",
    Kind.OWNERS: "  其中换了业主 · of these with other owners",
    Kind.HOUSEHOLDS: "  其中换了户主 · of these with other householders",
}
_LINES_SHOWN = 8
_LONGEST_WORD = 40


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "roll",
        help="名册 · the rolls",
        description="名册：谁可以参加。从 CSV 或 XLSX 导入（先看会改什么，再问一遍），看，导出，要一张空表。\n"
        "有问题就逐行列出，一行也不改。一行是一户，一户是一席；同一位业主有几户，用业主编号合成一席。\n"
        "The rolls: who may take part. They are imported from CSV or XLSX (what would change is shown first), shown,\n"
        "exported; a template can be had. Faults are listed line by line, and then nothing is changed. A row is a\n"
        "unit and a unit is a seat; the units of one owner are joined by an owner id.",
        epilog="""例 / examples:
  jiugai office roll template owners 业主.xlsx
  jiugai office roll import 白云里小区 owners 业主.xlsx --dry-run
  jiugai office roll import 白云里小区 committee 委员.csv --yes
  jiugai office roll show 白云里小区 owners
  jiugai office roll export 白云里小区 owners 备份.csv""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for name, help, run in (
        ("import", "从文件导入 · from a file", _import),
        ("show", "看 · show", _show),
        ("export", "导出成文件 · to a file", _export),
        ("template", "一张空表 · an empty file to fill in", _template),
    ):
        command = commands.add_parser(name, help=help)
        if name != "template":
            command.add_argument("compound", metavar="COMPOUND", help="小区，编号或名称 · by its id or name")
        command.add_argument(
            "kind",
            metavar="KIND",
            choices=[kind.value for kind in Kind],
            help="committee 委员会, owners 业主, households 住户",
        )
        if name != "show":
            command.add_argument("file", metavar="FILE", help=".csv 或 .xlsx 文件 · the file")
        if name == "import":
            add_yes(command)
            command.add_argument("--dry-run", action="store_true", help="只看，不改 · only look, change nothing")
        if name in ("import", "show"):
            command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        if name != "template":
            add_as(command)
        command.set_defaults(run=run)


# ---- import ----------------------------------------------------------------------------------------------------------


def _import(args: argparse.Namespace) -> None:
    kind, data = Kind(args.kind), _bytes(args.file)
    lines = None if xlsx.is_xlsx(data) else data.count(b"\n")
    with progress("读文件", "reading", lines) as step:
        read = reading.read(data, kind, step)
    if read.roll is None:
        _tell_faults(args, read)
    roll, posts = read.roll, read.posts
    plan = acted(
        args, lambda acting: of_compound(acting, args.compound, lambda id: acts.check_roll(acting, id, roll, posts))
    )
    if not args.json:
        _tell(plan, read)
    imports = plan.changes and not args.dry_run
    if imports:
        sure(args, *_question(plan))
        with progress("写名册", "writing", len(plan.added)) as step:
            acted(args, lambda acting: acts.import_roll(acting, plan.compound.id, roll, posts, plan.mark, step))
    if args.json:
        print_json({**_plan_data(plan), "notes": [_note_data(note) for note in read.notes], "imported": imports})
    elif imports:
        print("导入了 · imported")
        what = f"{quote(plan.compound.name)} {kind.value} --sheet 邀请.html"
        print(f"接下来发码 · next, codes: jiugai office invite issue {what}")
    elif plan.changes:
        print("只是看看，什么都没有改 · a dry run: nothing was changed")
    else:
        print("和现在的名册一样，没有要改的 · the same as the roll that is there: nothing to change")


def _question(plan: Plan) -> tuple[str, str]:
    counts = (
        (len(plan.added), "增", "added"),
        (len(plan.removed), "减", "removed"),
        (len(plan.changed), "改", "changed"),
        (plan.posts, "改职务", "with other posts"),
    )
    zh = "，".join(f"{what}{count}席" for count, what, _ in counts if count)
    en = ", ".join(f"{what}: {count}" for count, _, what in counts if count)
    return (
        f"要改“{plan.compound.name}”的名册：{zh}",
        f"The roll of {plan.compound.name} would change; seats {en}",
    )


def _tell(plan: Plan, read: Reading) -> None:
    print(f"{plan.compound.name}  {KINDS[plan.kind]}: {read.rows}行 · {read.rows} rows")
    rows = [
        ("增加 · added", len(plan.added)),
        ("减去 · removed", len(plan.removed)),
        ("改动 · changed", len(plan.changed)),
        (_ANEW[plan.kind], len(plan.anew)),
        ("职务有改 · with other posts", plan.posts),
        ("不变 · the same", plan.same),
    ]
    print(table([row for row in rows if row[1]], ("席位 seats", "")))
    for sign, seats in (("-", plan.removed), ("+", plan.added if plan.same or plan.changed or plan.removed else ())):
        _listed([f"{sign} {_where(seat.id, seat.units)}" for seat in seats])
    _listed([f"~ {_where(after.id, after.units)}" for _, after in plan.changed])
    if plan.joined:
        print(
            f"{plan.joined}个已绑定的席位会和原来的账号解开，并告诉他们 · {plan.joined} seats that were joined are let "
            "go by their accounts, and these are told"
        )
    for ballot in plan.ballots:
        print(f"进行中的征询 {ballot.id} 的名册同时更正，记入流水 · the ballot {ballot.id} is corrected, in its ledger")
    for note in read.notes:
        print(f"请看 · look: {_note_line(note)}")


def _listed(lines: list[str]) -> None:
    for line in lines[:_LINES_SHOWN]:
        print(line)
    if len(lines) > _LINES_SHOWN:
        print(f"  …共{len(lines)}席 · {len(lines)} seats")


def _where(id: str, units: tuple[Unit, ...]) -> str:
    places = "、".join(f"{unit.building} {unit.stairwell} {unit.unit}" for unit in units[:3])
    return shown(places or id) + ("…" if len(units) > 3 else "")


def _tell_faults(args: argparse.Namespace, read: Reading) -> NoReturn:
    if args.json:
        print_json({"faults": [_fault_data(fault) for fault in read.faults], "imported": False})
    else:
        for fault in read.faults:
            print(_fault_line(fault))
    count = len(read.faults)
    raise UserError(f"{args.file} 有{count}处问题，什么都没有改。 Nothing was changed; faults in {args.file}: {count}.")


def _fault_line(fault: Fault) -> str:
    zh, en = (_fault_text(fault, wording(language)) for language in LANGUAGES)
    column = f" {_cut(fault.column)}" if fault.column else ""
    if not fault.line:
        return f"{zh} · {en}"
    return f"第{fault.line}行{column}：{zh} · line {fault.line}{column}: {en}"


def _fault_text(fault: Fault, speak: Wording) -> str:
    word = speak(f"reading.column.{fault.word}") if fault.what == "missing-column" else _cut(fault.word)
    return speak(f"reading.fault.{fault.what}", word=word)


def _note_line(note: Note) -> str:
    zh, en = (wording(language)(f"reading.note.{note.what}", word=_cut(note.word, 200)) for language in LANGUAGES)
    lines = ", ".join(map(str, note.lines[:_LINES_SHOWN])) + (" …" if len(note.lines) > _LINES_SHOWN else "")
    return f"{zh} · {en}" + (f" [{lines}]" if lines else "")


def _cut(word: str, longest: int = _LONGEST_WORD) -> str:
    """A word from a file, as it may stand in a sentence of a terminal."""
    return shown(word if len(word) <= longest else f"{word[:longest]}…")


def _fault_data(fault: Fault) -> dict[str, Any]:
    text = {language: _fault_text(fault, wording(language)) for language in LANGUAGES}
    return {"line": fault.line, "column": fault.column, "what": fault.what, "word": fault.word, "told": text}


def _note_data(note: Note) -> dict[str, Any]:
    return {"what": note.what, "word": note.word, "lines": list(note.lines)}


def _plan_data(plan: Plan) -> dict[str, Any]:
    return {
        "compound": plan.compound.id,
        "kind": plan.kind.value,
        "added": len(plan.added),
        "removed": len(plan.removed),
        "changed": len(plan.changed),
        "other_holders": len(plan.anew),
        "posts": plan.posts,
        "same": plan.same,
        "let_go": plan.joined,
        "ballots": [ballot.id for ballot in plan.ballots],
    }


# ---- show, export, template ------------------------------------------------------------------------------------------


def _show(args: argparse.Namespace) -> None:
    kind = Kind(args.kind)
    seats = acted(args, lambda acting: of_compound(acting, args.compound, lambda id: acts.show_roll(acting, id, kind)))
    if args.json:
        print_json([_seat_data(place, joined) for place, joined in seats])
        return
    print(f"{KINDS[kind]}: 共{len(seats)}席 · {len(seats)} seats")
    if seats:
        heads = (
            "编号 id",
            "席位 seat",
            "谁 whose",
            "职务 post" if kind is Kind.COMMITTEE else "面积 m²",
            "绑定 joined",
        )
        print(table([_seat_row(place, joined) for place, joined in seats], heads))


def _seat_row(place: Place, joined: bool) -> tuple[str, ...]:
    seat = place.seat
    last = place.post if place.kind is Kind.COMMITTEE else area(seat.areas()["/"])
    where = seat.id if place.kind is Kind.COMMITTEE else _where(seat.id, seat.units)
    return (place.id, where, "、".join(seat.holders), last, "已绑定 · yes" if joined else "—")


def _seat_data(place: Place, joined: bool) -> dict[str, Any]:
    seat = place.seat
    return {
        "id": place.id,
        "key": seat.id,
        "holders": list(seat.holders),
        "organisation": seat.organisation,
        "post": place.post,
        "units": [
            {"building": unit.building, "stairwell": unit.stairwell, "unit": unit.unit, "area": area(unit.area)}
            for unit in seat.units
        ],
        "joined": joined,
    }


def _export(args: argparse.Namespace) -> None:
    kind = Kind(args.kind)
    with Files([(args.file, writing.KINDS)]) as files:
        places = acted(
            args, lambda acting: of_compound(acting, args.compound, lambda id: acts.export_roll(acting, id, kind))
        )
        posts = {place.seat.id: place.post for place in places}
        roll = Roll(kind, tuple(place.seat for place in places))
        files.write(files.parts[0], lambda part: part.path.write_bytes(writing.export(roll, part.kind, posts)))
        files.put_in_place()
    print(
        f"{len(places)}席写进了 {args.file}；里面是个人信息，请收好 · {len(places)} seats are in {args.file}; they are "
        "personal data, keep them safe"
    )


def _template(args: argparse.Namespace) -> None:
    with Files([(args.file, writing.KINDS)]) as files:
        kind = Kind(args.kind)
        files.write(files.parts[0], lambda part: part.path.write_bytes(writing.template(kind, part.kind)))
        files.put_in_place()
    print(f"空表在 · the empty file: {args.file}")
    print(f"填好后导入 · fill it in, then: jiugai office roll import 小区 {kind.value} {args.file}")


def _bytes(name: str) -> bytes:
    try:
        with open(name, "rb") as given:
            return given.read(reading.LARGEST + 1)  # one more says that it is too large
    except (OSError, ValueError) as error:
        raise UserError(
            f"读不了 {name}；请核对文件名和权限。 {name} cannot be read; check its name and permissions."
        ) from error

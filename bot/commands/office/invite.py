"""jiugai office invite: the codes by which seats are joined, shown once: only keyed hashes of them are kept."""

import argparse
import re
from typing import Any

from bot.commands.columns import table
from bot.commands.office.acted import acted, add_as, refused
from bot.commands.office.files import Files
from bot.commands.office.named import KINDS, SEAT, add_roll
from bot.commands.office.opened import print_json, text
from bot.commands.office.sure import add_yes, sure
from bot.errors import UserError
from bot.office import finding, invitations, lists, sheets
from bot.office.acting import Acting, Refusal
from bot.office.book import compound_id
from bot.office.invitations import Issued
from bot.store.book import Compound
from bot.store.office import Office
from bot.store.rolls import Place
from dialogs import names
from dialogs.names import Seated
from dialogs.wording import wording

_STATES = {"none": "没有码 · no code", "given": "已发码 · given", "joined": "已绑定 · joined"}
_LONGEST_SEAT = 500  # it may be a list of units
_BOT = re.compile(r"(?:https?://t\.me/|@)?([A-Za-z]\w{3,31})", re.ASCII)
_HEADS = ("席位 seat", "哪里 where", "谁 whose")


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "invite",
        help="邀请码 · codes for the seats",
        description="邀请码：一个席位一个，只能用一次，只在发的时候显示。文件先写好，码才生效：写不成就一个也没发。\n"
        "Codes: one for each seat, good once, shown only when they are issued. The files are written before the codes\n"
        "become valid: where that fails none was issued.",
        epilog="""例 / examples:
  jiugai office invite issue 白云里小区 committee --sheet 委员会.html --list 委员会.xlsx
  jiugai office invite issue 白云里小区 owners --seat 1号楼/1单元/102 --reissue
  jiugai office invite list 白云里小区 owners
  jiugai office invite revoke 白云里小区 owners --seat 1号楼/1单元/102 --yes""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=lambda args: parser.print_help())
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND")
    issue = commands.add_parser("issue", help="发码 · issue codes")
    issue.add_argument("--reissue", action="store_true", help="没用的旧码作废，换新的 · in place of unused codes")
    issue.add_argument("--sheet", metavar="FILE.html", help="一席一页，打印用 · a page for each seat, to print")
    issue.add_argument("--list", metavar="FILE", help="码的清单，.xlsx 或 .csv · a list of the codes")
    issue.add_argument("--bot", metavar="NAME", help="机器人的用户名，默认用记下的 · the bot's name, or as remembered")
    revoke = commands.add_parser("revoke", help="作废没用的码 · take unused codes back")
    add_yes(revoke)
    listed = commands.add_parser("list", help="发到哪一步了 · how far it is")
    listed.add_argument("--file", metavar="FILE", help="另存 .xlsx 或 .csv · as a file")
    for command, run in ((issue, _issue), (revoke, _revoke), (listed, _list)):
        add_roll(command)
        if command is not listed:
            command.add_argument("--seat", metavar="SEAT", help=f"只这一席：{SEAT}")
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        add_as(command)
        command.set_defaults(run=run)


def _issue(args: argparse.Namespace) -> None:
    from bot.config import settings
    from bot.store.key import key_of

    kind, key, named, seat = KINDS[args.kind], key_of(settings().database), _bot(args.bot), _seat(args)
    with Files([(args.sheet, ("html", "htm")), (args.list, ("xlsx", "csv"))]) as files:
        sheet, listed = files.parts

        def job(acting: Acting) -> tuple[list[Issued], str] | Refusal:
            issued = invitations.issue(acting, _compound(acting, args.compound), kind, key, seat, args.reissue)
            if isinstance(issued, Refusal):
                return issued
            if len(issued) > 1 and not (sheet or listed or args.json):
                raise UserError(
                    f"有{len(issued)}个码，只显示一次，请用 --sheet 或 --list 存成文件。 "
                    f"There are {len(issued)} codes, shown only once: put them into a file by --sheet or --list."
                )
            compound = finding.compound(acting.tx, _compound(acting, args.compound))
            bot = named or Office(acting.tx.connection).bot()
            heads = (*_HEADS, "码 code", "链接 link")
            rows = ((*_row(compound, one.place), one.code, sheets.link(one.code, bot)) for one in issued)
            files.write(
                sheet, lambda part: part.path.write_text("".join(sheets.html(issued, compound.name, bot)), "utf-8")
            )
            files.write(listed, lambda part: lists.write(part.path, part.kind, "邀请码", heads, rows))
            return issued, bot

        issued, bot = acted(args, job)
        written = files.put_in_place()
    if args.json:
        codes = [] if written else [_data(one, bot) for one in issued]
        print_json({"issued": len(issued), "files": written, "codes": codes})
        return
    print(f"发了{len(issued)}个码 · codes issued: {len(issued)}")
    print("\n".join(written))
    if written:
        print(
            "码只在这些文件里，别处查不到；请交到本人手里 · the codes are in these files alone: hand each to its holder"
        )
        if not bot:
            print(
                "没有链接和方块，要的话加 --bot 用户名 --reissue · no link and square: --bot NAME --reissue adds them"
            )
    if not written:
        print(f"只显示这一次 · shown this once: {issued[0].code}")
        print(sheets.link(issued[0].code, bot))


def _revoke(args: argparse.Namespace) -> None:
    kind, seat = KINDS[args.kind], _seat(args)
    which = seat or "全部 · all"
    sure(args, f"作废没用的码（{which}）", f"Unused codes ({which}) will end")
    count = acted(args, lambda acting: invitations.revoke(acting, _compound(acting, args.compound), kind, seat))
    if args.json:
        print_json({"revoked": count})
    else:
        print(f"作废了{count}个码 · codes taken back: {count}")


def _list(args: argparse.Namespace) -> None:
    def job(acting: Acting) -> tuple[Compound, list[tuple[Place, str]]] | Refusal:
        id = _compound(acting, args.compound)
        found = invitations.listed(acting, id, KINDS[args.kind])
        return found if isinstance(found, Refusal) else (finding.compound(acting.tx, id), found)

    compound, found = acted(args, job)
    counts = {state: sum(one == state for _, one in found) for state in _STATES}
    if args.json:
        seats = [{**_place_data(place), "state": state} for place, state in found]
        print_json({"seats": seats, "counts": counts})
        return
    rows = [(*_row(compound, place), _STATES[state], place.id) for place, state in found]
    heads = (*_HEADS, "状态 state", "编号 id")
    if args.file:
        with Files([(args.file, ("xlsx", "csv"))]) as files:
            files.write(files.parts[0], lambda part: lists.write(part.path, part.kind, "邀请码", heads, rows))
            print("\n".join(files.put_in_place()))
        return
    print("，".join(f"{_STATES[state]}: {count}" for state, count in counts.items()))
    print(table(rows, heads))


def _seat(args: argparse.Namespace) -> str:
    """The seat that was named, "" for all. A blank one is an accident of a script, and does not mean all."""
    return "" if args.seat is None else text(args.seat, _LONGEST_SEAT, "席位", "seat")


def _compound(acting: Acting, typed: str) -> str:
    """The id of the compound that was meant; UserError where several are called so."""
    found = compound_id(acting, typed)
    if isinstance(found, Refusal):
        refused(found)
    return found


def _bot(given: str | None) -> str:
    if given is None:
        return ""
    found = _BOT.fullmatch(given.strip())
    if not found:
        raise UserError("--bot 是机器人的用户名，如 @jiugai_bot。 --bot is the bot's user name, like @jiugai_bot.")
    return found[1]


def _row(compound: Compound, place: Place) -> tuple[str, str, str]:
    where = names.place(Seated(compound.name, place.kind, place.seat), wording("zh"))
    return place.seat.id, where, "、".join(place.seat.holders)


def _place_data(place: Place) -> dict[str, Any]:
    return {"id": place.id, "seat": place.seat.id, "holders": list(place.seat.holders)}


def _data(issued: Issued, bot: str) -> dict[str, Any]:
    return {**_place_data(issued.place), "code": issued.code, "link": sheets.link(issued.code, bot)}

"""jiugai office demo: a made-up compound to try everything on, and to take away again."""

import argparse
from typing import Any

from ballots.roll import Kind
from bot.commands.columns import table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.compound import KINDS
from bot.commands.office.opened import print_json
from bot.commands.office.sure import add_yes, sure
from bot.office import demo as acts
from bot.office.acting import Acting, Refusal
from bot.office.book import street_id
from bot.office.demo import Demo
from bot.office.finding import NO_SUCH
from bot.office.roles import Role
from bot.store.book import Compound

STREET = "月坛街道"


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "demo",
        help="示范小区，随便试 · a made-up compound to try things on",
        description="造一个示范小区：9位委员、两栋楼的业主、邀请码、两次进行中的征询，已有一部分人选过；试完整个去掉。\n"
        "Make a compound up: 9 members of a committee, owners of two buildings, codes, and two open ballots in which\n"
        "some have voted. Take it away as a whole afterwards.",
        epilog="例 / examples:\n  jiugai office demo\n  jiugai office demo --remove --yes",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--remove", action="store_true", help="整个去掉 · take it away")
    parser.add_argument("--street", metavar="STREET", help=f"在哪个街道，默认放在{STREET} · in which street")
    add_yes(parser)
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    add_as(parser)
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Make it, or take it away."""
    if args.remove:
        _remove(args)
    else:
        _make(args)


def _remove(args: argparse.Namespace) -> None:
    sure(args, "去掉示范小区和里面的一切", "The made-up compound and all in it would go")

    def job(acting: Acting) -> Compound | Refusal:
        street = street_id(acting, args.street) if args.street else ""
        found = acts.there(acting, street) if street or not args.street else {}
        if len(found) > 1:
            return Refusal("demos_several", streets="、".join(found.values()))
        return acts.remove(acting, next(iter(found))) if found else Refusal("no_demo")

    compound = acted(args, job)
    if args.json:
        print_json({"removed": compound.id})
    else:
        print(f"去掉了 · taken away: {compound.name}")


def _make(args: argparse.Namespace) -> None:
    from bot.config import settings
    from bot.store.key import key_of

    key = key_of(settings().database)

    def job(acting: Acting) -> Demo | Refusal:
        own = acting.actor.street if acting.actor.role is Role.STREET else ""
        street = street_id(acting, args.street) if args.street else own or street_id(acting, STREET)
        return acts.make(acting, street, key) if street else Refusal(NO_SUCH)

    found = acted(args, job)
    if args.json:
        print_json(
            {
                "compound": found.compound.id,
                "ballots": {kind.value: id for kind, id in found.ballots.items()},
                "codes": {
                    kind.value: {one.place.seat.id: one.code for one in codes} for kind, codes in found.codes.items()
                },
                "paper_waits": found.waits,
            }
        )
        return
    owners, committee = found.ballots[Kind.OWNERS], found.ballots[Kind.COMMITTEE]
    print(f"造好了 · made: {found.compound.name} ({found.compound.id})")
    print(
        table(
            [
                (KINDS[kind], one.place.seat.id, "、".join(one.place.seat.holders), one.code)
                for kind, codes in found.codes.items()
                for one in codes
            ],
            ("名册 roll", "席位 seat", "谁 whose", "邀请码 code"),
        )
    )
    for what, command in (
        ("绑定一席：打开对话，打上面的一个码 · join a seat: open the chat and type a code", "jiugai chat"),
        ("参加了多少 · how many have taken part", f"jiugai office turnout {owners}"),
        ("业主的结果，截止前看不到 · the owners' result is withheld before the close", f"jiugai office tally {owners}"),
        ("委员会的随时公开 · the committee's is live", f"jiugai office tally {committee}"),
        ("等着确认的纸质选单 · the paper form that waits", f"jiugai office paper list {owners}"),
        ("确认它 · confirm it", f"jiugai office paper confirm {owners} '#{found.waits}'"),
        ("截止 · close it", f"jiugai office ballot close {owners} --because '试一试' --yes"),
        ("公开清单 · the public list", f"jiugai office export {owners} demo.jsonl"),
        ("核对、重新计票 · check and recount it", "jiugai verify demo.jsonl"),
        ("试完去掉 · take it away", "jiugai office demo --remove --yes"),
    ):
        print(f"{what}\n  {command}")

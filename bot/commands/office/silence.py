"""jiugai office silence: take a clause's plain sentence out of service, with the reason; its own words stay."""

import argparse
from typing import Any

from bot.commands.office.opened import clause_id, done, print_json, text
from bot.errors import UserError
from bot.store.office import Office
from bot.times import beijing, iso, utc

LONGEST = 200


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "silence",
        help="停用一条的白话 · take a plain sentence out of service",
        description="停用一条的白话，写明原因：以后只给原文，不再用自己的话说。马上生效，随时能恢复。\n"
        "Take a clause's plain sentence out of service, with the reason: from now on only its own words are shown.\n"
        "It takes effect at once and can be undone at any time. Without arguments, what is out of service.",
        epilog="""例 / examples:
  jiugai office silence s4-2-p1 '政策有新口径，等核实'
  jiugai office silence s4-2-p1 --lift
  jiugai office silence --json""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("clause", metavar="CLAUSE", nargs="?", help="条款编号 · the clause's id")
    parser.add_argument("reason", metavar="REASON", nargs="?", help="原因，给同事看 · the reason, for colleagues")
    parser.add_argument("--lift", action="store_true", help="恢复 · put it back into service")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Silence, lift, or list."""
    if args.clause is None:
        if args.lift:
            raise UserError("请写上要恢复的条款编号。 Add the id of the clause to put back.")
        _list(args.json)
        return
    clause = args.clause.strip().lower() if args.lift else clause_id(args.clause)
    if args.lift:
        # Also one that the text no longer has: what was laid down can always be taken back.
        if not done(lambda tx: Office(tx.connection).lift(clause)):
            raise UserError(f"{clause} 的白话没有停用。 The plain sentence of {clause} is not out of service.")
        print(f"恢复了 · back in service: {clause}")
        return
    if args.reason is None:
        raise UserError("请写上停用的原因。 Add the reason.")
    reason = text(args.reason, LONGEST, "原因", "reason")
    done(lambda tx: Office(tx.connection).silence(clause, reason, utc()))
    print(f"停用了 · out of service: {clause}")


def _list(as_json: bool) -> None:
    silenced = done(lambda tx: Office(tx.connection).silenced())
    if as_json:
        print_json([{"clause": s.clause, "reason": s.reason, "since": iso(s.since)} for s in silenced])
        return
    print(f"共停用{len(silenced)}条 · {len(silenced)} out of service")
    for each in silenced:
        print(f"{each.clause}  {beijing(each.since)}  {' '.join(each.reason.split())}")

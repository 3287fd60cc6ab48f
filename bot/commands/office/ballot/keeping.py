"""jiugai office ballot open, extend, close, correct, certify, void: the life of a ballot."""

import argparse
from typing import Any

from ballots.ballot import Ballot, State
from bot.commands.columns import shown
from bot.commands.office.acted import acted, add_as
from bot.commands.office.ballot.asked import a_class, time
from bot.commands.office.ballot.page import ballot_data, counted, draft_data, hindrances, rule_in_short
from bot.commands.office.ballot.page import matter as matter_called
from bot.commands.office.compound import STATES
from bot.commands.office.opened import print_json
from bot.commands.office.sure import add_yes, sure
from bot.errors import UserError
from bot.office import ballots as acts
from bot.office import correcting, drafting
from bot.times import beijing

_NEXT = {
    State.OPEN: ("参加了多少，随时能看 · see who has taken part", "turnout {}"),
    State.CLOSED: (
        "看过结果再核定 · look at the result, then certify it",
        "tally {0}; jiugai office ballot certify {0} --yes",
    ),
    State.CERTIFIED: ("写出公开清单，公示 · write the public list and post it", "export {0} {0}.jsonl"),
}


def add(commands: Any) -> None:
    """Add the commands' parsers."""
    opening = commands.add_parser("open", help="开始：定下事项、规则、名册，通知各席 · open it")
    opening.add_argument("--now", action="store_true", help="不等开始时间 · before its time")
    opening.add_argument("--at-opening", action="store_true", help="到开始时间自动开始 · by itself, at its time")
    opening.add_argument("--cancel", action="store_true", help="不再自动开始 · no longer by itself")
    extend = commands.add_parser("extend", help="延期 · let it close later")
    close = commands.add_parser("close", help="截止；提前要写理由 · close it; before its time, say why")
    correct = commands.add_parser("correct", help="更正一项的类别或说法；这一项选过的作废 · correct an item")
    certify = commands.add_parser("certify", help="以自己的名字核定结果 · certify the count, by your name")
    void = commands.add_parser("void", help="作废 · declare it void")
    for command, run in (
        (opening, _open),
        (extend, _extend),
        (close, _close),
        (correct, _correct),
        (certify, _certify),
        (void, _void),
    ):
        command.add_argument("ballot", metavar="BALLOT", help="编号 · its id")
        if command is extend:
            command.add_argument("closes", metavar="TIME", help="新的截止时间（北京）· the new close, Beijing time")
        if command is correct:
            command.add_argument("item", metavar="ITEM", help="事项的编号 · the item's id")
            command.add_argument("--class", dest="matter", metavar="CLASS", help="改成哪一类 · its class")
            command.add_argument("--zh", metavar="TEXT", help="改成的中文说法 · its plain words in Chinese")
            command.add_argument("--en", metavar="TEXT", help="改成的英文说法 · its plain words in English")
        if command in (extend, close, correct, void):
            command.add_argument(
                "--because",
                metavar="TEXT",
                default="",
                required=command is not close,
                help="理由，会公布 · the reason, which is published",
            )
        if command is not extend:
            add_yes(command)
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        add_as(command)
        command.set_defaults(run=run)


def _open(args: argparse.Namespace) -> None:
    if args.at_opening + args.cancel + args.now > 1:
        raise UserError("--now、--at-opening、--cancel 只能写一个。 Give one of --now, --at-opening, --cancel.")
    if args.at_opening or args.cancel:
        found = acted(args, lambda acting: drafting.schedule(acting, args.ballot, args.at_opening))
        if args.json:
            print_json(draft_data(found))
        elif args.at_opening:
            print(f"到 {beijing(found.record.opens)} 自动开始（北京时间）· it opens by itself then: {found.record.id}")
        else:
            print(f"不再自动开始 · it no longer opens by itself: {found.record.id}")
        for sentence in [] if args.json else hindrances(found):
            print(f"! {shown(sentence)}")
        return
    sure(
        args, f"开始征询 {args.ballot}，事项、规则和名册就定下了", f"The ballot {args.ballot} would open and be frozen"
    )
    _say(args, acted(args, lambda acting: acts.open_ballot(acting, args.ballot, args.now)))


def _extend(args: argparse.Namespace) -> None:
    closes = time(args.closes)
    _say(args, acted(args, lambda acting: acts.extend(acting, args.ballot, closes, args.because)))


def _close(args: argparse.Namespace) -> None:
    sure(args, f"截止征询 {args.ballot}", f"The ballot {args.ballot} would be closed")
    _say(args, acted(args, lambda acting: acts.close(acting, args.ballot, args.because)))


def _correct(args: argparse.Namespace) -> None:
    matter = a_class(args.matter) if args.matter is not None else None
    sure(
        args,
        f"更正征询 {args.ballot} 的 {args.item}，这一项选过的都作废",
        f"{args.item} of the ballot {args.ballot} would be corrected, and what was chosen on it void",
    )
    ballot = acted(
        args,
        lambda acting: correcting.correct(acting, args.ballot, args.item, args.because, matter, args.zh, args.en),
    )
    if not args.json:
        now = ballot.items[args.item.strip().lower()]
        print(f"更正了，这一项原来选的都不算 · corrected, what was chosen on it is void: {now.id}")
        print(f"  {shown(now.item.zh)} · {shown(now.item.en)}")
        print(f"  {matter_called(now.matter)}，{counted(now.counted)}，{rule_in_short(now.rule)}")
    _say(args, ballot)


def _certify(args: argparse.Namespace) -> None:
    sure(args, f"以您的名字核定征询 {args.ballot}", f"The ballot {args.ballot} would be certified by your name")
    _say(args, acted(args, lambda acting: acts.certify(acting, args.ballot)))


def _void(args: argparse.Namespace) -> None:
    sure(args, f"作废征询 {args.ballot}", f"The ballot {args.ballot} would be void")
    _say(args, acted(args, lambda acting: acts.void(acting, args.ballot, args.because)))


def _say(args: argparse.Namespace, ballot: Ballot) -> None:
    if args.json:
        print_json(ballot_data(ballot))
        return
    by = f"，{shown(ballot.certified_by)}" if ballot.certified_by else ""
    until = f"，截止 · closes: {beijing(ballot.closes)}（北京时间）" if ballot.state is State.OPEN else ""
    print(f"{ballot.id}  {STATES[ballot.state.value]}{by}{until}")
    if ballot.state in _NEXT:
        what, command = _NEXT[ballot.state]
        print(f"{what}: jiugai office {command.format(ballot.id)}")

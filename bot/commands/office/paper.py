"""jiugai office paper: paper forms, entered by one member of staff and confirmed by another."""

import argparse
import re
from typing import Any

from ballots.standing import By, Choice, Selection
from bot.commands.columns import shown, table
from bot.commands.office.acted import acted, add_as
from bot.commands.office.named import SEAT_OF_BALLOT
from bot.commands.office.opened import print_json
from bot.errors import UserError
from bot.office import menu
from bot.office import paper as acts
from bot.office.acting import Acting, Refusal
from bot.office.paper import Entered
from dialogs.wording import wording

_SAID = re.compile(r"(?P<item>[^=＝]+)[=＝](?P<choice>[^:：]+)(?:[:：](?P<reason>.*))?", re.DOTALL)
_DONE = {
    "confirm": "确认了，从现在起计入 · confirmed, it counts now",
    "decline": "退回了，不计入 · declined, it does not count",
    "decide": "决定了 · decided",
}


def add(parsers: Any) -> None:
    """Add the command's parser with its own commands."""
    parser = parsers.add_parser(
        "paper",
        help="纸质选单 · paper forms",
        description="入户收来的纸质选单：一位工作人员录入，写明谁收的，另一位确认以后才计入；这一席会收到通知。\n"
        "席位写 楼号/单元/房号、名册上的编号，或公开清单里的席号（'#12'）。\n"
        "Paper forms: one member of staff types them in and says who brought them, another confirms; only then they\n"
        "count. The seat is told. A seat is named as tables show it (1号楼/1单元/101), by its key on the roll, or by\n"
        "its number in the list ('#12').",
        epilog="""例 / examples:
  jiugai office paper enter 1a2b3c4d 12 menu-13=同意 'menu-31=反对：挡光' --collector 张三
  jiugai office paper list 1a2b3c4d
  jiugai office paper confirm 1a2b3c4d 12 --as 5e6f7a
  jiugai office paper decline 1a2b3c4d 12 --because '录错了'
  jiugai office paper decide 1a2b3c4d 12 paper --because '本人来电确认用纸质'""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    commands = parser.add_subparsers(title="命令 / commands", metavar="COMMAND", required=True)
    for name, help, run in (
        ("list", "等着确认的 · those that wait", _list),
        ("enter", "录入 · type one in", _enter),
        ("confirm", "确认，须是另一位 · confirm one, as a second person", _settle),
        ("decline", "退回 · set one aside", _settle),
        ("decide", "线上和纸质都有时，决定用哪种 · decide which way a seat votes", _settle),
    ):
        command = commands.add_parser(name, help=help)
        command.add_argument("ballot", metavar="BALLOT", help="征询的编号 · the ballot's id")
        if name != "list":
            command.add_argument("seat", metavar="SEAT", help=SEAT_OF_BALLOT)
        if name == "enter":
            command.add_argument(
                "said",
                metavar="ITEM=CHOICE[:REASON]",
                nargs="+",
                help="同意、不同意、弃权、反对：理由 · for, against, abstain, object:reason",
            )
            command.add_argument("--collector", metavar="NAME", required=True, help="谁收来的 · who brought it")
        if name == "decide":
            command.add_argument("by", choices=[By.PAPER.value, By.ONLINE.value], help="用哪种 · which way")
        if name in ("decline", "decide"):
            command.add_argument("--because", metavar="TEXT", required=True, help="理由 · the reason")
        command.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        add_as(command)
        command.set_defaults(run=run, name=name)


def _enter(args: argparse.Namespace) -> None:
    choices: dict[str, Choice] = {}
    reasons: dict[str, str] = {}
    for word in args.said:
        item, choice, reason = _read(word)
        if item in choices:
            raise UserError(f"{item} 写了两次，请只写一次。 {item} is named twice; name it once.")
        choices[item] = choice
        if reason:
            reasons[item] = reason
    found = acted(args, lambda acting: acts.enter(acting, args.ballot, args.seat, choices, reasons, args.collector))
    _say(args, "录入了，等另一位工作人员确认 · typed in, it waits for a colleague to confirm it", found)


def _settle(args: argparse.Namespace) -> None:
    def job(acting: Acting) -> Entered | Refusal:
        if args.name == "confirm":
            return acts.confirm(acting, args.ballot, args.seat)
        if args.name == "decline":
            return acts.decline(acting, args.ballot, args.seat, args.because)
        return acts.decide(acting, args.ballot, args.seat, By(args.by), args.because)

    _say(args, _DONE[args.name], acted(args, job))


def _list(args: argparse.Namespace) -> None:
    found = acted(args, lambda acting: acts.waiting(acting, args.ballot))
    if args.json:
        print_json(
            [
                {
                    "seat": form.number,
                    "key": form.seated.seat.id,
                    "collector": form.collector,
                    "staff": form.staff,
                    "choices": {item: choice.value for item, choice in form.selection.choices.items()},
                    "reasons": dict(form.selection.reasons),
                }
                for form in found
            ]
        )
        return
    print(f"共{len(found)}张等着确认 · waiting to be confirmed: {len(found)}")
    rows = [
        (
            f"#{form.number}",
            form.seated.seat.id,
            "、".join(form.seated.seat.holders),
            form.collector,
            form.staff,
            _chosen(form.selection),
        )
        for form in found
    ]
    if rows:
        heads = ("席位 seat", "编号 key", "谁 whose", "谁收的 brought by", "谁录的 typed by", "选了什么 what it says")
        print(table(rows, heads))


def _read(word: str) -> tuple[str, Choice, str]:
    """An item, what is said to it, and the reason; UserError where it cannot be read."""
    found = _SAID.fullmatch(word.strip())
    if found:
        typed = found["choice"].strip().lower()
        for choice in Choice:
            if typed in (choice.value, *(wording(language)(f"choice.{choice.value}") for language in ("zh", "en"))):
                return found["item"].strip().lower(), choice, (found["reason"] or "").strip()
    raise UserError(
        f"看不懂“{shown(word)}”；请写成 menu-13=同意、menu-13=不同意、menu-13=弃权 或 'menu-13=反对：理由'。 "
        "This cannot be read; write menu-13=for, menu-13=against, menu-13=abstain or 'menu-13=object:the reason'."
    )


def _chosen(selection: Selection) -> str:
    speak = wording("zh")
    told = []
    for item, choice in selection.choices.items():
        reason = f"（{selection.reasons[item]}）" if item in selection.reasons else ""
        told.append(f"{menu.called(item)} {speak(f'choice.{choice.value}')}{reason}")
    return "；".join(told)


def _say(args: argparse.Namespace, what: str, found: Entered) -> None:
    if args.json:
        print_json(
            {"seat": found.number, "key": found.seated.seat.id, "receipt": found.receipt or None, "told": found.told}
        )
        return
    told = (
        "，已在对话里通知 · told in chat"
        if found.told
        else "，没有绑定账号，请当面告诉 · no account, tell them yourself"
    )
    print(f"{what}: #{found.number} ({found.seated.seat.id}){told}")
    if found.receipt:
        print(f"回执，请交给本人 · receipt, for the seat itself: {found.receipt}")

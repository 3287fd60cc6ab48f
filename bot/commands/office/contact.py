"""jiugai office contact: the office's own contacts, shown to people as the office's, never as the policy's."""

import argparse
from typing import Any

from bot.commands.office.opened import done, print_json, text
from bot.errors import UserError
from bot.store import Transaction
from bot.store.office import Office
from bot.times import utc
from dialogs import office
from dialogs.wording import LANGUAGES

LONGEST = 200
_ABOUT = {
    "name": "名称 · the office's name",
    "address": "地址 · address",
    "hours": "接待时间 · opening hours",
    "phone": "电话 · phone",
}


def add(parsers: Any) -> None:
    """Add the command's parser."""
    parser = parsers.add_parser(
        "contact",
        help="街道办的联系方式 · the office's contacts",
        description="街道办事处自己的联系方式，给居民看时注明不是方案里写的。空的（''）就是去掉这一行。不带选项时看现在的。\n"
        "The office's own contacts; people are told that they do not stand in the plan. An empty value ('') takes a\n"
        "line away. Without options, as they stand. Where one language has none, the other's are shown.",
        epilog="""例 / examples:
  jiugai office contact --name '广安门外街道办事处' --address '白云路1号' --hours '工作日9:00—17:00'
  jiugai office contact --lang en --name 'Guang’anmenwai street office' --phone '010-00000000'
  jiugai office contact --phone ''
  jiugai office contact --json""",
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    for field in office.FIELDS:
        parser.add_argument(f"--{field}", help=_ABOUT[field])
    parser.add_argument("--lang", choices=LANGUAGES, default="zh", help="哪种语言的 · in which language")
    parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> None:
    """Set the lines that were given, and show how they stand."""
    given = {field: _line(field, value) for field in office.FIELDS if (value := getattr(args, field)) is not None}
    if given and args.json:
        raise UserError("--json 只用来看，设置时请去掉。 --json only shows; leave it out when setting lines.")

    def job(tx: Transaction) -> dict[str, dict[str, str]]:
        kept = Office(tx.connection)
        for field, value in given.items():
            kept.set_contact(args.lang, field, value, utc())
        return {language: dict(kept.contact(language)) for language in LANGUAGES}

    contacts = done(job)
    if args.json:
        print_json(contacts)
        return
    shown = office.contact(contacts[args.lang], args.lang)
    print(shown or "还没有留联系方式 · no contacts yet")


def _line(field: str, value: str) -> str:
    zh, _, en = _ABOUT[field].partition(" · ")
    return " ".join(text(value, LONGEST, zh, en).split()) if value.strip() else ""

"""What a draft is made of at the command line: items with their class and area, kinds of roll, times, own rules."""

import argparse
import re
from collections.abc import Callable
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from ballots.menu import Counted
from ballots.roll import Kind
from ballots.rules import Matter, Whole
from bot.errors import UserError
from bot.office import menu, when
from bot.office.drafting import Wish
from bot.office.drafts import OwnRule
from bot.times import utc
from dialogs.wording import LANGUAGES, wording

T = TypeVar("T", bound=StrEnum)

KIND_NAMES = {kind.value: kind for kind in Kind} | {
    "委员会": Kind.COMMITTEE,
    "业主": Kind.OWNERS,
    "住户": Kind.HOUSEHOLDS,
}
_ITEM = re.compile(r"(?P<id>[^:：@]+)(?:[:：](?P<matter>[^:：@]*))?(?:[:：](?P<counted>[^:：@]*))?(?:@(?P<areas>.+))?")


def add_options(parser: Any) -> None:
    """Add the options that say what is asked, how it counts and until when."""
    option = parser.add_argument
    option(
        "--item",
        metavar="ID[:CLASS[:AREA]][@PLACE,…]",
        action="append",
        help="征询的事项，可写多个；all 是全部自选类；类别、按哪里计、在哪些楼可省 · an item; several may be given",
    )
    option("--opens", metavar="TIME", help="开始时间（北京）· when it opens, Beijing time")
    option("--title", metavar="TEXT", help="标题 · the title")
    either = argparse.BooleanOptionalAction
    option("--by-name", action=either, help="记名：截止后名单上有名字 · by name")
    option("--live", action=either, help="随时公开票数，必是记名 · counts shown at once, by name")
    option("--proxies", metavar="N", type=int, help="一人最多受托几席，默认3 · proxies that one person may hold")
    option("--handbook", action=either, help="业主征询增设电梯时用手册的比例 · the elevator handbook's rule")
    option("--quorum", metavar="SHARE", help="委员会、住户自定：多少要参加，none 不限 · own rule: who must take part")
    option("--agree", metavar="SHARE", help="自定：多少要同意，如 '>1/2' · own rule: who must agree")
    option("--of", choices=[whole.value for whole in Whole], help="同意按全体还是参加的算 · agreement of whom")


def wishes(given: list[str]) -> list[Wish]:
    """The items that were asked for; UserError where one cannot be read."""
    found = []
    for word in given:
        if word.strip().lower() == "all":
            found += [Wish(item.id) for item in menu.items().values() if not item.basic]
        else:
            found.append(_wish(word))
    return found


def time(given: str) -> datetime:
    """A time in Beijing; UserError where it is none."""
    found = when.read(given, utc())
    if found is None:
        raise UserError(
            f"看不懂时间“{' '.join(given.split())}”；请写成 '2026-12-01 18:00' 或 '12月1日18:00'（北京时间）。 "
            "This is no time; write it like '2026-12-01 18:00', in Beijing time."
        )
    return found


def own_rule(args: argparse.Namespace) -> OwnRule | None:
    """The rule that was set for this ballot alone, None where none was."""
    if args.quorum is None and args.agree is None and args.of is None:
        return None
    rule = OwnRule()
    quorum = {"quorum": None if args.quorum.strip().lower() in ("none", "不限") else args.quorum} if args.quorum else {}
    agree = {"agree": args.agree} if args.agree else {}
    return rule.model_copy(update={**quorum, **agree, **({"of": Whole(args.of)} if args.of else {})})


def _wish(given: str) -> Wish:
    found = _ITEM.fullmatch(given.strip())
    if found is None:
        raise _unreadable(given)
    areas = tuple(
        f"/{place.strip().strip('/')}" for place in re.split("[,，、]", found["areas"] or "") if place.strip()
    )
    return Wish(
        found["id"].strip().lower(),
        _named(Matter, lambda each: f"matter.{each}", found["matter"], given),
        _named(Counted, lambda each: f"counted.{each}", found["counted"], given),
        areas,
    )


def a_class(given: str) -> Matter:
    """A class by its key or by what it is called; UserError where it is none."""
    if found := _called(Matter, lambda each: f"matter.{each}", given):
        return found
    classes = "、".join(f"{each.value} {wording('zh')(f'matter.{each}')}" for each in Matter)
    raise UserError(
        f"没有“{' '.join(given.split())}”这一类；类别有 {classes}。 "
        f"There is no such class; these are: {', '.join(each.value for each in Matter)}."
    )


def _named(kind: type[T], key: Callable[[T], str], given: str | None, whole: str) -> T | None:
    """A class or an area by its key or by what it is called in either language; None where it was left out."""
    if not given or not given.strip():
        return None
    if found := _called(kind, key, given):
        return found
    raise _unreadable(whole)


def _called(kind: type[T], key: Callable[[T], str], given: str) -> T | None:
    word = given.strip().lower()
    return next(
        (one for one in kind if word in (one.value, *(wording(lang)(key(one)).lower() for lang in LANGUAGES))), None
    )


def _unreadable(given: str) -> UserError:
    classes, areas = ", ".join(matter.value for matter in Matter), ", ".join(counted.value for counted in Counted)
    return UserError(
        f"看不懂事项“{' '.join(given.split())}”；要写成 menu-13:rebuilding:stairwell 的样子，"
        f"类别有 {classes}，按哪里计有 {areas}。 "
        f"This is no item; write it like menu-13:rebuilding:stairwell, with one of these classes ({classes}) "
        f"and areas ({areas})."
    )

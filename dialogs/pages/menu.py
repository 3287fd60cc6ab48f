"""The menu: its scopes and classes with their counts, its rows, and all about one row."""

from collections.abc import Sequence

from dialogs import asking, taps
from dialogs.pages.parts import link, place, short
from dialogs.replies import Button, Line, Reply
from dialogs.wording import Wording
from knowledge.documents import ItemClass
from knowledge.library import CLASS_CONCEPTS, Library, Point

SCOPES = {"building": "楼本体", "yard": "小区公共区域", "governance": "完善小区治理"}
CLASSES = {"basic": ItemClass.BASIC, "optional": ItemClass.OPTIONAL}


def page(rest: str, library: Library, speak: Wording) -> Reply | None:
    """The whole menu, one scope of it ("building"), or one class of a scope ("building:basic"); None where there is no
    such part."""
    if not rest:
        return _whole(library, speak)
    scope, _, kind = rest.partition(":")
    if scope not in SCOPES or (":" in rest and not (kind in CLASSES and rows_of(library, scope, kind))):
        return None
    return _list(scope, kind, library, speak) if kind else _scope(scope, library, speak)


def row(clause: str, library: Library, speak: Wording) -> Reply | None:
    """A row: what it is, whether it is a must, who pays, what comes next; None where the clause is no row."""
    point = library.summaries.get(clause)
    item = library.clause(point).item if point else None
    if point is None or item is None:
        return None
    scope = next(slug for slug, name in SCOPES.items() if name == item.scope)
    kind = next(slug for slug, of in CLASSES.items() if of is item.item_class)
    basic = item.item_class is ItemClass.BASIC
    rule, pays = _rule(library, item.item_class), payer(library, item.item_class)
    lines = (
        Line(point.plain(speak.language), asking.quote(point, library, speak.language, with_number=True)),
        Line(speak("answer.is_basic" if basic else "answer.is_optional"), asking.quote(rule, library, speak.language)),
        Line(pays.plain(speak.language), asking.quote(pays, library, speak.language)),
        Line(_next(basic, library, speak)),
    )
    check = "page.check_building" if scope == "building" else "page.check_compound"
    buttons = (
        Button(speak("button.original"), taps.clause(clause)),
        Button(speak("page.about"), taps.about(clause)),
        Button(speak(check), taps.begin("eligibility", item=clause)),
        link(speak("page.back", name=_name(scope, kind, speak)), f"menu:{scope}:{kind}"),
    )
    return Reply(lines, buttons)


def _whole(library: Library, speak: Wording) -> Reply:
    basic, optional = (sum(library.item_class(row) is of for row in library.rows) for of in CLASSES.values())
    lines = [Line(speak("page.menu", count=len(library.rows), basic=basic, optional=optional))]
    lines += _rules(list(CLASSES), library, speak)
    lines += [Line(f"· {_counted(scope, library, speak)}") for scope in SCOPES]
    buttons = [link(speak(f"page_scope.{scope}"), f"menu:{scope}") for scope in SCOPES]
    check = Button(speak("page.check_compound"), taps.begin("eligibility"))
    ways = [link(speak(f"page_to.{name}"), name) for name in ("process", "duties", "paper")]
    return Reply(tuple(lines), (*buttons, check, *ways))


def _scope(scope: str, library: Library, speak: Wording) -> Reply:
    kinds = [kind for kind in CLASSES if rows_of(library, scope, kind)]
    lines = [Line(_counted(scope, library, speak)), *_rules(kinds, library, speak)]
    buttons = [
        link(speak(f"page_items.{kind}", count=len(rows_of(library, scope, kind))), f"menu:{scope}:{kind}")
        for kind in kinds
    ]
    return Reply(tuple(lines), (*buttons, link(speak("page.back", name=speak("page.whole_menu")), "menu")))


def _list(scope: str, kind: str, library: Library, speak: Wording) -> Reply:
    rows = rows_of(library, scope, kind)
    head = Line(speak("page.rows", name=_name(scope, kind, speak), count=len(rows)))
    says = {row.clause: row.quote if speak.language == "zh" else row.en or row.quote for row in rows}
    buttons = [link(short(text, speak), f"row:{clause}") for clause, text in says.items()]
    back = link(speak("page.back", name=speak(f"page_scope.{scope}")), f"menu:{scope}")
    return Reply((head, *(Line(f"· {text}") for text in says.values())), (*buttons, back))


def rows_of(library: Library, scope: str, kind: str) -> list[Point]:
    """The rows of a class of a scope, in the table's order."""
    found = []
    for point in library.rows:
        item = library.clause(point).item
        if item and (item.scope, item.item_class) == (SCOPES[scope], CLASSES[kind]):
            found.append(point)
    return found


def _counted(scope: str, library: Library, speak: Wording) -> str:
    counts = {kind: len(rows_of(library, scope, kind)) for kind in CLASSES}
    told = [speak(f"page_count.{kind}", count=count) for kind, count in counts.items() if count]
    return speak("page.scope", name=speak(f"page_scope.{scope}"), counts=speak.listed(told))


def _name(scope: str, kind: str, speak: Wording) -> str:
    return f"{speak(f'page_scope.{scope}')} · {speak(f'page_class.{kind}')}"


def _rules(kinds: Sequence[str], library: Library, speak: Wording) -> list[Line]:
    rules = [_rule(library, CLASSES[kind]) for kind in kinds]
    return [
        Line(rule.plain(speak.language), asking.quote(rule, library, speak.language, with_number=rule is rules[0]))
        for rule in rules
    ]


def _rule(library: Library, item_class: ItemClass) -> Point:
    """What the class of a row means."""
    return library.telling("must", CLASS_CONCEPTS[item_class])[0]


def payer(library: Library, item_class: ItemClass) -> Point:
    """Who pays for rows of the class."""
    return next(point for point in library.telling("who-pays", CLASS_CONCEPTS[item_class]) if "funds" in point.about)


def _next(basic: bool, library: Library, speak: Wording) -> str:
    if basic:
        responsible = library.telling("who-does", "responsible-body")[0]
        return speak("answer.turn_to_street", place=place(responsible, library, speak))
    return speak(
        "answer.next_optional", place=place(library.telling("who-decides", "owners-committee")[0], library, speak)
    )

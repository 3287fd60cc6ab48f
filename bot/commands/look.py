"""jiugai clauses, menu and duties: the document as we read it."""

import argparse
import json
from typing import Any

from bot.errors import UserError
from dialogs import asking
from knowledge.documents import Clause, ItemClass
from knowledge.library import Body, Library, Point, load


def add(parsers: Any) -> None:
    """Add the three commands' parsers."""
    for name, run, argument, about in (
        ("clauses", run_clauses, "ID", "方案的条款，或其中一条 · the clauses, or one of them"),
        ("menu", run_menu, None, "改造整治菜单 · the menu of renovation items"),
        ("duties", run_duties, "BODY", "谁负责什么 · who is responsible for what"),
    ):
        example = f"  jiugai {name}" + {"clauses": " s2-2-p1", "duties": " 住建委"}.get(name, "")
        parser = parsers.add_parser(
            name,
            help=about,
            description=about,
            epilog=f"例 / examples:\n{example}\n  jiugai {name} --json",
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        if argument:
            parser.add_argument("which", nargs="?", metavar=argument, help="不写就全列 · all of them if left out")
        parser.add_argument("--json", action="store_true", help="JSON 输出 · as JSON")
        parser.set_defaults(run=run)


def run_clauses(args: argparse.Namespace) -> None:
    """List the clauses, or show one with what it says in plain words."""
    library = load()
    if args.which is None:
        clauses = library.document.clauses
        if args.json:
            _print_json([_clause(clause, library) for clause in clauses])
        for clause in () if args.json else clauses:
            print(f"{clause.id:<14}{clause.place}  {_short(clause.text)}")
        return
    args.which = args.which.lower()
    if args.which not in library.summaries:
        raise UserError(
            "没有这个编号的条款；用 jiugai clauses 看所有编号。 No clause has this id; jiugai clauses lists them."
        )
    clause = library.document.clause(args.which)
    if args.json:
        _print_json(_clause(clause, library))
        return
    summary = library.summaries[clause.id]
    print(asking.place(clause, library, "zh", with_number=True) + ("（原文到此中断）" if clause.cut_off else ""))
    print(f"「{clause.text}」\n\n{summary.zh}\n{summary.en}")


def run_menu(args: argparse.Namespace) -> None:
    """The menu by scope and class."""
    library = load()
    if args.json:
        _print_json([_row(row, library) for row in library.rows])
        return
    basic = sum(library.item_class(row) is ItemClass.BASIC for row in library.rows)
    print(f"共{len(library.rows)}项：基础类{basic}项（必做），自选类{len(library.rows) - basic}项")
    heading = None
    for row in library.rows:
        item = library.clause(row).item
        if item and heading != (item.scope, item.item_class):
            heading = (item.scope, item.item_class)
            print(f"\n{item.scope} · {item.item_class}")
        print(f"  {row.clause:<8} {row.quote}")


def run_duties(args: argparse.Namespace) -> None:
    """Who is responsible for what, each duty with its clause."""
    library = load()
    bodies = [body for body in library.bodies.values() if library.duties[body.id] or library.helps[body.id]]
    if args.which is not None:
        bodies = library.bodies_called(args.which)
        if not bodies:
            raise UserError(
                "方案里没有这个单位；用 jiugai duties 看有哪些。 The plan names no such body; jiugai duties lists them."
            )
    if args.json:
        _print_json([_body(body, library) for body in bodies])
        return
    for body in bodies:
        print(f"{body.name}{'（成员单位）' if body.member else ''}")
        duties, helps = library.duties[body.id], library.helps[body.id]
        for point in duties:
            print(f"  · {point.zh} {_where(point, library)}")
        for point in helps:
            print(f"  · 参与：{point.zh} {_where(point, library)}")
        if not duties and not helps:
            print("  方案没有单列它的职责。")


def _where(point: Point, library: Library) -> str:
    return f"{library.clause(point).place} [{point.clause}]"


def _short(text: str, most: int = 36) -> str:
    line = " ".join(text.split())
    return line if len(line) <= most else line[:most] + "…"


def _clause(clause: Clause, library: Library) -> dict[str, Any]:
    summary = library.summaries[clause.id]
    return {
        "id": clause.id,
        "kind": clause.kind,
        "place": clause.place,
        "breadcrumb": [[heading.marker, heading.title] for heading in clause.breadcrumb],
        "start": clause.start,
        "end": clause.end,
        "text": clause.text,
        "cut_off": clause.cut_off,
        "zh": summary.zh,
        "en": summary.en,
    }


def _row(row: Point, library: Library) -> dict[str, Any]:
    item = library.clause(row).item
    assert item is not None  # rows are the points whose clause is an item
    return {
        "id": row.clause,
        "number": item.number,
        "scope": item.scope,
        "class": item.item_class,
        "text": row.quote,
        "zh": row.zh,
        "en": row.en,
    }


def _body(body: Body, library: Library) -> dict[str, Any]:
    return {
        "id": body.id,
        "name": body.name,
        "english": body.english,
        "member": body.member,
        "duties": [_duty(point, library) for point in library.duties[body.id]],
        "helps": [_duty(point, library) for point in library.helps[body.id]],
    }


def _duty(point: Point, library: Library) -> dict[str, Any]:
    place = library.clause(point).place
    return {
        "clause": point.clause,
        "place": place,
        "quote": point.quote,
        "zh": point.zh,
        "en": point.en,
        "by": list(point.by),
        "with": list(point.with_),
    }


def _print_json(value: Any) -> None:
    print(json.dumps(value, ensure_ascii=False, indent=1))

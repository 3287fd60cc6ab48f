"""Breaks the rules and the tally in every small way, one at a time, and sees whether a test tells.

    python bench/mutants.py ballots/rules.py ballots/tally.py

A mutant is the module with one thing changed: a comparison, a number, a word, a name for another of its kind, a branch,
a statement. It is killed where the quick tests fail on it. Those that survive are printed; docs/mutants.md says of each
why it changes no count. It works on a copy: nothing of this checkout is touched.
"""

import ast
import copy
import importlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields, is_dataclass
from enum import EnumMeta
from functools import partial
from pathlib import Path
from queue import Queue
from tempfile import TemporaryDirectory
from types import ModuleType

ROOT = Path(__file__).resolve().parents[1]
TESTS = ("tests/ballots/test_rules.py", "tests/ballots/test_tally.py")
PATIENCE = 120  # seconds; a mutant that takes longer never ends

NOT_RUN = ("annotation", "returns", "decorator_list", "ctx", "bases", "names")  # types, decorators, imports
COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE),
    ast.LtE: (ast.Lt, ast.Gt),
    ast.Gt: (ast.GtE, ast.LtE, ast.NotEq),
    ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq, ast.LtE, ast.GtE),
    ast.NotEq: (ast.Eq,),
    ast.Is: (ast.IsNot,),
    ast.IsNot: (ast.Is,),
    ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}
COMPUTED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Add,
    ast.BitAnd: ast.BitOr,
}


def others(module: ModuleType) -> dict[str, set[str]]:
    """For each name of a module the others of its kind: constants of one class, members of one enumeration
    ("Whole.ALL"), fields of one dataclass that hold the same (".heads")."""
    groups: list[set[str]] = []
    values = {
        name: value for name, value in vars(module).items() if is_dataclass(value) and not isinstance(value, type)
    }
    groups += [
        {name for name, value in values.items() if type(value) is kind} for kind in {*map(type, values.values())}
    ]
    for name, value in vars(module).items():
        if isinstance(value, EnumMeta):
            groups.append({f"{name}.{member}" for member in value.__members__})
        elif isinstance(value, type) and is_dataclass(value):
            kinds = {field.name: str(field.type) for field in fields(value)}
            groups += [{f".{field}" for field in kinds if kinds[field] == kind} for kind in {*kinds.values()}]
    found: dict[str, set[str]] = {}
    for group in groups:
        for name in group:
            found.setdefault(name, set()).update(group - {name})
    return found


def instead(node: ast.AST, kin: dict[str, set[str]]) -> Iterator[ast.AST | None]:
    """What may stand in a node's place: each is one mutant. None: nothing stands there."""
    match node:
        case ast.Compare(ops=ops):
            for place, op in enumerate(ops):
                for other in COMPARED[type(op)]:
                    yield ast.Compare(node.left, [*ops[:place], other(), *ops[place + 1 :]], node.comparators)
        case ast.BinOp() if type(node.op) in COMPUTED:
            yield ast.BinOp(node.left, COMPUTED[type(node.op)](), node.right)
        case ast.BoolOp(values=values):
            yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), values)
            yield from values
        case ast.UnaryOp(op=ast.Not()):
            yield node.operand
        case ast.IfExp():
            yield from (node.body, node.orelse)
        case ast.If():
            yield ast.If(ast.Constant(True), node.body, node.orelse)
            yield ast.If(ast.Constant(False), node.body, node.orelse)
        case ast.Constant(value=bool() as value):
            yield ast.Constant(not value)
        case ast.Constant(value=int() as value):
            yield from (ast.Constant(value + 1), ast.Constant(value - 1))
        case ast.Constant(value=str() as value):
            yield ast.Constant(value + "~")
        case ast.Tuple(elts=[_, _, *_] as parts) if isinstance(node.ctx, ast.Load):
            yield from (ast.Tuple([*parts[:place], *parts[place + 1 :]], ast.Load()) for place in range(len(parts)))
        case ast.Call(args=[_, _, *_] as given):
            for place in range(len(given) - 1):
                swapped = [*given[:place], given[place + 1], given[place], *given[place + 2 :]]
                yield ast.Call(node.func, swapped, node.keywords)
        case ast.AugAssign():
            yield ast.Assign([node.target], node.value, lineno=0)
            yield None
        case ast.Continue() | ast.Raise():
            yield None
        case ast.Name(ctx=ast.Load()):
            yield from (ast.Name(other, ast.Load()) for other in sorted(kin.get(node.id, ())))
        case ast.Attribute(value=ast.Name(id=owner)) if f"{owner}.{node.attr}" in kin:
            names = sorted(kin[f"{owner}.{node.attr}"])
            yield from (ast.Attribute(node.value, other.split(".")[1], ast.Load()) for other in names)
        case ast.Attribute():
            names = sorted(kin.get(f".{node.attr}", ()))
            yield from (ast.Attribute(node.value, other[1:], ast.Load()) for other in names)


def mutants(source: str, kin: dict[str, set[str]]) -> Iterator[tuple[str, str]]:
    """Every mutant of a module's source, with a line on what it changes. Comments, docstrings and types stay."""
    tree = ast.parse(source)
    for parent, field, place, node in [*places(tree)]:
        for other in instead(node, kin):
            new = ast.Pass() if other is None else copy.deepcopy(other)
            if shown(new) == shown(node):  # two equal arguments exchanged
                continue
            put(parent, field, place, new)
            yield f"line {getattr(node, 'lineno', 0)}: {shown(node)} → {shown(new)}", ast.unparse(located(tree))
            put(parent, field, place, node)


def places(parent: ast.AST) -> Iterator[tuple[ast.AST, str, int | None, ast.AST]]:
    """Every node below another one: its parent, the field there, its place where that is a list, and itself."""
    for field, value in ast.iter_fields(parent):
        if field in NOT_RUN:
            continue
        for place, node in enumerate(value) if isinstance(value, list) else [(None, value)]:
            docstring = isinstance(parent, ast.Expr) and isinstance(node, ast.Constant)
            if isinstance(node, ast.AST) and not docstring:
                yield parent, field, place, node
                yield from places(node)


def put(parent: ast.AST, field: str, place: int | None, node: ast.AST) -> None:
    if place is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[place] = node


def located(node: ast.AST) -> ast.AST:
    return ast.fix_missing_locations(node)


def shown(node: ast.AST) -> str:
    return ast.unparse(located(copy.deepcopy(node))).split("\n")[0]


def killed(tree: Path, path: str, source: str) -> bool:
    """Whether the quick tests, run in a copy of the checkout, fail on a module's source."""
    (tree / path).write_text(source, "utf-8")
    tests = [sys.executable, "-B", "-m", "pytest", "-q", "-x", "-n", "0", "-p", "no:cacheprovider", *TESTS]
    try:
        return subprocess.run(tests, cwd=tree, capture_output=True, timeout=PATIENCE, check=False).returncode != 0
    except subprocess.TimeoutExpired:
        return True


def killed_in(free: "Queue[Path]", path: str, source: str) -> bool:
    """The same, in whichever copy is free."""
    tree = free.get()
    try:
        return killed(tree, path, source)
    finally:
        free.put(tree)


def main(paths: list[str]) -> int:
    sys.path.insert(0, str(ROOT))
    survivors = 0
    for path in paths:
        source = (ROOT / path).read_text("utf-8")
        kin = others(importlib.import_module(path.removesuffix(".py").replace("/", ".")))
        found = [*mutants(source, kin)]
        with TemporaryDirectory() as folder, ThreadPoolExecutor(workers := os.cpu_count() or 1) as pool:
            trees = [Path(folder) / str(n) for n in range(workers)]
            for tree in trees:
                for part in ("ballots", "tests/ballots"):
                    shutil.copytree(ROOT / part, tree / part, ignore=shutil.ignore_patterns("__pycache__"))
                shutil.copy(ROOT / "pyproject.toml", tree)
            assert not killed(trees[0], path, source), "the tests fail without any change"
            free: Queue[Path] = Queue()
            for tree in trees:
                free.put(tree)
            dead = [*pool.map(partial(killed_in, free, path), (mutant for _, mutant in found))]
        alive = [what for (what, _), gone in zip(found, dead, strict=True) if not gone]
        print(f"{path}: {len(found)} mutants, {len(found) - len(alive)} killed", *alive, sep="\n  ", flush=True)
        survivors += len(alive)
    return survivors


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]) > 0)

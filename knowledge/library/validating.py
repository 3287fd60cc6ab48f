"""Validating: every fault of the library's files, each with its file and line, for whoever edits them.

Shapes are checked by pydantic; then that each entry fits the policy's text and the other files; then that the plain
sentences are true to their clause: its hedges are heard, and no number is in them that the clause does not have.
"""

import json
import re
import tomllib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from knowledge.documents import Clause, Document, read
from knowledge.library.entries import Ask, Body, Concept, Followup, Hedge, Term
from knowledge.library.loading import ASKS, BODIES, CLAUSES, FOLLOWUPS, MENU, POLICY, TABLES, TERMS, WORDS, data
from knowledge.library.numbers import numbers_en, numbers_in_clause, numbers_zh
from knowledge.words import fold


@dataclass(frozen=True, slots=True)
class Fault:
    """What is wrong, and in which line (from 1) of which file."""

    file: str
    line: int
    text: str

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.text}"


class _Said(BaseModel):
    """What an entry of clauses.toml or menu.toml may hold."""

    model_config = ConfigDict(extra="forbid")

    zh: str = Field(min_length=4)
    en: str = Field(min_length=4)
    quote: str | None = Field(default=None, min_length=1)
    about: list[str] = []
    mentions: list[str] = []
    tells: list[str] = []
    by: list[str] = []
    with_: list[str] = Field(default=[], alias="with")
    next: list[str] = []
    limits: dict[Literal["yuan", "square-metres"], float] = {}


class _Clause(_Said):
    points: list[_Said] = []


class _Row(_Said):
    row: str


_SHAPES: Mapping[str, TypeAdapter[Any]] = {CLAUSES: TypeAdapter(_Clause), MENU: TypeAdapter(_Row)}
_HAS_ID = {BODIES: Body, WORDS: Concept, ASKS: Ask, FOLLOWUPS: Followup}


def shipped_faults() -> list[Fault]:
    """The faults of the files in this package; none, if its tests have run."""
    return faults({name: data(name) for name in TABLES}, data(POLICY))


def faults(sources: Mapping[str, str], policy: str) -> list[Fault]:
    """Every fault of the files (name → TOML text) beside the policy's text, by file and line."""
    tables: dict[str, dict[str, Any]] = {}
    found: list[Fault] = []
    for name in TABLES:
        try:
            tables[name] = tomllib.loads(sources[name])
        except tomllib.TOMLDecodeError as error:
            at = re.search(r"line (\d+)", str(error))
            last = len(sources[name].splitlines()) or 1
            found.append(Fault(name, int(at[1]) if at else last, f"不是有效的 TOML · not TOML: {error}"))
    if found:
        return found
    places = {name: _Places(source) for name, source in sources.items()}
    for name, table in tables.items():
        for key, entry in table.items():
            for path, text in _shape_faults(name, key, entry):
                found.append(Fault(name, places[name].line(key, path), text))
    for section in ("glossary", "hedges"):
        if section not in tables[TERMS]:
            found.append(Fault(TERMS, 1, f"没有写 {section} · there is no table {section}"))
    if not found:
        for name, key, path, text in _meaning_faults(tables, read(policy)):
            found.append(Fault(name, places[name].line(key, path), text))
    return sorted(found, key=lambda fault: (TABLES.index(fault.file), fault.line))


class _Places:
    """Where tables and keys stand in a TOML file: tomllib does not say."""

    def __init__(self, source: str) -> None:
        self._lines = source.splitlines()

    def line(self, table: str, path: Sequence[str | int]) -> int:
        """The line of `key` in a table or in its n-th point (path like ("points", 2, "zh")); else of its header."""
        wanted = [f"[{table}]"]
        if len(path) >= 2 and path[0] == "points":
            wanted = [f"[[{table}.points]]"] * (int(path[1]) + 1)
            path = path[2:]
        at = -1
        for header in wanted:
            rest = range(at + 1, len(self._lines))
            at = next((n for n in rest if self._lines[n].split("#")[0].strip() == header), at)
        for number in range(at + 1, len(self._lines)):
            line = self._lines[number].strip()
            if at >= 0 and line.startswith("["):
                break
            if path and re.match(rf"\"?{re.escape(str(path[0]))}\"?\s*=", line):
                return number + 1
        if at < 0:
            # Not a table at all: a plain key.
            at = next((n for n, line in enumerate(self._lines) if re.match(rf"\s*{re.escape(table)}\s*=", line)), 0)
        return at + 1


_Path = tuple[str | int, ...]


def _shape_faults(name: str, key: str, entry: Any) -> Iterator[tuple[_Path, str]]:
    if name == TERMS:
        kind = {"glossary": Term, "hedges": Hedge}.get(key)
        if kind is None:
            yield (), "只有 glossary 和 hedges 两段 · only glossary and hedges are known"
        elif not isinstance(entry, dict):
            yield (), f"{key} 要写成一段 · {key} must be a table"
        else:
            for word, value in entry.items():
                yield from (((word, *path), text) for path, text in _dataclass_faults(kind, value))
                numbers = value.get("numbers", ()) if isinstance(value, dict) else ()
                if not all(re.fullmatch(r"\d+(\.\d+)?", str(number)) for number in numbers):
                    yield (word,), "numbers 里只写数字 · numbers holds digits only"
        return
    if not re.fullmatch(r"[a-z0-9_-]+", key):
        yield (), "段名只用小写字母、数字和连字符 · a table's name has lower-case letters, digits and hyphens only"
    if name in _HAS_ID:
        yield from _dataclass_faults(_HAS_ID[name], entry, id=key)
    else:
        yield from _checked(_SHAPES[name], entry)


def _dataclass_faults(kind: type, entry: Any, **given: str) -> Iterator[tuple[_Path, str]]:
    """The faults of an entry that becomes a dataclass; `given` are fields that the file does not write itself."""
    if not isinstance(entry, dict):
        yield (), "要写成一段 · this must be a table"
        return
    allowed = {field.name for field in fields(kind)} - set(given)
    for unknown in sorted(set(entry) - allowed):
        yield (unknown,), f"不认识的条目 · unknown key: {unknown}"
    held = {field: value for field, value in entry.items() if field in allowed} | given
    yield from _checked(_adapter(kind), held)


@cache
def _adapter(kind: type) -> TypeAdapter[Any]:
    return TypeAdapter(kind)


def _checked(shape: TypeAdapter[Any], value: Any) -> Iterator[tuple[_Path, str]]:
    try:
        # Strict, as "no" is no truth value; by way of JSON, where an array may fill a tuple even so.
        shape.validate_json(json.dumps(value, default=str), strict=True)
    except ValidationError as error:
        for fault in error.errors():
            yield tuple(fault["loc"]), f"{'.'.join(map(str, fault['loc']))}: {fault['msg']}"


def _meaning_faults(
    tables: Mapping[str, Mapping[str, Any]], document: Document
) -> Iterator[tuple[str, str, _Path, str]]:
    """(file, table, path, text) of everything that does not fit the text or the other files."""
    known = {
        "about": set(tables[WORDS]) | set(tables[BODIES]),
        "mentions": set(tables[WORDS]) | set(tables[BODIES]),
        "tells": set(tables[ASKS]),
        "by": set(tables[BODIES]),
        "with": set(tables[BODIES]),
        "next": set(tables[FOLLOWUPS]),
    }
    clauses = {clause.id: clause for clause in document.clauses}
    for name, ids in (
        (MENU, [c.id for c in document.items]),
        (CLAUSES, [c.id for c in document.clauses if not c.item]),
    ):
        for missing in (clause_id for clause_id in ids if clause_id not in tables[name]):
            yield name, missing, (), f"没有写 {missing} · there is no entry for {missing}"
        for key, entry in tables[name].items():
            if key not in ids:
                yield name, key, (), f"原文里没有 {key} 这一条 · the text has no such clause"
                continue
            if name == MENU and entry["row"] != clauses[key].text:
                yield name, key, ("row",), "row 和原文不一样 · row differs from the text"
            told = [((), entry), *((("points", n), point) for n, point in enumerate(entry.get("points", ())))]
            for path, said in told:
                for key_path, text in _said_faults(said, clauses[key], known, tables):
                    yield name, key, (*path, *key_path), text
            if not any(said.get("about") for _, said in told):
                yield name, key, (), "没有 about，谁也问不到它 · without `about` nobody can ask for it"
    yield from _body_faults(tables[BODIES], document)
    for key in set(tables[WORDS]) & set(tables[BODIES]):
        yield WORDS, key, (), "概念和单位重名 · a concept and a body share this id"
    for name in (WORDS, BODIES, ASKS):
        for key, entry in tables[name].items():
            for language in ("zh", "en"):
                yield from ((name, key, (language,), text) for text in _word_faults(entry[language], name == ASKS))


def _said_faults(
    said: Mapping[str, Any], clause: Clause, known: Mapping[str, set[str]], tables: Mapping[str, Mapping[str, Any]]
) -> Iterator[tuple[_Path, str]]:
    quote = said.get("quote", clause.text)
    if quote not in clause.text:
        yield ("quote",), "引文和原文不一样 · the quote is not in the clause"
        return
    for field, ids in known.items():
        for unknown in (value for value in said.get(field, ()) if value not in ids):
            yield (field,), f"{field}: 没有 {unknown} · unknown id"
    for word, hedge in tables[TERMS]["hedges"].items():
        if word in quote and not any(heard in said["zh"] for heard in hedge["zh"]):
            yield ("zh",), f"原文有“{word}”，大白话里没有 · the hedge is lost"
        if word in quote and not any(heard in said["en"].lower() for heard in hedge["en"]):
            yield ("en",), f"the clause hedges with {word}; the English sentence does not"
    allowed = numbers_in_clause(clause.text)
    for word, term in tables[TERMS]["glossary"].items():
        if word in clause.text:
            allowed |= {float(number) for number in term.get("numbers", ())}
    for language, numbers in (("zh", numbers_zh(said["zh"])), ("en", numbers_en(said["en"]))):
        for number in sorted(numbers - allowed):
            yield (language,), f"条款里没有 {number:g} 这个数 · the clause has no such number"


def _body_faults(bodies: Mapping[str, Any], document: Document) -> Iterator[tuple[str, str, _Path, str]]:
    members = next((clause.text for clause in document.clauses if "成员单位包括" in clause.text), "")
    for key, body in bodies.items():
        if body["name"] not in document.text:
            yield BODIES, key, ("name",), "原文里没有这个名字 · the text has no such name"
        listed = body["name"] in re.split(r"[、：。]", members)
        if listed != body.get("member", False):
            yield BODIES, key, ("name",), "和成员单位名单不符 · `member` does not agree with the list of member units"


def _word_faults(words: Sequence[str], gaps: bool) -> Iterator[str]:
    """What is wrong with a list of words; `gaps` allows "…" between the parts of one."""
    if not words:
        yield "没有词 · no words"
    for word in dict.fromkeys(words):
        parts = word.split("…") if gaps else [word]
        if any(fold(part) != part.strip() or not part.strip() for part in parts):
            yield f"“{word}”要写成简体、半角、小写 · write it simplified, half-width, lower case"
        elif words.count(word) > 1:
            yield f"“{word}”写了两遍 · stands twice"

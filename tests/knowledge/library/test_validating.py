"""Validating: the shipped files have no fault, and each fault that a person could make is named with file and line.

Every case takes the shipped files (with a few words to a list, for speed), makes one fault in memory and looks for
exactly that one.
"""

import json
import pickle
import tomllib
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from types import SimpleNamespace
from typing import Any

import pytest
import rtoml

from knowledge.documents import read
from knowledge.library import validating
from knowledge.library.loading import ASKS, BODIES, CLAUSES, FOLLOWUPS, MENU, POLICY, TABLES, TERMS, WORDS, data
from knowledge.library.validating import Fault, faults, shipped_faults

TEXT = data(POLICY)
DOCUMENT = read(TEXT)
GONE = object()  # in place of a value: the key is taken out


def short(source: str) -> str:
    """The same tables with three words to a list, in the two ways that lists are written."""
    lines: list[str] = []
    for table, entry in rtoml.loads(source).items():
        lines += ["", f"# {table}", f"[{table}]"]
        for key, value in entry.items():
            if key == "en" and isinstance(value, list):
                lines += [f"{key} = [", *(f"    {json.dumps(word)}," for word in value[:3]), "]"]
            else:
                lines.append(f"{key} = {written(value[:3] if isinstance(value, list) else value)}")
    return "\n".join(lines) + "\n"


def written(value: Any) -> str:
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(each)}" for key, each in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)


SHIPPED = {name: short(data(name)) if name in (WORDS, BODIES, ASKS) else data(name) for name in TABLES}


@cache
def parsed(source: str) -> Mapping[str, Any]:
    """What a TOML text holds; to be looked at, not to be changed."""
    return tomllib.loads(source)


@cache
def _pickled(source: str) -> bytes:
    return pickle.dumps(tomllib.loads(source))


@pytest.fixture(autouse=True)
def each_text_is_parsed_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The validator parses all files for every fault of one: here those that are as before come from a pickle."""

    def loads(source: str) -> dict[str, Any]:
        found: dict[str, Any] = pickle.loads(_pickled(source))
        return found

    monkeypatch.setattr(validating, "tomllib", SimpleNamespace(loads=loads, TOMLDecodeError=tomllib.TOMLDecodeError))


class Copy:
    """The shipped files in memory, with changes."""

    def __init__(self) -> None:
        self.lines = {name: source.splitlines() for name, source in SHIPPED.items()}

    @property
    def sources(self) -> Mapping[str, str]:
        return {name: "\n".join(lines) + "\n" for name, lines in self.lines.items()}

    def faults(self) -> list[Fault]:
        return faults(self.sources, TEXT)

    def header(self, file: str, table: str, point: int | None = None) -> int:
        """The line (from 1) of a table's header, or of that of its n-th point."""
        wanted = f"[{table}]" if point is None else f"[[{table}.points]]"
        return [n for n, line in enumerate(self.lines[file], 1) if line == wanted][point or 0]

    def value(self, file: str, table: str, key: str, point: int | None = None) -> Any:
        entry = parsed(SHIPPED[file])[table]
        return (entry if point is None else entry["points"][point]).get(key)

    def put(self, file: str, table: str, key: str, value: Any, point: int | None = None) -> int:
        """Gives a key another value, right below the header if it was not there; its line, or the header's if gone."""
        header = at = self.header(file, table, point)
        lines = self.lines[file]
        while at < len(lines) and not lines[at].startswith("["):
            if lines[at].startswith((f"{key} ", f'"{key}" ')):
                del lines[at : at + length(lines[at:])]
                break
            at += 1
        else:
            at = header
        if value is GONE:
            return header
        lines.insert(at, f"{json.dumps(key, ensure_ascii=False) if not key.isascii() else key} = {written(value)}")
        return at + 1

    def cut(self, file: str, table: str) -> None:
        """Takes a table out, up to the next header."""
        start = self.header(file, table) - 1
        lines = self.lines[file]
        end = next((n for n in range(start + 1, len(lines)) if lines[n].startswith("[")), len(lines))
        del lines[start:end]

    def add(self, file: str, *lines: str) -> int:
        """Adds lines at the end of a file; the line of the first."""
        self.lines[file] += lines
        return len(self.lines[file]) - len(lines) + 1


def length(lines: list[str]) -> int:
    """How many lines the first key takes with its value."""
    for count in range(1, len(lines) + 1):
        with suppress(tomllib.TOMLDecodeError):
            tomllib.loads("\n".join(lines[:count]))
            return count
    raise AssertionError(f"no value: {lines[0]}")


@pytest.fixture
def copy() -> Copy:
    return Copy()


def assert_only(found: list[Fault], file: str, line: int, *said: str) -> None:
    """Nothing but faults of this line, and each of `said` is said there."""
    assert {(fault.file, fault.line) for fault in found} == {(file, line)}, list(map(str, found))
    for words in said:
        assert any(words in fault.text for fault in found), (words, list(map(str, found)))


def test_the_shipped_files_have_no_fault() -> None:
    assert list(map(str, shipped_faults())) == []


def test_an_unchanged_copy_has_no_fault(copy: Copy) -> None:
    assert copy.faults() == []
    assert faults({name: source.replace("\n", "\r\n") for name, source in SHIPPED.items()}, TEXT) == []


def test_a_fault_in_the_whole_files_is_named_by_its_line() -> None:
    sources = {name: data(name) for name in TABLES}
    line = len(sources[WORDS].splitlines()) + 3
    sources[WORDS] += '\n[late]\nkind = "machine"\nzh = ["迟"]\nen = ["late"]\n'
    assert_only(faults(sources, TEXT), WORDS, line, "kind")


def test_a_fault_is_printed_as_editors_understand_it() -> None:
    assert str(Fault("menu.toml", 7, "row")) == "menu.toml:7: row"


# ---- shapes


@pytest.mark.parametrize("file", TABLES)
def test_what_is_no_toml_is_named_by_its_line(copy: Copy, file: str) -> None:
    middle = len(copy.lines[file]) // 2
    at = next(n for n in range(middle, 0, -1) if copy.lines[file][n - 1].startswith("["))
    copy.lines[file].insert(at, "zh = 没有引号")
    found = copy.faults()
    assert_only(found, file, at + 1, "TOML")
    assert len(found) == 1


def test_a_file_that_ends_too_early_is_named_by_its_last_line(copy: Copy) -> None:
    line = copy.add(FOLLOWUPS, '[late]\nzh = """没有完')
    assert_only(copy.faults(), FOLLOWUPS, line + 1, "TOML")


def test_every_file_that_is_no_toml_is_named_at_once(copy: Copy) -> None:
    lines = {file: copy.add(file, "=") for file in (WORDS, CLAUSES)}
    assert [(fault.file, fault.line) for fault in copy.faults()] == [(file, lines[file]) for file in (CLAUSES, WORDS)]


@pytest.mark.parametrize(
    ("file", "table"),
    [
        (CLAUSES, "issuer"),
        (CLAUSES, "s4-2-p1"),
        (MENU, "menu-13"),
        (BODIES, "fire"),
        (WORDS, "elevator"),
        (ASKS, "who-pays"),
        (FOLLOWUPS, "menu"),
    ],
)
def test_a_key_that_nobody_knows_is_named(copy: Copy, file: str, table: str) -> None:
    line = copy.put(file, table, "colour", "red")
    assert_only(copy.faults(), file, line, "colour")


def test_a_key_that_nobody_knows_is_named_in_a_point_too(copy: Copy) -> None:
    line = copy.put(CLAUSES, "s2-1-p1", "colour", "red", point=1)
    assert_only(copy.faults(), CLAUSES, line, "colour")


def test_a_table_that_terms_do_not_have_is_named(copy: Copy) -> None:
    line = copy.add(TERMS, "[synonyms]")
    assert_only(copy.faults(), TERMS, line, "glossary")


@pytest.mark.parametrize(
    ("file", "table", "key", "value"),
    [
        (CLAUSES, "issuer", "zh", 4),
        (CLAUSES, "issuer", "zh", ["一句话"]),
        (CLAUSES, "issuer", "en", ""),
        (CLAUSES, "issuer", "about", "this-paper"),
        (CLAUSES, "issuer", "about", [1]),
        (MENU, "menu-13", "row", 13),
        (MENU, "menu-13", "zh", "短"),
        (MENU, "menu-13", "with", "fire"),
        (BODIES, "fire", "zh", "消防队"),
        (BODIES, "fire", "member", "perhaps"),
        (WORDS, "elevator", "kind", "machine"),
        (WORDS, "elevator", "en", "lift"),
        (ASKS, "who-pays", "strict", [1]),
        (ASKS, "who-pays", "zh", [1]),
        (FOLLOWUPS, "menu", "zh_ask", 1),
        (TERMS, "glossary", "十二五", {"zh": "2011–2015年", "en": "2011–2015", "source": 5}),
        (TERMS, "hedges", "原则上", {"zh": "原则上", "en": ["in principle"]}),
    ],
)
def test_a_value_of_the_wrong_type_is_named(copy: Copy, file: str, table: str, key: str, value: Any) -> None:
    line = copy.put(file, table, key, value)
    assert_only(copy.faults(), file, line, {"glossary": "source", "hedges": "zh"}.get(table, key))


@pytest.mark.parametrize(
    ("file", "table", "key"),
    [
        (CLAUSES, "issuer", "zh"),
        (CLAUSES, "issuer", "en"),
        (MENU, "menu-13", "zh"),
        (MENU, "menu-13", "row"),
        (BODIES, "fire", "name"),
        (BODIES, "fire", "english"),
        (WORDS, "elevator", "kind"),
        (WORDS, "elevator", "zh"),
        (ASKS, "who-pays", "en"),
        (FOLLOWUPS, "menu", "zh"),
    ],
)
def test_a_missing_key_is_named_at_the_header(copy: Copy, file: str, table: str, key: str) -> None:
    line = copy.put(file, table, key, GONE)
    assert_only(copy.faults(), file, line, key)


def test_a_missing_key_of_a_point_is_named_at_the_points_header(copy: Copy) -> None:
    line = copy.put(CLAUSES, "s2-1-p1", "zh", GONE, point=2)
    assert line == copy.header(CLAUSES, "s2-1-p1", 2)
    assert_only(copy.faults(), CLAUSES, line, "zh")


def test_a_table_with_a_name_that_fits_no_link_is_named(copy: Copy) -> None:
    line = copy.add(WORDS, "[Lift_Shaft]", 'kind = "thing"', 'zh = ["电梯井道"]', 'en = ["lift shaft"]')
    assert_only(copy.faults(), WORDS, line, "lower-case")


# ---- fit with the text and the other files


@pytest.mark.parametrize("field", ["about", "mentions", "tells", "by", "with", "next"])
@pytest.mark.parametrize(("file", "table", "point"), [(MENU, "menu-3", None), (CLAUSES, "s2-1-p1", 0)])
def test_an_id_that_is_nowhere_is_named(copy: Copy, file: str, table: str, point: int | None, field: str) -> None:
    line = copy.put(file, table, field, [*(copy.value(file, table, field, point) or ()), "no-such-id"], point)
    found = copy.faults()
    assert_only(found, file, line, "no-such-id")
    assert len(found) == 1


@pytest.mark.parametrize(
    ("field", "stranger"), [("about", "who-pays"), ("tells", "elevator"), ("by", "elevator"), ("next", "fire")]
)
def test_an_id_of_another_kind_is_named(copy: Copy, field: str, stranger: str) -> None:
    line = copy.put(MENU, "menu-3", field, [*(copy.value(MENU, "menu-3", field) or ()), stranger])
    assert_only(copy.faults(), MENU, line, stranger)


def test_a_body_may_be_spoken_about(copy: Copy) -> None:
    copy.put(MENU, "menu-3", "about", [*copy.value(MENU, "menu-3", "about"), "fire"])
    assert copy.faults() == []


def test_a_quote_that_is_not_in_its_clause_is_named(copy: Copy) -> None:
    quote = copy.value(CLAUSES, "s2-1-p1", "quote", 0)
    line = copy.put(CLAUSES, "s2-1-p1", "quote", quote.replace("1990", "1991"), point=0)
    assert_only(copy.faults(), CLAUSES, line, "quote")


def test_a_quote_from_another_clause_is_named(copy: Copy) -> None:
    line = copy.put(CLAUSES, "s2-1-p1", "quote", "得到了居民的广泛支持", point=1)
    assert "得到了居民的广泛支持" in TEXT
    assert_only(copy.faults(), CLAUSES, line, "quote")


def test_a_row_that_differs_from_the_text_by_a_character_is_named(copy: Copy) -> None:
    line = copy.put(MENU, "menu-13", "row", copy.value(MENU, "menu-13", "row") + "。")
    assert_only(copy.faults(), MENU, line, "row")


@pytest.mark.parametrize(("file", "table"), [(CLAUSES, "signature"), (CLAUSES, "copies"), (MENU, "menu-34")])
def test_a_clause_without_an_entry_is_named(copy: Copy, file: str, table: str) -> None:
    copy.cut(file, table)
    found = copy.faults()
    assert_only(found, file, 1, table)
    assert len(found) == 1


@pytest.mark.parametrize(
    ("file", "table", "row"), [(CLAUSES, "s9-p1", ()), (MENU, "menu-35", ('row = "装灯"',)), (CLAUSES, "menu-3", ())]
)
def test_an_entry_without_a_clause_is_named(copy: Copy, file: str, table: str, row: tuple[str, ...]) -> None:
    line = copy.add(file, f"[{table}]", *row, 'zh = "没有这一条。"', 'en = "No such clause."', 'about = ["elevator"]')
    found = copy.faults()
    assert_only(found, file, line, table)
    assert len(found) == 1


def test_an_entry_that_nobody_can_ask_for_is_named(copy: Copy) -> None:
    line = copy.put(MENU, "menu-3", "about", GONE)
    assert_only(copy.faults(), MENU, line, "about")


# ---- truth of the plain sentences


def sayings() -> Iterator[tuple[str, str, int | None, str]]:
    """(file, table, point, quote) of everything that has a plain sentence."""
    for file in (CLAUSES, MENU):
        for table, entry in parsed(SHIPPED[file]).items():
            whole = DOCUMENT.clause(table).text
            yield file, table, None, entry.get("quote", whole)
            for number, point in enumerate(entry.get("points", ())):
                yield file, table, number, point.get("quote", whole)


def shortest(words: str) -> tuple[str, str, int | None]:
    """Where the shortest quote with these words has its plain sentence."""
    file, table, point, _ = min((at for at in sayings() if words in at[3]), key=lambda at: len(at[3]))
    return file, table, point


@pytest.mark.parametrize("hedge", parsed(SHIPPED[TERMS])["hedges"])
@pytest.mark.parametrize(
    ("language", "bare"), [("zh", "这句话说得太满了。"), ("en", "This sentence says it too boldly.")], ids=["zh", "en"]
)
def test_a_hedge_that_is_lost_is_named(copy: Copy, hedge: str, language: str, bare: str) -> None:
    file, table, point = shortest(hedge)
    line = copy.put(file, table, language, bare, point)
    assert_only(copy.faults(), file, line, hedge)


def test_a_hedge_may_be_kept_in_any_of_its_words(copy: Copy) -> None:
    file, table, point = shortest("原则上")
    for language, plain in (("zh", "基础类所需资金，原则上由市区财政负担。"), ("en", "IN PRINCIPLE the city pays.")):
        copy.put(file, table, language, plain, point)
    assert copy.faults() == []


@pytest.mark.parametrize(
    ("language", "sentence", "number"),
    [
        ("zh", "清理群租，一共99户。", "99"),
        ("zh", "清理群租，一共九十九户。", "99"),
        ("zh", "清理群租，分两次。", "2"),
        ("zh", "清理群租，罚款7万元。", "70000"),
        ("zh", "清理群租，罚款7,000元。", "7000"),
        ("en", "Group rental is cleared within 30 days.", "30"),
        ("en", "Group rental is cleared within nine days.", "9"),
        ("en", "Group rental is cleared twice.", "2"),
        ("en", "Group rental costs 30 thousand yuan.", "30000"),
    ],
)
def test_a_number_that_the_clause_does_not_have_is_named(copy: Copy, language: str, sentence: str, number: str) -> None:
    assert copy.value(MENU, "menu-3", "row") == "清理群租"
    line = copy.put(MENU, "menu-3", language, sentence)
    found = copy.faults()
    assert_only(found, MENU, line, f" {number} ")
    assert len(found) == 1


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "（30万元、300平方米）"),
        ("zh", "（300,000元、三百平方米）"),
        ("en", " (300,000 yuan, 300 square metres)"),
        ("en", " (300 thousand yuan)"),
    ],
)
def test_a_number_of_the_clause_may_be_written_otherwise(copy: Copy, language: str, said: str) -> None:
    file, table, point = shortest("30万元以上且建筑面积在300平方米以上")
    copy.put(file, table, language, copy.value(file, table, language, point) + said, point)
    assert copy.faults() == []


def test_a_number_of_the_glossary_is_allowed_where_its_word_stands_and_only_there(copy: Copy) -> None:
    file, table, point = shortest("十二五")
    line = copy.put(file, table, "zh", copy.value(file, table, "zh", point) + "（2011—2015年）", point)
    assert copy.faults() == []
    copy.put(TERMS, "glossary", "十二五", {"zh": "十二五", "en": "the plan", "numbers": ["2011"], "source": "纲要"})
    assert_only([fault for fault in copy.faults() if "2015" in fault.text and fault.line == line], file, line, "2015")
    elsewhere = Copy()
    line = elsewhere.put(MENU, "menu-3", "zh", "清理群租（2011—2015年）。")
    assert_only(elsewhere.faults(), MENU, line, "2011", "2015")


# ---- bodies and lay words


def test_a_body_whose_name_is_not_in_the_text_is_named(copy: Copy) -> None:
    assert not copy.value(BODIES, "third-party", "member")
    line = copy.put(BODIES, "third-party", "name", "区教育委员会")
    found = copy.faults()
    assert_only(found, BODIES, line, "name")
    assert len(found) == 1


def test_a_member_unit_that_is_not_marked_is_named(copy: Copy) -> None:
    copy.put(BODIES, "fire", "member", GONE)
    assert_only(copy.faults(), BODIES, copy.put(BODIES, "fire", "name", copy.value(BODIES, "fire", "name")), "member")


def test_a_body_marked_a_member_unit_that_is_none_is_named(copy: Copy) -> None:
    copy.put(BODIES, "third-party", "member", True)
    name = copy.value(BODIES, "third-party", "name")
    assert_only(copy.faults(), BODIES, copy.put(BODIES, "third-party", "name", name), "member")


@pytest.mark.parametrize(("file", "table"), [(WORDS, "elevator"), (BODIES, "fire")])
@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("zh", "昇降機"),
        ("zh", "ＡＢ梯"),
        ("zh", "A梯"),
        ("zh", "梯\u200b井"),
        ("zh", ""),
        ("en", "Stairway"),
        ("en", " "),
    ],
)
def test_a_word_that_no_folded_question_can_hold_is_named(
    copy: Copy, file: str, table: str, language: str, word: str
) -> None:
    line = copy.put(file, table, language, [*copy.value(file, table, language), word])
    found = copy.faults()
    assert_only(found, file, line, f"“{word}”")
    assert len(found) == 1


@pytest.mark.parametrize(("file", "table"), [(WORDS, "elevator"), (BODIES, "fire")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_word_that_stands_twice_is_named(copy: Copy, file: str, table: str, language: str) -> None:
    words = copy.value(file, table, language)
    line = copy.put(file, table, language, [*words, words[0]])
    assert_only(copy.faults(), file, line, words[0], "twice")


@pytest.mark.parametrize(("file", "table"), [(WORDS, "elevator"), (BODIES, "third-party")])
@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_concept_without_words_is_named(copy: Copy, file: str, table: str, language: str) -> None:
    line = copy.put(file, table, language, [])
    assert_only(copy.faults(), file, line, "no words")


def test_a_concept_that_has_a_bodys_id_is_named(copy: Copy) -> None:
    line = copy.add(WORDS, "[fire]", 'kind = "thing"', 'zh = ["火苗"]', 'en = ["flames"]')
    assert_only(copy.faults(), WORDS, line, "share")


# ---- several, and order


def test_faults_are_named_file_by_file_and_line_by_line(copy: Copy) -> None:
    wanted = {
        (file, copy.put(file, table, "zh", [*copy.value(file, table, "zh"), "電"]))
        for file, table in ((WORDS, "elevator"), (WORDS, "solar"), (BODIES, "fire"))
    } | {(MENU, copy.put(MENU, "menu-3", "by", ["nobody"]))}
    places = [(fault.file, fault.line) for fault in copy.faults()]
    assert set(places) == wanted
    assert places == sorted(places, key=lambda place: (TABLES.index(place[0]), place[1]))


def test_shapes_are_named_before_anything_is_read_into_them(copy: Copy) -> None:
    copy.put(MENU, "menu-3", "by", ["nobody"])
    line = copy.put(WORDS, "elevator", "zh", 4)
    assert_only(copy.faults(), WORDS, line, "zh")


# ---- rarer slips


def key_of_a_hedge(copy: Copy) -> tuple[str, int]:
    hedge = {"zh": ["原则上"], "en": ["in principle"], "fr": ["en principe"]}
    return TERMS, copy.put(TERMS, "hedges", "原则上", hedge)


def empty_quote(copy: Copy) -> tuple[str, int]:
    return CLAUSES, copy.put(CLAUSES, "s2-1-p1", "quote", "", point=0)


def with_underscore(copy: Copy) -> tuple[str, int]:
    return MENU, copy.put(MENU, "menu-3", "with_", ["fire"])


def own_id(copy: Copy) -> tuple[str, int]:
    return WORDS, copy.put(WORDS, "elevator", "id", "lift")


def strict_in_words(copy: Copy) -> tuple[str, int]:
    return ASKS, copy.put(ASKS, "who-pays", "strict", "no")


def traditional_ask(copy: Copy) -> tuple[str, int]:
    return ASKS, copy.put(ASKS, "who-pays", "zh", [*copy.value(ASKS, "who-pays", "zh"), "誰掏錢"])


def ask_without_words(copy: Copy) -> tuple[str, int]:
    return ASKS, copy.put(ASKS, "who-pays", "zh", [])


def comment_behind_a_header(copy: Copy) -> tuple[str, int]:
    line = copy.put(MENU, "menu-3", "row", "清理合租")
    copy.lines[MENU][copy.header(MENU, "menu-3") - 1] += " # 楼本体"
    return MENU, line


def terms_without_hedges(copy: Copy) -> tuple[str, int]:
    copy.cut(TERMS, "hedges")
    return TERMS, 1


def glossary_of_no_table(copy: Copy) -> tuple[str, int]:
    line = copy.header(TERMS, "glossary")
    copy.cut(TERMS, "glossary")
    copy.lines[TERMS].insert(line - 1, "glossary = 3")
    return TERMS, line


def glossary_number_in_words(copy: Copy) -> tuple[str, int]:
    term = {"zh": "十二五", "en": "the plan", "numbers": ["many"], "source": "纲要"}
    return TERMS, copy.put(TERMS, "glossary", "十二五", term)


@pytest.mark.parametrize(
    "spoil",
    [
        key_of_a_hedge,
        empty_quote,
        with_underscore,
        own_id,
        strict_in_words,
        traditional_ask,
        ask_without_words,
        comment_behind_a_header,
        terms_without_hedges,
        glossary_of_no_table,
        glossary_number_in_words,
    ],
)
def test_these_faults_are_named_too(copy: Copy, spoil: Callable[[Copy], tuple[str, int]]) -> None:
    file, line = spoil(copy)
    assert_only(copy.faults(), file, line)

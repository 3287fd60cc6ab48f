"""The picture as PNG: there is ink where words stand, every sign of the font is known, and none vanishes."""

import re
import struct
from pathlib import Path

import pytest

import bot.results.image as image
from ballots import frame, rules
from bot.results.canvas import Canvas
from bot.results.image import covered, png, shown
from bot.results.picture import svg
from dialogs.wording import LANGUAGES, Language, wording
from knowledge.library import load
from tests.bot.results.drawn import pixels, shrunk, texts
from tests.bot.results.kit import COMPOUND, mixed, optional, owners, round_of

FONT = Path(image.__file__).parent / "font" / "NotoSansCJKsc-Regular.otf"
BY = 4  # so much smaller are the pictures that are read here


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_is_ink_where_words_stand_and_none_beside_them(language: Language) -> None:
    sheet = round_of(owners(1, 2, 4), *optional("menu-13"), chooses=mixed, certified="王建国").sheet
    drawn = svg(sheet, COMPOUND, language)
    rows = pixels(png(shrunk(drawn, BY)))
    for text in texts(drawn):
        box = [
            rows[y][int(text.left / BY) : int(text.right / BY)]
            for y in range(int(text.top / BY), int(text.bottom / BY))
        ]
        lights = [light for row in box for light in row]
        assert max(lights) - min(lights) > 70, text.words
    assert {light for row in rows for light in row[: 30 // BY]} == {255}


def test_the_same_picture_is_drawn_every_time_whatever_fonts_the_machine_has() -> None:
    drawn = one("意愿征询 abc")
    assert png(drawn) == png(drawn.replace("Noto Sans CJK SC", "DejaVu Sans"))


def test_words_that_differ_look_different_and_bold_is_not_asked_for() -> None:
    assert png(one("同意")) != png(one("反对"))
    assert "font-weight" not in one("同意")


@pytest.mark.parametrize("word", ["𠀀", "😀", "ກ", "\u200d"])
def test_what_the_font_lacks_is_a_box(word: str) -> None:
    assert word not in covered()
    assert shown(f"王{word}国") == "王□国"
    assert png(one(f"王{word}国")) == png(one("王□国")) != png(one("王国"))


def test_what_the_font_has_stays() -> None:
    drawn = one("王喆 Ab㎡ 𬒈")
    assert shown(drawn) == drawn


def test_the_list_of_signs_is_that_of_the_font() -> None:
    assert covered() - {"\n"} <= set(in_font())
    assert set(in_font()) - covered() <= {"≅", "∋"}  # glyphs that two characters share


def test_the_font_has_all_of_gb2312_the_policy_and_the_bot_s_words() -> None:
    gb2312 = [bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)]
    hanzi = {
        char.decode("gb2312") for char in gb2312 if char not in [bytes((0xD7, cell)) for cell in range(0xFA, 0xFF)]
    }
    assert len(hanzi) == 6763 and hanzi <= covered()
    assert len([char for char in covered() if "\u3400" <= char]) > 8105
    said = {char for key in wording("zh").keys() for language in LANGUAGES for char in wording(language).raw(key)}
    said |= set("".join(clause.text for clause in load().document.clauses))
    said |= set(
        "".join(
            value.zh + value.en + value.source for value in vars(frame).values() if isinstance(value, frame.Sentence)
        )
    )
    said |= set(rules.HANDBOOK.source.zh)
    # The letters of other scripts in examples of the desk stand in no picture.
    assert {char for char in said - covered() if "\u3000" <= char <= "\uffef"} == set()


def test_what_is_no_svg_is_refused() -> None:
    with pytest.raises(ValueError):
        png("no picture")


def one(words: str) -> str:
    on = Canvas()
    on.text(words, 40)
    return shrunk(on.svg("", ""), 4)


def in_font() -> list[str]:
    """Every sign of the shipped font, from its table of characters (format 12)."""
    data = FONT.read_bytes()
    (tables,) = struct.unpack(">H", data[4:6])
    records = (struct.unpack(">4sLLL", data[12 + 16 * n : 28 + 16 * n]) for n in range(tables))
    (start,) = (at for tag, _, at, _ in records if tag == b"cmap")
    (count,) = struct.unpack(">H", data[start + 2 : start + 4])
    for n in range(count):
        _, _, at = struct.unpack(">HHL", data[start + 4 + 8 * n : start + 12 + 8 * n])
        if struct.unpack(">H", data[start + at : start + at + 2]) == (12,):
            (groups,) = struct.unpack(">L", data[start + at + 12 : start + at + 16])
            begins = start + at + 16
            found = (struct.unpack(">LLL", data[begins + 12 * g : begins + 12 * g + 12]) for g in range(groups))
            return [chr(code) for first, last, _ in found for code in range(first, last + 1)]
    raise AssertionError("the font has no table of all of its characters")


def test_the_licence_stands_beside_the_font() -> None:
    beside = {path.name for path in FONT.parent.iterdir()}
    assert beside == {FONT.name, "characters.txt", "OFL.txt", "README.md"}
    assert "SIL OPEN FONT LICENSE Version 1.1" in (FONT.parent / "OFL.txt").read_text("utf-8")
    assert FONT.stat().st_size < 3_000_000
    assert not re.search(r"/(home|tmp|usr|work)/", (FONT.parent / "README.md").read_text("utf-8"))

"""The picture of a result: what it says, where it says it, and what it never shows."""

import json
import re
from dataclasses import replace
from xml.etree import ElementTree

import pytest

from ballots.ballot import State, Works
from ballots.draft import DraftItem
from ballots.frame import BASICS_FIRST, SURVEY
from ballots.menu import Counted
from ballots.roll import Kind, Roll, Seat, Unit
from ballots.standing import Choice
from bot.results.bars import PATTERNS
from bot.results.picture import MOST_ROWS, svg
from dialogs.wording import LANGUAGES, Language, wording
from tests.bot.results.drawn import Text, bars, frame, said, texts
from tests.bot.results.kit import (
    COMPOUND,
    Round,
    all_choose,
    committee,
    committee_round,
    mixed,
    optional,
    owners,
    owners_round,
    round_of,
)

LONG = "很长的名字" * 12
MANY = ("menu-13", "menu-15", "menu-31")


def many(**more: object) -> Round:
    """36 stairwells, more than a picture has rows for."""
    return round_of(owners(6, 6, 2), *optional(*MANY), **{"chooses": mixed, **more})  # type: ignore[arg-type]


def labelled(label: str) -> Round:
    """Two owners where everything is called by the longest label, and signs that markup is made of stand in it."""
    units = [Unit(label, label, str(n), 10**9 - 1) for n in (1, 2)]
    roll = Roll(Kind.OWNERS, tuple(Seat(str(n), ("王",), (unit,)) for n, unit in enumerate(units)))
    return round_of(roll, *optional("menu-13", "menu-15"), chooses=mixed, title=label * 2, certified=label)


ROUNDS = {
    "a committee of nine": lambda: committee_round(certified="王建国"),
    "owners of 120 flats": lambda: owners_round(),
    "nobody took part": lambda: owners_round(chooses=all_choose_nothing),
    "live": lambda: committee_round(live=True, closed=False),
    "many places": lambda: many(),
    "long names": lambda: labelled(LONG),
    "one word without an end": lambda: labelled("W" * 60),
    "markup": lambda: labelled("<b>&\"'" * 4),
}


def all_choose_nothing(seat: int, item: int) -> None:
    return None


def problems(svg_: str) -> list[str]:
    """Texts that overlap, or that leave the frame."""
    wide, high = frame(svg_)
    found = texts(svg_)
    out = [text.words for text in found if text.left < 0 or text.right > wide or text.top < 0 or text.bottom > high]
    return out + [f"{a.words} × {b.words}" for n, a in enumerate(found) for b in found[:n] if a.overlaps(b)]


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", ROUNDS)
def test_nothing_overlaps_or_leaves_the_frame(name: str, language: Language) -> None:
    drawn = svg(ROUNDS[name]().sheet, LONG if "long" in name else COMPOUND, language)
    assert problems(drawn) == []
    assert frame(drawn)[0] == 1080


def test_what_overlaps_would_be_found() -> None:
    one = Text("一", 10, 10, 50, 50)
    assert one.overlaps(Text("二", 40, 40, 60, 60)) and not one.overlaps(Text("三", 50, 10, 60, 50))
    drawn = svg(committee_round().sheet, COMPOUND, "zh")
    assert problems(drawn.replace('x="48"', 'x="800"'))


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_says_what_it_is_of_what_and_how_far_it_is(language: Language) -> None:
    drawn = svg(owners_round(certified="王建国").sheet, COMPOUND, language)
    told = said(drawn).replace(" ", "")
    for words in ("自选类事项意愿征询", COMPOUND, "王建国", "2026-03-0109:00", "2026-03-1509:00"):
        assert words in told
    for sentence in (SURVEY, BASICS_FIRST):
        assert sentence.plain(language).replace(" ", "") in told and sentence.source.replace(" ", "") in told
    assert ElementTree.fromstring(drawn).findtext("{http://www.w3.org/2000/svg}title") == (
        f"自选类事项意愿征询 · {COMPOUND}"
    )


def test_the_clause_on_basic_works_is_left_out_once_these_are_done() -> None:
    assert BASICS_FIRST.zh not in said(svg(committee_round(works=Works.DONE).sheet, COMPOUND, "zh"))


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_row_tells_its_place_its_figures_and_whether_it_reached_its_line(language: Language) -> None:
    sheet = owners_round().sheet
    speak = wording(language)
    words = [text.words for text in texts(svg(sheet, COMPOUND, language))]
    outcomes = [speak("result.reached"), speak("result.not_reached")]
    shown = [word for word in words if word in outcomes]
    assert shown == [speak("result.reached" if count.passed else "result.not_reached") for count in sheet.counts]
    assert len(set(shown)) == 2
    assert [word for word in words if re.fullmatch(r"\d号楼 \d单元", word)] == [
        f"{building}号楼 {stairwell}单元" for building in (1, 2) for stairwell in (1, 2, 3)
    ]
    told = "".join(words)
    first = sheet.counts[0]
    (quorum, quorum_area), (agree, agree_area) = first.quorum, first.agreement
    if language == "zh":
        assert f"业主共20：同意{agree.have}（要{agree.needed}，差{agree.missing}），" in told
        assert f"参加{quorum.have}（要{quorum.needed}），" in told
        assert f"同意{agree_area.have / 100:.2f}（要{agree_area.needed / 100:.2f}，" in told
        assert f"参加{quorum_area.have / 100:.2f}（要{quorum_area.needed / 100:.2f}" in told
    else:
        assert f"for {agree.have} (needs {agree.needed}, {agree.missing} short)" in told


def test_a_bar_is_divided_as_the_seats_are_by_heads_and_by_area() -> None:
    sheet = owners_round().sheet
    drawn = svg(sheet, COMPOUND, "zh")
    fills = {Choice.FOR: "#1b5e52", Choice.AGAINST: "url(#against)", Choice.ABSTAIN: "url(#abstain)"}
    fills |= {Choice.OBJECT: "url(#object)"}
    found = [dict(parts) for parts in bars(drawn)]
    assert len(found) == 2 * len(sheet.counts)
    for count, heads, area in zip(sheet.counts, found[::2], found[1::2], strict=True):
        for choice, amount in zip(Choice, (count.agree, count.against, count.abstain, count.object), strict=True):
            assert heads.get(fills[choice], 0) == pytest.approx(amount.heads / count.all.heads, abs=0.001)
            assert area.get(fills[choice], 0) == pytest.approx(amount.area / count.all.area, abs=0.001)


def test_the_line_stands_where_the_rule_asks_for_it() -> None:
    """A committee of nine: more than half is five, of those taking part and of those who agree."""
    drawn = svg(committee_round().sheet, COMPOUND, "zh")
    at = 48 + 984 * 5 / 9
    assert len(re.findall(rf'<path d="M{at:.1f} [\d.]+V', drawn)) == 4 * 8  # each mark with a light edge


def test_the_choices_are_told_apart_without_colours() -> None:
    shapes = re.findall(r'<pattern id="(\w+)".*?</pattern>', PATTERNS)
    assert shapes == ["against", "abstain", "object"]
    drawn = svg(committee_round().sheet, COMPOUND, "zh")
    for name in shapes:
        assert f"url(#{name})" in drawn and f'<pattern id="{name}"' in drawn


def test_what_is_not_final_says_so_and_stands_on_black() -> None:
    live = svg(committee_round(live=True, closed=False).sheet, COMPOUND, "zh")
    assert "还没有截止，不是最后的结果" in said(live)
    assert 'fill="#ffffff">随时公开' in live
    closed = svg(committee_round(live=True).sheet, COMPOUND, "zh")
    assert "不是最后的结果" not in said(closed) and "还没有核定" in said(closed)


@pytest.mark.parametrize("state", [State.VOID, State.DRAFT])
def test_a_void_ballot_is_never_drawn(state: State) -> None:
    sheet = committee_round().sheet
    with pytest.raises(ValueError, match=state.value):
        svg(replace(sheet, ballot=replace(sheet.ballot, state=state)), COMPOUND, "zh")


@pytest.mark.parametrize("language", LANGUAGES)
def test_where_there_are_too_many_places_an_item_is_one_row_and_the_files_are_named(language: Language) -> None:
    sheet = many().sheet
    assert len(sheet.counts) > MOST_ROWS
    told = said(svg(sheet, COMPOUND, language))
    reached = sum(count.passed for count in sheet.counts if count.item == "menu-13")
    assert f"{reached}/36" in told and "1号楼" not in told
    # Counted over the whole compound, there is one row of it anyway.
    assert wording(language)("named.whole") in told
    note = wording(language)("report.not_all").replace(" ", "")
    assert note in told.replace(" ", "")
    few = round_of(owners(2, 2, 2), *optional(*MANY), chooses=mixed).sheet
    assert note not in said(svg(few, COMPOUND, language)).replace(" ", "")


def test_no_picture_is_higher_than_messengers_take() -> None:
    """Telegram refuses a photo whose width and height are more than 10,000 together."""
    sheet = round_of(owners(1, 23, 2), *optional("menu-13", "menu-31"), chooses=mixed, title=LONG * 2).sheet
    assert len(sheet.counts) == MOST_ROWS
    for language in LANGUAGES:
        wide, high = frame(svg(sheet, LONG, language))
        assert wide + high <= 10_000
        assert high > 8000 or f"/{len(sheet.counts) - 1}" in said(svg(sheet, LONG, language))


def test_names_are_escaped_and_what_xml_cannot_hold_is_a_box() -> None:
    drawn = svg(labelled("<b>&\"'").sheet, "小区\x00\u202e<script>", "zh")
    assert "<script>" not in drawn and "<b>" not in drawn
    assert "小区□□<script>" in said(drawn)
    assert "<b>&\"' <b>&\"'" in said(drawn)


def test_an_objection_that_stops_an_item_is_told() -> None:
    items = [replace(optional("menu-13")[0], handbook=True)]
    objected = round_of(owners(1, 1, 4), *items, chooses=lambda seat, _: Choice.OBJECT if seat == 3 else Choice.FOR)
    (count,) = objected.sheet.counts
    assert count.stopped and not count.passed
    told = said(svg(objected.sheet, COMPOUND, "zh"))
    assert "有人反对" in told and "没有人反对" in told and "同意3（要3）" in told


def test_a_committee_is_counted_by_seats_alone_and_its_rule_is_its_own() -> None:
    told = said(svg(committee_round().sheet, COMPOUND, "zh"))
    assert "席位共9" in told and "㎡" not in told and "本次征询自定的规则" in told and "定的类别" not in told
    assert "《民法典》" not in told


def test_households_without_areas_are_drawn() -> None:
    units = [Unit("1号楼", "1单元", str(n)) for n in range(4)]
    roll = Roll(Kind.HOUSEHOLDS, tuple(Seat(str(n), ("王",), (unit,)) for n, unit in enumerate(units)))
    items = [DraftItem(one.item, one.matter, "王科", Counted.BUILDING) for one in optional("menu-16")]
    told = said(svg(round_of(roll, *items, chooses=all_choose(Choice.FOR)).sheet, COMPOUND, "zh"))
    assert "户共4：同意4（要3），参加4（要3）" in told and "达到" in told


def test_of_no_area_at_all_no_line_is_reached_and_nothing_breaks() -> None:
    units = [Unit("1号楼", "1单元", str(n), 0) for n in range(3)]
    roll = Roll(Kind.OWNERS, tuple(Seat(str(n), ("王",), (unit,)) for n, unit in enumerate(units)))
    drawn = svg(round_of(roll, *optional("menu-31"), chooses=all_choose(Choice.FOR)).sheet, COMPOUND, "zh")
    assert "面积㎡共0.00：" in said(drawn) and problems(drawn) == []


def test_no_name_of_a_seat_stands_in_it() -> None:
    drawn = svg(committee_round(by_name=True).sheet, COMPOUND, "zh")
    assert not [seat.holders[0] for seat in committee().seats if seat.holders[0] in drawn]
    assert json.dumps(COMPOUND, ensure_ascii=False).strip('"') in drawn

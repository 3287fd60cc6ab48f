"""Replies as Telegram's messages: how they look, and that none ever breaks a limit, loses a word or tears markup."""

import re
import unicodedata
from functools import cache
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from bot.channels.telegram.markup import Part, inline_keyboard, parts
from dialogs.asking import reply
from dialogs.replies import Button, Line, Quote, Reply
from knowledge.answers import answerer
from knowledge.library import load
from tests.lengths import examples

LIMIT, ENTITIES = 4096, 100
Shown = list[tuple[str, str]]  # each character with the tags around it: "", "b" in a quote's box, "bi" a place in it
FAMILY = "👩\u200d👩\u200d👧"
FLAG = "🇨🇳"
TOKEN = re.compile(r"<(/?)(blockquote|i)( expandable)?>|&(amp|lt|gt);|[^<>&]", re.DOTALL)


def units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


def parsed(html: str) -> tuple[Shown, list[tuple[str, int]]]:
    """A message as Telegram reads it, and its entities with their lengths; nothing loose is let through."""
    shown: Shown = []
    entities: list[tuple[str, int]] = []
    opened: list[tuple[str, int]] = []
    at = 0
    while at < len(html):
        token = TOKEN.match(html, at)
        assert token, html[at : at + 20]
        at = token.end()
        if not token[2]:
            sign = {"amp": "&", "lt": "<", "gt": ">"}[token[4]] if token[4] else token[0]
            shown.append((sign, "".join(tag[0] for tag, _ in opened)))
        elif token[1]:
            tag, start = opened.pop()
            assert tag.split()[0] == token[2] and not token[3] and start < len(shown)
            entities.append((tag, len(shown) - start))
        else:
            assert token[2] == "blockquote" or not token[3]
            assert not opened if token[2] == "blockquote" else [tag[0] for tag, _ in opened] == ["b"]
            opened.append((token[2] + (token[3] or ""), len(shown)))
    assert not opened
    return shown, entities


def plain(part: Part) -> str:
    return "".join(sign for sign, _ in parsed(part.html)[0])


def sendable(text: str) -> str:
    """What Telegram takes, sign by sign."""
    kinds = {sign: unicodedata.category(sign) for sign in set(text)}
    kept = ("\ufffd" if kinds[sign] == "Cs" or sign == "\0" else sign for sign in text)
    return "".join(sign for sign in kept if kinds.get(sign) != "Cc" or sign in "\n\t")


def content(given: Reply) -> Shown:
    """What a reply says, row by row: sentences bare, quotes boxed, places boxed and italic."""
    rows: list[Shown] = []
    for line in given.lines:
        if sentence := sendable(line.text):
            rows.append([(sign, "") for sign in sentence])
        if line.quote:
            rows.append([(sign, "b") for sign in f"「{sendable(line.quote.text.replace(chr(10), ''))}」"])
            if place := sendable(line.quote.place):
                rows.append([(sign, "bi") for sign in place])
    return [sign for row in rows for sign in [*row, ("\n", "")]]


@cache
def invisible(sign: str) -> bool:
    return sign.isspace() or unicodedata.category(sign) == "Cf" or unicodedata.name(sign, "").startswith(UNSEEN)


UNSEEN = (
    *("VARIATION SELECTOR", "MONGOLIAN FREE VARIATION SELECTOR", "COMBINING GRAPHEME JOINER", "KHMER VOWEL INHERENT"),
    *("HANGUL FILLER", "HANGUL CHOSEONG FILLER", "HANGUL JUNGSEONG FILLER", "HALFWIDTH HANGUL FILLER"),
    *("BRAILLE PATTERN BLANK", "OBJECT REPLACEMENT"),
)


def trimmed(shown: Shown) -> Shown:
    """Without what nobody sees at the ends; what is unseen inside stays, whatever its tags."""
    seen = [at for at, (sign, _) in enumerate(shown) if not invisible(sign)]
    inside = shown[seen[0] : seen[-1] + 1] if seen else []
    return [(sign, "" if invisible(sign) else tags) for sign, tags in inside]


SIZES = st.integers(0, 9000)
MARKS = ["字", "好的。", "一，", "word ", "end. ", "<b>", "&amp;", "&", "</i>", '"', "」", "\n", "\r\n", " ", "\u3000"]
HARD = [
    "a\u0301",
    "\u0301",
    FAMILY,
    FLAG,
    "😀",
    "❤\ufe0f",
    "\ud83d",
    "\ude00",
    "\0",
    "\x07",
    "\u200b",
    "\u200d",
    "\ufeff",
]
PIECES = MARKS + HARD
ANY = st.text(st.characters(exclude_categories=()), max_size=40)
LONG = st.builds(lambda piece, size, tail: piece * (size // len(piece)) + tail, st.sampled_from(PIECES), SIZES, ANY)
MIXED = st.lists(st.sampled_from(PIECES), max_size=200).map("".join)
TEXTS = st.one_of(ANY, MIXED, LONG, st.just(""))
QUOTES = st.none() | st.builds(Quote, st.just("s1"), TEXTS, st.one_of(st.just("二（二）"), ANY, st.just("")))
LABELS = st.lists(st.one_of(ANY, MIXED, st.just("看原文")), max_size=5)
BUTTONS = LABELS.map(lambda labels: tuple(Button(label, f"/{number}") for number, label in enumerate(labels)))
LINES = st.lists(st.builds(Line, TEXTS, QUOTES), max_size=6)
MANY = st.lists(st.builds(Line, st.sampled_from(["", "", "好"]), QUOTES), min_size=40, max_size=130)
REPLIES = st.builds(lambda lines, buttons: Reply(tuple(lines), buttons), LINES | MANY, BUTTONS)


@settings(max_examples=examples(100), deadline=None)
@given(REPLIES)
@example(Reply((Line("\u200b \ufeff"),), (Button("看原文", "/x"),)))
@example(Reply((Line("a" + "\u0301" * 9000),)))
@example(Reply((Line("好", Quote("s1", "&<>" * 5000, "二")),) * 3))
@example(Reply((Line("a" + "\u200d" * 9000 + "b"),)))
@example(Reply((Line("好", Quote("s1", "甲", "二")),) * 60))
def test_whatever_a_reply_says_arrives_whole_within_the_limits(given: Reply) -> None:
    told = parts(given)
    rest = content(given)
    for part in told:
        shown, entities = parsed(part.html)
        text = "".join(sign for sign, _ in shown)
        assert units(text) <= LIMIT and len(entities) <= ENTITIES
        assert all(length for _, length in entities)
        assert not all(map(invisible, text)), "a message with nothing to see"
        assert sendable(text) == text
        told_here = trimmed(shown)
        rest = rest[next(at for at, (sign, _) in enumerate(rest) if not invisible(sign)) :]
        assert told_here == trimmed(rest[: len(told_here)])
        rest = rest[len(told_here) :]
    assert all(invisible(sign) for sign, _ in rest), "something was left out"
    assert [part for part in told[:-1] if part.keyboard] == []
    if told:
        assert [button.tap for row in told[-1].keyboard for button in row] == [button.tap for button in given.buttons]


# How it looks


def test_sentences_stand_plain_and_quotes_in_boxes_with_their_places() -> None:
    told = parts(Reply((Line('电梯 < 阳台 & "管线"', Quote("a", "多层\n住宅", "二 & 三")), Line("下一步"))))
    assert [part.html for part in told] == [
        '电梯 &lt; 阳台 &amp; "管线"\n<blockquote>「多层住宅」\n<i>二 &amp; 三</i></blockquote>\n下一步'
    ]
    assert told[0].keyboard == () and inline_keyboard(told[0]) is None


def test_quotes_with_no_sentence_between_share_a_box() -> None:
    one, two = Quote("a", "甲", "一"), Quote("b", "乙", "")
    (part,) = parts(Reply((Line("", one), Line("", two), Line("丙", one))))
    assert part.html == (
        "<blockquote>「甲」\n<i>一</i>\n「乙」</blockquote>\n丙\n<blockquote>「甲」\n<i>一</i></blockquote>"
    )


def test_a_place_with_nothing_to_see_is_not_italic() -> None:
    (part,) = parts(Reply((Line("", Quote("a", "甲", " ")), Line("好"))))
    assert part.html == "<blockquote>「甲」\n </blockquote>\n好"


@pytest.mark.parametrize(("length", "tag"), [(298, "<blockquote>"), (299, "<blockquote expandable>")])
def test_a_long_quote_is_folded(length: int, tag: str) -> None:
    (part,) = parts(Reply((Line("", Quote("a", "字" * length, "")),)))  # and its two brackets
    assert part.html.startswith(f"{tag}「字")


def test_an_answer_of_the_library() -> None:
    (part,) = parts(reply(answerer().answer("我们楼能装电梯吗"), load(), "zh"))
    sentence, *quote = part.html.split("\n")[:3]
    assert "电梯" in sentence and "<" not in sentence
    assert quote == [
        "<blockquote>「多层住宅楼房增设电梯等上下楼设施」",
        "<i>西政办发〔2018〕4号 · 菜单 · 楼本体 · 自选类</i></blockquote>",
    ]
    keyboard = inline_keyboard(part)
    assert keyboard and keyboard["inline_keyboard"][-1][-1]["callback_data"] == "clause:menu-13"


def test_all_basic_items_stand_in_one_box_of_one_message() -> None:
    (part,) = parts(reply(answerer().answer("基础类有哪些"), load(), "zh"))
    assert part.html.count("<blockquote") == 1 and part.html.count("「") == 26


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("a\ud83db\0c", "a\ufffdb\ufffdc"),
        ("\ud83d\ude00", "\ufffd\ufffd"),  # two halves are no sign in Python's text
        ("a\x07\r\x1b\x7f\x85b\tc\nd", "ab\tc\nd"),
    ],
)
def test_what_telegram_cannot_take(said: str, shown: str) -> None:
    (part,) = parts(Reply((Line(said),), (Button(said, "/x"),)))
    assert part.html == shown
    assert part.keyboard[0][0].label == shown.replace("\t", " ").replace("\n", " ")


@pytest.mark.parametrize("lines", [(), (Line(),), (Line(" \n\u3000"), Line("\u200b\ufeff")), (Line("\x07"),)])
def test_nothing_to_see_is_no_message(lines: tuple[Line, ...]) -> None:
    assert parts(Reply(lines, (Button("看原文", "/x"),))) == ()


# Where it is split


def said(*lines: str) -> list[str]:
    return [plain(part) for part in parts(Reply(tuple(map(Line, lines))))]


@given(st.lists(st.integers(0, 1365), max_size=12))
def test_lines_that_fit_a_message_are_never_split(lengths: list[int]) -> None:
    lines = ["x, " * length + "y" for length in lengths]  # of at most 4096
    packed: list[str] = []
    for line in lines:
        if packed and len(packed[-1]) + 1 + len(line) <= LIMIT:
            packed[-1] += f"\n{line}"
        else:
            packed.append(line)
    assert said(*lines) == packed


@pytest.mark.parametrize("end", ["。", "！", "？", "；", "……", ". ", "! ", "? ", "; ", "。”"])
def test_a_line_that_is_too_long_is_split_after_a_sentence(end: str) -> None:
    sentence = "甲，乙、丙" * 200 + end
    assert said(sentence * 10) == [(sentence * times).strip() for times in (4, 4, 2)]


@pytest.mark.parametrize("mark", ["，", "、", "：", ",", ":"])
def test_a_sentence_that_is_too_long_is_split_after_a_clause(mark: str) -> None:
    told = said(("甲 乙" * 300 + mark) * 10)
    assert len(told) == 3 and told[:2] == [("甲 乙" * 300 + mark) * 4] * 2


def test_the_better_break_is_taken_though_another_comes_later() -> None:
    line, sentence, clause = "一" * 3000, "二" * 500 + "。", "三" * 500 + "，"
    assert said(line, (sentence + clause) * 3) == [line, (sentence + clause) * 3]
    assert said(line, "二\n" + "三" * 1500, "") == [line, "二\n" + "三" * 1500]
    assert said(sentence + clause + "四" * 3500) == [sentence, clause + "四" * 3500]
    assert said(clause * 4 + "四" * 3500 + " " + "五" * 99) == [clause * 4, "四" * 3500 + " " + "五" * 99]
    assert said("a" * 3000 + " " + "b" * 3000) == ["a" * 3000, "b" * 3000]
    assert said("1.5" * 3000)[0] == ("1.5" * 3000)[:LIMIT]  # a point inside a number ends nothing


def test_what_has_to_be_broken_anyway_begins_where_there_is_room() -> None:
    assert said("短", "字" * 5000) == ["短\n" + "字" * (LIMIT - 2), "字" * (5000 - LIMIT + 2)]


def test_a_text_with_nowhere_to_break_fills_its_messages() -> None:
    assert list(map(len, said("字" * 10000))) == [LIMIT, LIMIT, 10000 - 2 * LIMIT]
    assert list(map(units, said("😀" * 5000))) == [LIMIT, LIMIT, 10000 - 2 * LIMIT]
    assert said("x" + "😀" * 3000)[0] == "x" + "😀" * 2047  # never half a pair


@pytest.mark.parametrize("whole", ["a\u0301\u0302", FAMILY, FLAG, "👍🏽", "1\ufe0f\u20e3", "❤\ufe0f"])
@pytest.mark.parametrize("before", ["", "x", "xy"])
def test_what_shows_as_one_is_not_torn(whole: str, before: str) -> None:
    first, *others = said(before + whole * 3000)
    assert others and all(text == whole * (len(text) // len(whole)) for text in (first[len(before) :], *others))
    assert LIMIT - units(first) < units(whole)


def test_a_message_that_is_just_full_is_one() -> None:
    assert list(map(len, said("字" * LIMIT))) == [LIMIT]
    assert said("字" * LIMIT, "好") == ["字" * LIMIT, "好"]
    assert said("字" * 4000, "。" * 95) == ["字" * 4000 + "\n" + "。" * 95]
    assert len(said("字" * 4000, "。" * 96)) == 2
    (part,) = parts(Reply((Line("&" * LIMIT),)))
    assert part.html == "&amp;" * LIMIT  # the limit is on what is read


def test_a_split_quote_is_opened_again_in_its_kind() -> None:
    told = parts(Reply((Line("头", Quote("a", "一句话。" * 1030, "二")),), (Button("看原文", "/x"),)))
    assert len(told) == 2
    assert told[0].html.startswith("头\n<blockquote expandable>「一句话。") and told[0].html.endswith("。</blockquote>")
    assert told[1].html.startswith("<blockquote expandable>一句话。")
    assert told[1].html.endswith("。」\n<i>二</i></blockquote>")
    assert [len(part.keyboard) for part in told] == [0, 1]


def test_entities_past_a_hundred_go_into_the_next_message() -> None:
    boxed = parts(Reply(tuple(Line(f"{n}", Quote("a", "甲", "一")) for n in range(120))))
    assert [part.html.count("<blockquote") for part in boxed] == [50, 50, 20]
    assert all(plain(part).endswith("一") for part in boxed)
    shared = parts(Reply(tuple(Line("", Quote("a", "甲", "一")) for _ in range(120))))
    assert [(part.html.count("<blockquote"), part.html.count("<i>")) for part in shared] == [(1, 99), (1, 21)]


# Buttons


def keyboard(*labels: str) -> list[list[str]]:
    (part,) = parts(Reply((Line("好"),), tuple(Button(label, f"/{n}") for n, label in enumerate(labels))))
    markup = inline_keyboard(part) or {"inline_keyboard": []}
    told = [button["callback_data"] for row in markup["inline_keyboard"] for button in row]
    assert told == [f"/{n}" for n in range(len(told))]
    return [[button["text"] for button in row] for row in markup["inline_keyboard"]]


def test_two_buttons_stand_in_a_row_and_a_wide_one_alone() -> None:
    wide, full, narrow = "一二三四五六七八九十a", "一二三四五六七八九十", "x" * 20
    assert keyboard() == []
    assert keyboard("甲", "乙", "丙") == [["甲", "乙"], ["丙"]]
    assert keyboard(full, narrow, wide, "甲", wide, "乙") == [[full, narrow], [wide], ["甲"], [wide], ["乙"]]


def test_labels_are_cut_to_64_characters_and_never_empty() -> None:
    assert keyboard("字" * 64, "字" * 65) == [["字" * 64], ["字" * 63 + "…"]]
    assert keyboard(FAMILY * 20) == [[FAMILY * 12 + "…"]]
    assert keyboard("", " \u200b") == [["…", "…"]]


def test_a_keyboard_holds_a_hundred_buttons() -> None:
    assert sum(map(len, keyboard(*["甲"] * 103))) == 100


def columns(label: str) -> int:
    return sum(1 + (unicodedata.east_asian_width(sign) in "WF") for sign in label)


@given(st.lists(st.text(st.characters(exclude_categories=()), max_size=80), max_size=12))
def test_rows_of_buttons(labels: list[str]) -> None:
    rows = keyboard(*labels)
    assert sum(map(len, rows)) == len(labels) and all(1 <= len(row) <= 2 for row in rows)
    widths = [[columns(label) for label in row] for row in rows]
    assert all(max(row) <= 20 for row in widths if len(row) == 2)
    assert all(len(row) == 2 or max(row + after[:1]) > 20 for row, after in pairwise(widths))
    assert all(0 < len(label) <= 64 and label.strip() for row in rows for label in row)

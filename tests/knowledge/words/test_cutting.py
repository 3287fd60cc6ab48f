"""Cutting: words of the lexicon are cut out of what stands around them, without jieba's own words and model."""

import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from knowledge.words.cutting import Cutter
from knowledge.words.lexicon import Lexicon

ROOT = Path(__file__).parents[3]
LETTERS = st.sampled_from("楼电梯装")
WORDS = st.lists(st.text(LETTERS, min_size=1, max_size=4), max_size=8)


def fewest(text: str, words: set[str]) -> int:
    """Into how few pieces a text can be cut: words, and single characters where no word begins."""
    best = [0] * (len(text) + 1)
    for at in range(len(text) - 1, -1, -1):
        ends = [end for end in range(at + 1, len(text) + 1) if text[at:end] in words] or [at + 1]
        best[at] = 1 + min(best[end] for end in ends)
    return best[0]


@settings(deadline=None)
@given(st.text(LETTERS, max_size=8), WORDS)
def test_a_text_is_cut_into_the_fewest_pieces_and_nothing_is_lost(text: str, words: list[str]) -> None:
    pieces = Cutter(Lexicon({"key": words})).cut(text)
    assert "".join(pieces) == text
    assert len(pieces) == fewest(text, set(words)) and all(len(piece) == 1 or piece in words for piece in pieces)


@settings(deadline=None)
@given(st.lists(st.text(LETTERS, max_size=6), max_size=4), WORDS)
def test_a_text_is_cut_alike_whatever_was_cut_before_it(texts: list[str], words: list[str]) -> None:
    cutter = Cutter(Lexicon({"key": words}))
    assert [cutter.cut(text) for text in texts] == [Cutter(Lexicon({"key": words})).cut(text) for text in texts]


@pytest.mark.parametrize(
    ("text", "pieces"),
    [("我们楼装电梯", "我 们 楼 装电梯"), ("加装电梯厅", "加 装电梯 厅"), ("电梯2部", "电梯 2 部"), ("", "")],
)
def test_words_are_cut_out_of_what_stands_around_them(text: str, pieces: str) -> None:
    assert Cutter(Lexicon({"a": ["电梯", "装电梯", "电梯厅", "梯厅"]})).cut(text) == pieces.split()


def test_jieba_is_loaded_without_its_model_and_says_and_writes_nothing(tmp_path: Path) -> None:
    program = (
        "import sys\n"
        "from knowledge.words import Vocabulary\n"
        "print(Vocabulary({'elevator': ['电梯']}, {}).spot('能装电梯吗')[0].word)\n"
        "print('jieba' in sys.modules, 'jieba.finalseg.prob_emit' in sys.modules)\n"
    )
    started = subprocess.run(
        [sys.executable, "-X", "utf8", "-c", program],
        capture_output=True,
        text=True,
        encoding="utf-8",
        cwd=ROOT,
        env={"PATH": "", "TMPDIR": str(tmp_path), "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"},
        check=True,
    )
    assert started.stdout.split() == ["电梯", "True", "False"] and started.stderr == ""
    assert not list(tmp_path.iterdir())


def test_whoever_else_uses_jieba_has_its_guesser() -> None:
    program = (
        "from knowledge.words import Vocabulary\n"
        "Vocabulary({'elevator': ['电梯']}, {}).spot('能装电梯吗')\n"
        "import jieba\n"
        "other = jieba.Tokenizer()\n"
        "other.FREQ, other.total, other.initialized = {}, 1, True\n"
        "print(''.join(other.lcut('小明硕士毕业', HMM=True)))\n"
    )
    started = subprocess.run(
        [sys.executable, "-W", "ignore", "-B", "-X", "utf8", "-c", program],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        timeout=60,
    )
    assert started.stdout.split() == ["小明硕士毕业"], started.stderr

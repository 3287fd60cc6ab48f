"""Search: BM25 held against the formula written out, over small texts of every shape."""

import math
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from knowledge.search import K1, B, Index
from knowledge.words import tokens

WORDS = st.sampled_from("电 梯 楼 停 车".split())
TEXTS = st.lists(st.lists(WORDS, max_size=8), max_size=7)
QUERIES = st.lists(WORDS | st.just("垃"), max_size=6)


@given(TEXTS, QUERIES)
def test_a_warm_index_scores_alike(texts: list[list[str]], query: list[str]) -> None:
    warm = Index(texts)
    warm.warm()
    assert warm.scores(query) == Index(texts).scores(query)


def slowly(texts: Sequence[Sequence[str]], query: Sequence[str]) -> dict[int, float]:
    """BM25 as the paper has it, text by text."""
    found: dict[int, float] = {}
    for place, text in enumerate(texts):
        shared = [token for token in dict.fromkeys(query) if token in text]
        if not shared:
            continue
        mean = sum(map(len, texts)) / len(texts)
        score = 0.0
        for token in shared:
            held = sum(token in other for other in texts)
            weight = math.log(1 + (len(texts) - held + 0.5) / (held + 0.5))
            count = text.count(token)
            score += weight * count * (K1 + 1) / (count + K1 * (1 - B + B * len(text) / mean))
        found[place] = score
    return found


@given(TEXTS, QUERIES)
def test_scores_are_those_of_the_formula(texts: list[list[str]], query: list[str]) -> None:
    scores = Index(texts).scores(query)
    assert scores == pytest.approx(slowly(texts, query))
    assert all(score > 0 for score in scores.values())


@given(TEXTS, QUERIES, st.integers(0, 9))
def test_a_ranking_is_the_scores_best_first_and_no_longer_than_asked(
    texts: list[list[str]], query: list[str], limit: int
) -> None:
    index = Index(texts)
    ranked = index.rank(query, limit)
    scores = index.scores(query)
    assert len(ranked) == min(limit, len(scores))
    assert all(scores[place] == pytest.approx(score) for place, score in ranked)
    falling = [score for _, score in ranked]
    assert falling == sorted(falling, reverse=True)
    left = [score for place, score in scores.items() if place not in dict(ranked)]
    assert all(score <= falling[-1] or math.isclose(score, falling[-1]) for score in left if falling)


@given(st.lists(WORDS, min_size=1, max_size=5), st.integers(1, 6))
def test_equal_texts_are_ranked_by_their_place(text: list[str], times: int) -> None:
    ranked = Index([text] * times).rank(text[:1])
    assert [place for place, _ in ranked] == list(range(times))


@given(TEXTS, QUERIES)
def test_a_token_asked_twice_counts_once_and_order_does_not_matter(texts: list[list[str]], query: list[str]) -> None:
    index = Index(texts)
    once = index.scores(query)
    assert index.scores(query * 3) == pytest.approx(once)
    assert index.scores(query[::-1]) == pytest.approx(once)


def test_an_index_without_texts_finds_nothing() -> None:
    assert Index([]).rank(["电梯"]) == []
    assert Index([]).weight("电梯") == 0
    assert Index([[], []]).rank(["电梯"]) == []


def test_a_question_without_tokens_finds_nothing() -> None:
    assert Index([["电梯"]]).scores([]) == {}


def test_a_token_in_few_texts_weighs_more_and_a_foreign_one_nothing() -> None:
    index = Index([["楼", "电梯"], ["楼"], ["楼"]])
    assert index.weight("电梯") > index.weight("楼") > 0
    assert index.weight("垃圾") == 0


def test_texts_are_read_once_from_whatever_gives_them() -> None:
    index = Index(tuple(text) for text in ("楼车", "车"))
    assert index.scores(["车"]) == pytest.approx(slowly(["楼车", "车"], ["车"]))


def test_the_sentence_that_says_it_ranks_first() -> None:
    sentences = [
        "原则上基础类改造项目所需资金由市区财政负担",
        "自选类改造项目所需资金由投资主体与居民协商解决",
        "充分挖掘老旧小区周边企事业单位停车资源，建立错时停车机制",
        "多层住宅楼房增设电梯等上下楼设施",
    ]
    index = Index(tokens(sentence) for sentence in sentences)
    best = {
        question: index.rank(tokens(question), 1)[0][0]
        for question in ("给多层楼增设电梯", "附近单位的停车位能错时停吗", "自选类的资金和居民协商吗", "财政负担哪些")
    }
    assert list(best.values()) == [3, 2, 1, 0]

"""The run beside peers, with one peer that needs no package of its own."""

from unittest.mock import patch

import pytest

from bench import answers
from bench.peers import BEST, TokenSet, bigrams, cuttings, words
from knowledge.documents import ClauseKind
from knowledge.evaluation import Row, squeezed
from knowledge.library import load

LIFT = "多层住宅楼房增设电梯等上下楼设施"
ROWS = [
    Row("lift", "多层住宅楼房增设电梯等上下楼设施吗", "answer", ((LIFT,),)),
    Row("weather", "今天天气怎么样", "abstain"),
    Row("english", "can my building get an elevator?", "answer", ((LIFT,),), lang="en"),
    Row("dialog", "我们楼是1985年的能改吗", "dialog", (("1990年以前建成",),)),
]


def test_passages_are_the_policys_own_sentences_and_hold_every_row_of_the_menu() -> None:
    library = load()
    rows = {squeezed(row.quote) for row in library.rows}
    names, ways = zip(*cuttings(library.document), strict=True)
    assert len(set(names)) == 4
    for passages in ways:
        quotes = [passage.quote for passage in passages]
        assert all(quote and quote in library.document.text for quote in quotes)
        assert rows <= set(map(squeezed, quotes))
        told = [c.text for c in library.document.clauses if c.kind in (ClauseKind.PREAMBLE, ClauseKind.PARAGRAPH)]
        assert squeezed("".join(told)) in squeezed("".join(quotes))
    assert len(ways[0]) < len(ways[2])


def test_headings_are_searched_but_not_quoted() -> None:
    ways = dict(cuttings(load().document))
    alone, headed = (next(p for p in ways[name] if p.quote == LIFT) for name in ("sentences", "sentences, headed"))
    assert alone.searched == LIFT and headed.searched.endswith(f"自选类 {LIFT}")


def test_words_and_pairs() -> None:
    assert words("住宅楼有没有电梯？") == ["住宅楼", "有没有", "电梯"]
    assert bigrams("装电梯, 5g wifi 吗") == ["装电", "电梯", "5g", "wifi", "吗"]


def test_a_peer_gives_its_best_passages_the_best_first() -> None:
    passages = dict(cuttings(load().document))["sentences"]
    hits = TokenSet(passages).best(LIFT)
    assert passages[hits[0][0]].quote == LIFT and len(hits) == BEST
    assert [score for _, score in hits] == sorted((score for _, score in hits), reverse=True)


@pytest.mark.parametrize("file", ["all", "within reach"])
def test_a_run_gives_a_line_for_ours_and_for_each_peer(file: str) -> None:
    with patch.object(answers, "PEERS", {"token_set_ratio": lambda passages: {"": TokenSet(passages)}}):
        run = answers.measured(ROWS)
    places = list(range(len(ROWS))) if file == "all" else answers.in_reach(ROWS)
    assert places == ([0, 1, 2, 3] if file == "all" else [0, 1])
    table, told = answers.table(run, places)
    head, ours, peer = table.lines
    assert head[:3] == ("", "right", "right, crossed") and ours[0] == "Jiugai" and peer[0] == "token_set_ratio"
    assert (ours[1], peer[1]) == ("100.0", "50.0" if file == "all" else "100.0")
    assert ours[-1].endswith(" ms") and peer[-1].startswith("× ")
    assert len(told) == 1 and "best" in told[0] and "cut-off" in told[0]


def test_below_its_cut_off_a_peer_shows_what_comes_nearest_and_claims_nothing() -> None:
    with patch.object(answers, "PEERS", {"token_set_ratio": lambda passages: {"": TokenSet(passages)}}):
        run = answers.measured(ROWS[:1])
    (way, *_) = run.peers["token_set_ratio"].verdicts
    assert (way[0].answered.told.kind, way[0].abstained.told.kind) == ("answer", "not_covered")
    assert way[0].answered.told.quotes == way[0].abstained.told.quotes == (LIFT,)
    assert way[0].answered.right and way[0].abstained.first and not way[0].abstained.right

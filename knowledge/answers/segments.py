"""Segments: a message cut at its punctuation, and which of the pieces put the question."""

import re
from bisect import bisect_right

from knowledge.answers.cutoffs import STORY
from knowledge.words import Spot

_BREAK = re.compile(
    r"[。!?;，？！；：:\n…~]+|,(?!\d)|(?<=[a-z])\.(?:\s|$)"
    r"|\s(?=and (?:who|what|when|how|which|will|is|are|does|do|can)\b)"
)
_SENTENCE_END = re.compile(r"[。!?\n]+|(?<=[a-z])\.(?:\s|$)")

Segment = tuple[int, int]


def segments(folded: str) -> list[Segment]:
    """(start, end) of the stretches between punctuation marks; a mark that asks belongs to the stretch before it."""
    found, start = [], 0
    for match in _BREAK.finditer(folded):
        end = match.end() if "?" in match[0] else match.start()
        if folded[start:end].strip():
            found.append((start, end))
        start = match.end()
    if folded[start:].strip():
        found.append((start, len(folded)))
    return found


def focal(folded: str, pieces: list[Segment], asks: list[list[str]]) -> list[int]:
    """The places of the segments that put the question: those that ask, in sentences that end with a question mark
    and in the last one right behind such, or else in the last sentence that asks at all; in one sentence, all."""
    asking = [place for place, found in enumerate(asks) if found]
    sentences = _sentences(folded)
    if len(sentences) < 2 or not asking:
        return asking
    ends = [end for _, end in sentences]
    inside = {place: bisect_right(ends, pieces[place][0]) for place in asking}
    marked = {nth for nth, (start, end) in enumerate(sentences) if folded[start:end].rstrip().endswith("?")}
    if marked & set(inside.values()):
        # The last mark is often left out: "护栏拆不拆？谁出钱".
        last = len(sentences) - 1
        unmarked = {last} if last not in marked and last - 1 in marked else set()
        return [place for place in asking if inside[place] in marked | unmarked]
    latest = max(inside.values())
    return [place for place in asking if inside[place] == latest]


def _sentences(folded: str) -> list[Segment]:
    found, start = [], 0
    for match in _SENTENCE_END.finditer(folded):
        if folded[start : match.end()].strip():
            found.append((start, match.end()))
        start = match.end()
    if folded[start:].strip():
        found.append((start, len(folded)))
    return found


def sentence_ends(folded: str, pieces: list[Segment]) -> list[int]:
    """For each segment the end of the sentence that it stands in."""
    ends = [end for _, end in _sentences(folded)]
    return [ends[min(bisect_right(ends, start), len(ends) - 1)] if ends else 0 for start, _ in pieces]


def outward(place: int, count: int) -> list[int]:
    """The places around one, those before it first, each the nearest first, no further than a story reaches."""
    before, after = range(place - 1, -1, -1), range(place + 1, count)
    return [*before[:STORY], *after[:STORY]]


def by_piece(spots: list[Spot], pieces: list[Segment]) -> list[list[Spot]]:
    """The spots in each of the segments."""
    starts = [start for start, _ in pieces]
    held: list[list[Spot]] = [[] for _ in pieces]
    for spot in spots:
        place = bisect_right(starts, spot.start) - 1
        if place >= 0:
            held[place].append(spot)
    return held

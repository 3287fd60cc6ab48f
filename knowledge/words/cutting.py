"""Cutting: a text → the words of a lexicon that it is made of, and single characters between them."""

from knowledge.words.lexicon import Lexicon


def cut(text: str, lexicon: Lexicon) -> list[str]:
    """A text in the fewest pieces, where a word begins always beginning with one; the longer word goes first.

    Work is as much as the text is long, times the longest word.
    """
    size = len(text)
    # From the end: pieces that are needed from each place on, how many of them are words, and the end of the first.
    best: list[tuple[int, int, int]] = [(0, 0, 0)] * (size + 1)
    for at in range(size - 1, -1, -1):
        farthest = min(at + lexicon.longest(text[at]), size)
        ends = [end for end in range(at + 1, farthest + 1) if text[at:end] in lexicon.keys]
        if ends:
            best[at] = max((best[end][0] - 1, best[end][1] + 1, end) for end in ends)
        else:
            best[at] = (best[at + 1][0] - 1, best[at + 1][1], at + 1)
    pieces, at = [], 0
    while at < size:
        end = best[at][2]
        pieces.append(text[at:end])
        at = end
    return pieces

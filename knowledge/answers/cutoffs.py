"""Every cut-off and weight of the answering, in one place.

Those of `Cutoffs` are learnt: `python -m bench.cutoffs` searches them on questions with gold passages, changes what is
worth changing, says by cross-validation how far they can be trusted, and writes them here. The others are decided: how
much is shown, and how much is read. How sure a word is that was misspelled or heard by its sound stands in
knowledge/words/spot.py.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cutoffs:
    """What a match is worth, and how sure one must be. A concept counts by how few points speak of it, times these."""

    mentioned: float = 0.5  # the point only mentions the concept
    takes_part: float = 0.5  # the body takes part in the duty, it is not its own
    context: float = 0.85  # the word stands in another part of the message than the question
    background: float = 0.3  # … and the question has a subject of its own
    pale: float = 0.5  # the concept says little or nothing about what a question is about
    excepted: float = 0.2  # the word is named as an exception
    derived: float = 0.8  # follows from the menu: the class of a row that was asked about
    unmet: float = 0.2  # taken off for each condition of the point that was not spoken of
    tells: float = 3.0  # the point tells the kind of thing that was asked for
    tells_each: float = 0.5  # and for each kind of thing that it tells, a yes or no too
    wording: float = 0.15  # times the BM25 score of the wording

    hunch: float = 10.0  # times the hunch that the point is an answer

    believed: float = 0.2  # hunch that makes a point speak that shares no concept
    favourite: float = 0.2  # hunch that puts the point most suggested among the first
    untold: float = 0.47  # no answer where the hunch is more that the text does not tell it …
    beside: float = 0.3  # … nor beside another question that is not answered, where it is more than this …
    known: float = 0.99  # … unless this share of the question stands in words that we know
    told: float = 0.2  # where it is less than this, no strict ask silences an answer …
    told_topic: float = 0.1  # … and less than this, no topic

    speaks: float = 2.0  # least worth of concepts for a point to be about the question
    hints: float = 1.0  # enough where the point also tells the kind of thing that was asked for
    asked_first: float = 0.6  # a point that tells who pays, who decides … goes first from this share of the best worth
    rival: float = 0.72  # a further point belongs to the answer if it is worth at least this share of the best
    fresh: float = 0.5  # … or this share, if it speaks of a thing or an ask that is still open
    alike: float = 0.9  # points worth this share of the best, for the same reasons, are parts of one list
    even: float = 0.98  # two points so nearly of one worth stand in the order of the text
    same_words: float = 0.45  # share of the question's pairs of characters that a clause must repeat to answer by them


LEARNT = Cutoffs()

# A question longer than this is asked to be put shorter; it bounds the work too. In characters.
LONGEST_QUESTION = 2000
STORY = 24  # stretches between commas, before and after a question, that may tell what it is about
FEWEST_PAIRS = 5  # fewer pairs of characters than this prove nothing

NAMED = 0.5  # a class heard less surely than this is only named as an exception
VAGUE = 16  # a longer question than this is not vague: it asks for something that was not understood
FEW_LETTERS = 10  # of typed pinyin, spaces around the syllables too: so few may mean anything
BARE = 0.54  # share of a question that its question words must be for it to name nothing else

QUOTES = 2  # quotes for one question
QUOTES_PER_THING = 4  # where several things are asked about at once
LISTED = 9  # where a list was asked for
PARTS = 8  # questions answered in one message

"""Every cut-off and weight of the answering, in one place."""

# A question longer than this is asked to be put shorter; it bounds the work too. In characters.
LONGEST_QUESTION = 2000

STORY = 24  # stretches between commas, before and after a question, that may tell what it is about

# What a match is worth. A concept counts by how few points speak of it (its weight), times these.
MENTIONED = 0.5  # the point only mentions the concept
TAKES_PART = 0.5  # the body takes part in the duty, it is not its own
CONTEXT = 0.6  # the word stands in another part of the message than the question
PALE = 0.5  # the concept says little or nothing about what a question is about
EXCEPTED = 0.2  # the word is named as an exception
BACKGROUND = 0.3  # … and the question has a subject of its own
DERIVED = 0.8  # follows from the menu: the class of a row that was asked about
UNMET = 0.2  # taken off for each condition of the point that was not spoken of
TELLS_EACH = 0.5  # and for each kind of thing that it tells, a yes or no too
TELLS = 3.0  # the point tells the kind of thing that was asked for
WORDING = 0.15  # times the BM25 score of the wording

# How sure one must be.
SPEAKS = 2.0  # least worth of concepts for a point to be about the question
HINTS = 1.0  # enough where the point also tells the kind of thing that was asked for
ASKED_FIRST = 0.6  # a point that tells who pays, who decides … goes first from this share of the best worth on
RIVAL = 0.72  # a further point belongs to the answer if it is worth at least this share of the best
FRESH = 0.5  # … or this share, if it speaks of a thing or an ask that is still open
SAME_WORDS = 0.45  # share of the question's pairs of characters that a clause must repeat to be found by wording alone
FEWEST_PAIRS = 5  # fewer pairs than this prove nothing
ALIKE = 0.9  # points worth this share of the best, for the same reasons, are parts of one list
EVEN = 0.98  # two points so nearly of one worth stand in the order of the text

# How much is shown.
QUOTES = 2  # quotes for one question
QUOTES_PER_THING = 4  # where several things are asked about at once
LISTED = 9  # where a list was asked for
PARTS = 5  # questions answered in one message

"""Forms: what was typed, made bare for comparing: no punctuation, no accents, no spaces beside Han characters."""

import re
import unicodedata

from knowledge.words import fold

LONGEST = 60  # characters: no answer is longer, and whatever is, is not read at all

HAN = "\u3400-\u9fff"
_APOSTROPHES = re.compile("['`´‘’′＇]")
_STOPS = re.compile(r"[,.;:!~、。…|/]+")
_MARKS = re.compile(r"[\W_]+")
_BESIDE_HAN = re.compile(rf"(?<=[{HAN}]) | (?=[{HAN}])")
# "don;t", "i,m": the key beside the apostrophe was hit.
_SLIPPED = re.compile(r"(?<=n)[;,. ]t\b|(?<=\bi)[;,. ](?=m\b)")
_TIMES = re.compile(r"(.{1,8}?)(?: ?\1)+")


def folded(text: str) -> str:
    """The text in one way of writing, without apostrophes; "" where it is too long for an answer."""
    if len(text) > LONGEST:
        return ""
    written = fold(_APOSTROPHES.sub("", text))
    bare = unicodedata.normalize("NFD", written)
    bare = "".join(sign for sign in bare if unicodedata.category(sign) != "Mn")
    written = _SLIPPED.sub(lambda slip: slip[0][1:], unicodedata.normalize("NFC", bare))
    return written if len(written) <= LONGEST else ""


def asks(written: str) -> bool:
    """Whether a folded text is put as a question."""
    return "?" in written


def bare(written: str) -> str:
    """A folded text as words: a space between Latin words and numbers, none beside Han characters."""
    return _BESIDE_HAN.sub("", " ".join(_MARKS.sub(" ", written).split()))


def pieces(written: str) -> list[str]:
    """A folded text cut at its stops, each piece bare but for the spaces in it."""
    cut = (" ".join(_MARKS.sub(" ", piece).split()) for piece in _STOPS.split(written))
    return [piece for piece in cut if piece]


def once(said: str) -> str:
    """What is said several times over ("对对对", "no no"), once."""
    times = _TIMES.fullmatch(said)
    return times[1] if times else said

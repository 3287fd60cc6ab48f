"""One way of writing: full-width and Traditional characters, capitals and odd spaces are folded away."""

import re
import unicodedata
from functools import cache
from typing import Any, Literal

Language = Literal["zh", "en"]

# Shared, because so wide a class takes a millisecond to compile.
HAN = re.compile(r"[\u3400-\u9fff]|[\U00020000-\U0003134f]")
HAN_RUN = re.compile(r"[\u3400-\u9fff]+")
LATIN = re.compile(r"[a-z][a-z0-9'’-]*")
# The words of a web address were not said by the person.
_ADDRESS = re.compile(r"\b(?:https?|ftp)://\S*|\bwww\.\S+", re.IGNORECASE)
# Chinese is written without spaces; some type one between all characters. Compiled where it is first needed.
_SPACED = r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?: [\u3400-\u9fff]){2,}(?![\u3400-\u9fff])"
# Format and control characters, surrogates (broken input), unassigned ones: nobody typed them to be read.
_UNREADABLE = {"Cc", "Cf", "Cs", "Co", "Cn"}


@cache
def _simplifier() -> Any:
    import opencc  # costs a little to load, and only Chinese text needs it

    return opencc.OpenCC("t2s")


def fold(text: str) -> str:
    """`text` in compatibility form, simplified, lower case, one space where there was white space.

    Characters that cannot be read (control, zero width, lone surrogates) become a space or vanish. Linear in length.
    """
    # What cannot be read goes first: it may stand between a letter and its accent.
    text = _readable(unicodedata.normalize("NFKC", _readable(text)))
    chinese = bool(HAN_RUN.search(text))
    if chinese and (simplified := _simplifier().convert(text)) != text:
        # Twice: some simplified forms are themselves Traditional for another character.
        text = _simplifier().convert(simplified)
    if "://" in text or "www." in text.lower():
        text = _ADDRESS.sub(" ", text)
    text = " ".join(text.lower().replace("’", "'").split())
    if chinese and any(len(piece) == 1 and not piece.isascii() for piece in text.split(" ")):
        text = re.sub(_SPACED, lambda spaced: spaced[0].replace(" ", ""), text)
    return text


def _readable(text: str) -> str:
    """`text` with a space for each unreadable character that is white space, and nothing for the others."""
    if text.isprintable():  # nearly always, and told at once
        return text
    kept = (char if unicodedata.category(char) not in _UNREADABLE else " " if char.isspace() else "" for char in text)
    return "".join(kept)


def language(folded: str) -> Language:
    """The language that a folded question is put in: "zh" (Han or pinyin) or "en"."""
    from knowledge.words.pinyin import is_pinyin

    if HAN.search(folded):
        return "zh"
    return "en" if LATIN.search(folded) and not is_pinyin(folded) else "zh"

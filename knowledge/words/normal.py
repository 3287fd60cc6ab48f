"""One way of writing: full-width and Traditional characters, capitals and odd spaces are folded away."""

import re
import unicodedata
from functools import cache
from typing import Any, Literal

Language = Literal["zh", "en"]

HAN = re.compile(r"[\u3400-\u9fff\U00020000-\U0003134f]")
LATIN = re.compile(r"[a-z][a-z0-9'’-]*")
_TRADITIONAL = re.compile(r"[\u3400-\u9fff]")
# The words of a web address were not said by the person.
_ADDRESS = re.compile(r"\b(?:https?|ftp)://\S*|\bwww\.\S+", re.IGNORECASE)
# Chinese is written without spaces; some type one between all characters.
_SPACED = re.compile(r"(?<![\u3400-\u9fff])[\u3400-\u9fff](?: [\u3400-\u9fff]){2,}(?![\u3400-\u9fff])")
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
    text = unicodedata.normalize("NFKC", "".join(_readable(char) for char in text))
    text = "".join(_readable(char) for char in text)
    if _TRADITIONAL.search(text):
        # Twice: some simplified forms are themselves Traditional for another character.
        text = _simplifier().convert(_simplifier().convert(text))
    text = _ADDRESS.sub(" ", text)
    text = " ".join(text.lower().replace("’", "'").split())
    return _SPACED.sub(lambda spaced: spaced[0].replace(" ", ""), text)


def _readable(char: str) -> str:
    if unicodedata.category(char) not in _UNREADABLE:
        return char
    return " " if char.isspace() else ""


def language(folded: str) -> Language:
    """The language that a folded question is put in: "zh" (Han or pinyin) or "en"."""
    from knowledge.words.pinyin import is_pinyin

    if HAN.search(folded):
        return "zh"
    return "en" if LATIN.search(folded) and not is_pinyin(folded) else "zh"

"""Codes by which a person joins a seat or the staff: typed by hand, from paper, by elderly people.

Eleven letters at random, 54 bits, and one that checks them: "K7MW-3XQD-9FTA". No letter looks like another. The check
letter is a weighted sum modulo 31, a prime, as many letters as there are: any one wrong letter is found, and any two
that changed places. Only keyed hashes are kept.
"""

import hashlib
import hmac
import unicodedata

_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # without 0 and O, 1, I and L
_RANDOM = 11
LENGTH = _RANDOM + 1
_SEPARATORS = " -_·.\t\n—–"
_DROPPED = str.maketrans("", "", _SEPARATORS)
_PARTED = str.maketrans(dict.fromkeys(_SEPARATORS, " "))


def made(random: bytes) -> str:
    """A new code, as it is printed. `random` are 16 random bytes, so that no letter is likelier than another."""
    if len(random) < 16:
        raise ValueError("a code needs 16 random bytes")
    number = int.from_bytes(random, "big")
    letters = ""
    for _ in range(_RANDOM):
        number, digit = divmod(number, len(_LETTERS))
        letters += _LETTERS[digit]
    return shown(letters + _check(letters))


def shown(code: str) -> str:
    """A code in groups of four."""
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def read(typed: str) -> str | None:
    """The twelve letters of a code as it was typed (spaces, hyphens, small or wide letters); None where it is none: too
    short or long, a letter that codes do not have, or one that was mistyped."""
    code = unicodedata.normalize("NFKC", typed).upper().translate(_DROPPED)
    if len(code) != LENGTH or any(letter not in _LETTERS for letter in code):
        return None
    return code if _check(code[:_RANDOM]) == code[_RANDOM] else None


def resembles(typed: str) -> bool:
    """Whether what `read` takes for no code was most likely meant for one: twelve signs or nearly, in groups, or with
    letters and digits side by side as only codes have them."""
    said = unicodedata.normalize("NFKC", typed).strip()
    groups = [group for group in said.translate(_PARTED).split() if group]
    letters = "".join(groups)
    if not (letters.isascii() and letters.isalnum()) or abs(len(letters) - LENGTH) > 1:
        return False
    whole = len(groups) == 1 and len(letters) == LENGTH
    in_groups = len(groups) == LENGTH // 4 and all(3 <= len(group) <= 5 for group in groups)
    fours = groups if in_groups else [letters[start : start + 4] for start in range(0, LENGTH, 4)]
    mixed = sum(not (four.isalpha() or four.isdigit()) for four in fours)
    # "does that 2018" is three groups as well, but words and numbers stand apart in it.
    return (in_groups and (mixed > 0 or letters.isupper())) or (whole and mixed > 1)


def keyed(code: str, key: bytes) -> str:
    """What is kept of a code: HMAC-SHA-256 in hex under the key of this installation. `code` as `read` gives it."""
    return hmac.new(key, b"code " + code.encode(), hashlib.sha256).hexdigest()


def _check(letters: str) -> str:
    total = sum(weight * _LETTERS.index(letter) for weight, letter in enumerate(letters, 1))
    return _LETTERS[-total * pow(LENGTH, -1, len(_LETTERS)) % len(_LETTERS)]

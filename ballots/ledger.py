"""The ledger: one chain of lines per ballot, to which lines are only ever added. docs/ledger.md lays down its form.

What is hashed is the public line itself, so the public list alone proves that nothing was changed. Private words stand
in it as commitments: SHA-256 over a secret nonce and the word. Each entry has a secret of its own, from which its
nonces and its receipt are derived; whoever keeps the secret can prove one word without telling another.
"""

import hashlib
import hmac
import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

FORM = "jiugai-ledger-1"
START = "0" * 64  # what the first line names as the hash before it
SECRET_BYTES = 32
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"  # Crockford's: no I, L, O, U
_READ_AS = str.maketrans("ILO", "110")
_RECEIPT_LENGTH = 12  # 60 bits

Public = Mapping[str, Any]


class Broken(ValueError):
    """A ledger that was changed, cut or mixed up: `line` is the number of the first line at fault, from 1."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(f"line {line}: {why}")
        self.line, self.why = line, why


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be added: the kind and time (UTC, seconds), the public values, the private words by field, a secret.

    The line shows a commitment for each private field. `secret` is 32 random bytes, never used twice.
    """

    kind: str
    at: datetime
    secret: bytes
    public: Public = field(default_factory=dict)
    private: Mapping[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if len(self.secret) != SECRET_BYTES:
            raise ValueError(f"a secret has {SECRET_BYTES} bytes, not {len(self.secret)}")


@dataclass(frozen=True, slots=True)
class Head:
    """Where a chain ends: how many lines it has, and the hash of the last one. Withheld until the close."""

    lines: int = 0
    hash: str = START

    def append(self, entry: Entry) -> tuple[bytes, "Head"]:
        """The line of an entry, without its line feed, and the head after it."""
        values: dict[str, Any] = {"n": self.lines + 1, "prev": self.hash, "at": stamp(entry.at), "kind": entry.kind}
        values |= entry.public
        if entry.private:
            values["private"] = {name: commitment(entry.secret, name, word) for name, word in entry.private.items()}
        line = compact(values)
        return line, Head(self.lines + 1, hashlib.sha256(line).hexdigest())


def compact(values: Mapping[str, Any]) -> bytes:
    """Values as one line of JSON: UTF-8, no spaces, in the order given."""
    return json.dumps(values, ensure_ascii=False, separators=(",", ":")).encode()


def stamp(at: datetime) -> str:
    """A time as it stands in a line: UTC, whole seconds, "2026-03-01T01:00:00Z"."""
    return at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def unstamp(stamped: str) -> datetime:
    """The time that a line holds. Raises ValueError for any other form."""
    return datetime.strptime(stamped, "%Y-%m-%dT%H:%M:%SZ").replace(tzinfo=UTC)


# ---- secrets ---------------------------------------------------------------------------------------------------------


def derived(secret: bytes, label: str) -> bytes:
    """32 bytes that follow from a secret and a label; neither the secret nor another label's follow from them."""
    return hmac.digest(secret, label.encode(), "sha256")


def nonce(secret: bytes, name: str) -> bytes:
    """The 128 secret bits that go into the commitment to a private field."""
    return derived(secret, f"nonce {name}")[:16]


def commitment(secret: bytes, name: str, word: str) -> str:
    """What a line shows of a private word: SHA-256, in hex, of its nonce and the word in UTF-8."""
    return hashlib.sha256(nonce(secret, name) + word.encode()).hexdigest()


def receipt(secret: bytes) -> str:
    """The receipt for an entry, "QX7-4KD-92M-7TF": random to everyone else, and the way to find the entry again."""
    number = int.from_bytes(derived(secret, "receipt"), "big")
    digits = [_ALPHABET[number >> (5 * place) & 31] for place in range(_RECEIPT_LENGTH)]
    return "-".join("".join(digits[start : start + 3]) for start in range(0, _RECEIPT_LENGTH, 3))


def receipt_mark(typed: str) -> str | None:
    """What a line shows of a receipt, however it was typed; None for what can be no receipt."""
    narrow = unicodedata.normalize("NFKC", typed).upper()
    letters = "".join(char for char in narrow if char.isalnum()).translate(_READ_AS)
    if len(letters) != _RECEIPT_LENGTH or set(letters) - set(_ALPHABET):
        return None
    return hashlib.sha256(f"receipt {letters}".encode()).hexdigest()


# ---- the public list -------------------------------------------------------------------------------------------------


def published(lines: Iterable[bytes], head: Head) -> Iterator[bytes]:
    """The public list of a closed ballot: its lines and the seal below them, each with its line feed.

    Raises Broken where the lines are no whole chain that ends in `head`: what is published is always sound.
    """
    end = Head()
    for after, line in _chained(lines):
        end = after
        yield line + b"\n"
    if end != head:
        raise Broken(end.lines, "it is not the line that the ledger ended with")
    yield compact({"head": head.hash, "lines": head.lines}) + b"\n"


def chain(lines: Iterable[bytes]) -> Iterator[Public]:
    """The values of each line of a chain, without a seal. Raises Broken at the first that is not as it was written."""
    for head, line in _chained(lines):
        try:
            values = json.loads(line)
        except (ValueError, RecursionError):
            raise Broken(head.lines, "it is no JSON") from None
        yield values


def _chained(lines: Iterable[bytes]) -> Iterator[tuple[Head, bytes]]:
    head = Head()
    for line in lines:
        number = head.lines + 1
        # The order of keys is fixed, so this is how every line begins.
        if not line.startswith(b'{"n":%d,"prev":"%s",' % (number, head.hash.encode())):
            raise Broken(number, "it does not follow the line before")
        head = Head(number, hashlib.sha256(line).hexdigest())
        yield head, line

"""Telegram's HTML, read as strictly as the Bot API reads it, and in places more so.

Where the real server is silently lenient (it shows `&nbsp;` as it stands, drops a quote within a quote or a link
without an address), a `strict` reading refuses: whoever wrote it meant something that nobody would see.
"""

import re
from dataclasses import dataclass
from typing import TypeAlias

from tests.botapi.refusals import Refused, bad

Entity: TypeAlias = dict[str, object]

_KINDS = {
    **dict.fromkeys(("b", "strong"), "bold"),
    **dict.fromkeys(("i", "em"), "italic"),
    **dict.fromkeys(("u", "ins"), "underline"),
    **dict.fromkeys(("s", "strike", "del"), "strikethrough"),
    **dict.fromkeys(("span", "tg-spoiler"), "spoiler"),
    "a": "text_link",
    "tg-emoji": "custom_emoji",
    "code": "code",
    "pre": "pre",
    "blockquote": "blockquote",
}
_ATTRIBUTES = {"a": "href", "span": "class", "tg-emoji": "emoji-id", "code": "class", "blockquote": "expandable"}
_NAMED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"'}
_REFERENCE = re.compile(r"&(?:(lt|gt|amp|quot)|#([0-9]{1,7})|#x([0-9A-Fa-f]{1,6}))(;?)")
_SPECIAL = re.compile(r"[<>&]")
_LINK = re.compile(r"(?:https?://|tg://|mailto:|tel:)?[^\s<>\"]+\Z")
_SPACES = re.compile(r"[ \t\r\n]*")
_TAG_NAME = re.compile(r"[^ \t\r\n>]*")
_ATTRIBUTE_NAME = re.compile(r"[^ \t\r\n=>]*")
_TOKEN = re.compile(r"[A-Za-z0-9.\-]*")


@dataclass(frozen=True, slots=True)
class _Open:
    """A tag that waits for its end."""

    tag: str
    value: str | None
    at: int  # in the plain text, in UTF-16 units

    @property
    def kind(self) -> str:
        expandable = self.tag == "blockquote" and self.value is not None
        return "expandable_blockquote" if expandable else _KINDS[self.tag]


def utf16(text: str) -> int:
    """How long a text is for Telegram, which counts in UTF-16 units. Lone surrogates count one each."""
    return len(text) if text.isascii() else len(text.encode("utf-16-le", "surrogatepass")) // 2


def parse(html: str, *, strict: bool = True) -> tuple[str, list[Entity]]:
    """The plain text and the entities. Raises Refused with the description of the real server."""
    return _Reading(html, strict).read()


class _Reading:
    """One text being read from the left to the right."""

    def __init__(self, html: str, strict: bool) -> None:
        self._html = html
        self._strict = strict
        self._at = 0
        self._said: list[str] = []
        self._length = 0  # of what is said so far, in UTF-16 units
        self._open: list[_Open] = []
        self._entities: list[Entity] = []

    def read(self) -> tuple[str, list[Entity]]:
        html = self._html
        while found := _SPECIAL.search(html, self._at):
            self._say(html[self._at : found.start()])
            self._at = found.start()
            if found[0] == "&":
                self._say(self._reference())
            elif found[0] == ">":
                if self._strict:
                    raise self._wrong('Character ">" must be escaped')
                self._at += 1
                self._say(">")
            elif html.startswith("</", self._at):
                self._end()
            else:
                self._start()
        self._say(html[self._at :])
        if self._open:
            raise _cannot(f'Can\'t find end tag corresponding to start tag "{self._open[-1].tag}"')
        # By their beginning, the longer ones first; of two over the same text the outer one, which closed later.
        entities = sorted(reversed(self._entities), key=lambda entity: (entity["offset"], -_int(entity["length"])))
        return "".join(self._said), entities

    def _say(self, text: str) -> None:
        if text:
            self._said.append(text)
            self._length += utf16(text)

    def _wrong(self, what: str, at: int | None = None) -> Refused:
        offset = len(self._html[: self._at if at is None else at].encode())
        return _cannot(f"{what} at byte offset {offset}")

    def _skip(self, pattern: re.Pattern[str]) -> str:
        found = pattern.match(self._html, self._at)
        assert found is not None  # every pattern here matches nothing too
        self._at = found.end()
        return found[0]

    def _here(self) -> str:
        """The next character; nothing at the end."""
        return self._html[self._at : self._at + 1]

    def _reference(self) -> str:
        found = _REFERENCE.match(self._html, self._at)
        code = (int(found[2]) if found[2] else int(found[3], 16) if found[3] else None) if found else None
        if found is None or (code is not None and not 0 < code < 0x10FFFF) or (self._strict and not found[4]):
            if self._strict:
                raise self._wrong("Unsupported character reference")
            self._at += 1
            return "&"
        if code is not None and 0xD800 <= code < 0xE000:
            raise _cannot("Text contains invalid Unicode characters after decoding HTML entities")
        self._at = found.end()
        return _NAMED[found[1]] if code is None else chr(code)

    def _start(self) -> None:
        begin = self._at
        self._at += 1
        tag = self._skip(_TAG_NAME).lower()
        if not self._here():
            raise self._wrong("Unclosed start tag", begin)
        if tag not in _KINDS:
            raise self._wrong(f'Unsupported start tag "{tag}"', begin)
        value = None
        while True:
            self._skip(_SPACES)
            if not self._here():
                raise self._wrong(f'Unclosed start tag "{tag}"', begin)
            if self._here() == ">":
                break
            name, given = self._attribute(tag, begin)
            if _ATTRIBUTES.get(tag) == name:
                value = given
            elif self._strict:
                raise self._wrong(f'Unsupported attribute "{name}" in the tag "{tag}"', begin)
        self._at += 1
        opened = _Open(tag, value, self._length)
        self._check(opened, begin)
        self._open.append(opened)

    def _attribute(self, tag: str, begin: int) -> tuple[str, str]:
        name = self._skip(_ATTRIBUTE_NAME).lower()
        if not name:
            raise self._wrong(f'Empty attribute name in the tag "{tag}"', begin)
        self._skip(_SPACES)
        if self._here() != "=":
            return name, ""
        self._at += 1
        self._skip(_SPACES)
        if not self._here():
            raise self._wrong(f'Unclosed start tag "{tag}"', begin)
        quote = self._here()
        if quote not in "'\"":
            token_at = self._at
            token = self._skip(_TOKEN)
            if self._here() not in tuple(" \t\r\n>"):
                raise self._wrong("Unexpected end of name token", token_at)
            return name, token
        self._at += 1
        value: list[str] = []
        while (here := self._here()) != quote:
            if not here:
                raise self._wrong("Unclosed start tag", begin)
            if here == "&":
                value.append(self._reference())
            else:
                value.append(here)
                self._at += 1
        self._at += 1
        return name, "".join(value)

    def _check(self, opened: _Open, begin: int) -> None:
        """What a start tag may hold and stand in."""
        tag, value = opened.tag, opened.value
        if tag == "span" and value != "tg-spoiler":
            raise self._wrong('Tag "span" must have class "tg-spoiler"', begin)
        if tag == "tg-emoji" and not (value or "").isdecimal():
            raise _cannot("Invalid custom emoji identifier specified")
        if not self._strict:
            return
        if tag == "a" and not _LINK.match(value or ""):
            raise self._wrong('Tag "a" must have a valid "href"', begin)
        around = {_KINDS[other.tag] for other in self._open}
        kind = _KINDS[tag]
        code_in_pre = tag == "code" and bool(self._open) and self._open[-1].tag == "pre"
        if kind in around or (around & {"code", "pre"} and not code_in_pre):
            raise self._wrong(f'Tag "{tag}" can\'t be nested here', begin)
        if kind in ("code", "pre") and around - {"blockquote", "text_link"} - ({"pre"} if code_in_pre else set()):
            raise self._wrong(f'Tag "{tag}" can\'t be nested here', begin)

    def _end(self) -> None:
        begin = self._at
        self._at += 2
        tag = self._skip(_TAG_NAME).lower()
        if not self._open:
            raise self._wrong("Unexpected end tag", begin)
        self._skip(_SPACES)
        if self._here() != ">":
            raise self._wrong("Unclosed end tag", begin)
        self._at += 1
        opened = self._open.pop()
        if tag not in ("", opened.tag):
            expected = f'expected "</{opened.tag}>", found "</{tag}>"'
            raise _cannot(f"Unmatched end tag at byte offset {len(self._html[:begin].encode())}, {expected}")
        if self._length > opened.at:
            self._add(opened)

    def _add(self, opened: _Open) -> None:
        entity: Entity = {"type": opened.kind, "offset": opened.at, "length": self._length - opened.at}
        if opened.tag == "a":
            entity["url"] = opened.value
        elif opened.tag == "tg-emoji":
            entity["custom_emoji_id"] = opened.value
        elif opened.tag == "code" and opened.value and opened.value.startswith("language-"):
            entity["language"] = opened.value.removeprefix("language-")
        elif opened.tag == "pre" and self._entities:
            # A code of a language that fills its pre is one entity with it.
            inner = self._entities[-1]
            if "language" in inner and (inner["offset"], inner["length"]) == (entity["offset"], entity["length"]):
                entity["language"] = self._entities.pop()["language"]
        self._entities.append(entity)


def _cannot(what: str) -> Refused:
    return bad(f"can't parse entities: {what}")


def _int(value: object) -> int:
    assert isinstance(value, int)
    return value

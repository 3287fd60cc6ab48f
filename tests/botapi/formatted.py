"""A formatted text: what the bot sent as `text`, `parse_mode` and `entities`, as people will read it."""

import re
from dataclasses import dataclass
from html import escape

from tests.botapi.markup import Entity, parse, utf16
from tests.botapi.refusals import bad

LONGEST = 4096  # UTF-16 units, after the entities are parsed
MOST_ENTITIES = 100
_ENTITY_TYPES = frozenset(
    "mention hashtag cashtag bot_command url email phone_number bold italic underline strikethrough spoiler "
    "blockquote expandable_blockquote code pre text_link text_mention custom_emoji date_time".split()
)
_CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f]")
# None of these has any ink: a message of nothing else is empty for Telegram.
_BLANK = r"\s\u00ad\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufeff"
_INK = re.compile(f"[^{_BLANK}]")


@dataclass(frozen=True, slots=True)
class Formatted:
    """Plain text and entities, and the HTML they came from (escaped, where they did not come from HTML)."""

    text: str
    entities: tuple[Entity, ...]
    html: str


def formatted(text: str, parse_mode: str, entities: list[Entity] | None, *, strict: bool = True) -> Formatted:
    """The text as Telegram stores it. Raises Refused where it would not."""
    if not text:
        raise bad("message text is empty")
    found: list[Entity] = []
    html = text
    if not parse_mode:
        html = escape(text, quote=False)
        found = _given(entities or [], text)
    elif parse_mode.lower() == "html":
        text, found = parse(text, strict=strict)
    else:  # Markdown would be right there and is not read here
        raise bad("unsupported parse_mode")
    if _CONTROLS.search(text):
        # The real server takes \r out, too; a space in its place keeps the entities where they are.
        text = _CONTROLS.sub(" ", text)
    text, found = _trimmed(text, found)
    if not _INK.search(text):
        raise bad("text must be non-empty")
    if len(text) > LONGEST // 2 and utf16(text) > LONGEST:
        raise bad("message is too long")
    if strict and len(found) > MOST_ENTITIES:
        raise bad(f"too many entities: {len(found)}, the ones after {MOST_ENTITIES} would be dropped")
    return Formatted(text, tuple(found), html)


def _given(entities: list[Entity], text: str) -> list[Entity]:
    end = utf16(text)
    for entity in entities:
        kind, offset, length = entity.get("type"), entity.get("offset"), entity.get("length")
        if kind not in _ENTITY_TYPES:
            raise bad("can't parse MessageEntity: Unsupported type specified")
        if not isinstance(offset, int) or not isinstance(length, int) or offset < 0 or length <= 0:
            raise bad('can\'t parse MessageEntity: Field "offset" or "length" is wrong')
        if offset + length > end:
            raise bad(
                f"entity beginning at UTF-16 offset {offset} ends after the end of the text at UTF-16 offset {end}"
            )
    return sorted(entities, key=lambda entity: (entity["offset"], -int(str(entity["length"]))))


def _trimmed(text: str, entities: list[Entity]) -> tuple[str, list[Entity]]:
    """Without the white space at both ends, which Telegram never stores; entities cut to what is left."""
    bare = text.strip()
    if len(bare) == len(text):
        return text, entities
    before = utf16(text[: len(text) - len(text.lstrip())])
    end = utf16(bare)
    kept = []
    for entity in entities:
        offset, length = int(str(entity["offset"])) - before, int(str(entity["length"]))
        start, stop = max(0, offset), min(end, offset + length)
        if start < stop:
            kept.append({**entity, "offset": start, "length": stop - start})
    return bare, kept

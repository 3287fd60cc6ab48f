"""Lettering: how wide a text is in the shipped font, and where its lines break. A picture has no browser to ask."""

from collections.abc import Sequence

# Widths of the signs from the space to the tilde, in thousandths of the size; every other sign is no wider than 1,000.
_ASCII = (
    *(224, 323, 474, 555, 555, 921, 680, 278, 338, 338, 467, 555, 278, 347, 278, 392),
    *(555, 555, 555, 555, 555, 555, 555, 555, 555, 555, 278, 278, 555, 555, 555, 474),
    *(946, 608, 657, 638, 688, 589, 552, 689, 728, 293, 535, 646, 543, 812, 723, 742),
    *(633, 742, 635, 596, 599, 721, 575, 878, 573, 531, 603, 338, 392, 338, 555, 559),
    *(606, 563, 618, 510, 620, 554, 325, 564, 607, 275, 275, 552, 284, 926, 610, 606),
    *(620, 620, 388, 468, 377, 607, 521, 802, 498, 521, 475, 338, 270, 338, 555),
)
_WIDEST = 1014
_SPACE = 32
_ROOM = 0.97  # of the room is used: a browser's font may be a little wider than ours
_CLOSING = frozenset("，。、；：？！）」』》〉】…·,.;:?!)]}%")  # nothing of it begins a line
_OPENING = frozenset("（「『《〈【([{")  # nothing of it ends one
_MORE = "…"


def width(text: str, size: float) -> float:
    """How wide a text is at a size, at most."""
    return sum(_width(char) for char in text) * size / 1000


def wrapped(text: str | Sequence[str], size: float, room: float, most: int = 100) -> list[str]:
    """The text in lines that fit into the room, `most` of them at most: what is left over is cut off by a ….

    Text in pieces is broken between these, and within one only where it is longer than a line.
    """
    lines, line = list[str](), ""
    room *= _ROOM
    for word in _words(text) if isinstance(text, str) else text:
        if line and width((line + word).rstrip(), size) > room:
            lines.append(line.rstrip())
            line = "" if word.isspace() else word
        else:
            line += word
        while width(line.rstrip(), size) > room:  # one word that is longer than a line
            end = _fits(line, size, room)
            lines.append(line[:end])
            line = line[end:]
    lines = [*lines, line.rstrip()] if line.strip() else lines
    return lines if len(lines) <= most else [*lines[: most - 1], _cut(lines[most - 1] + _MORE, size, room)]


def cut(text: str, size: float, room: float) -> str:
    """The text, in one line that fits into the room: cut off by a … where it is too long."""
    return _cut(text, size, room * _ROOM)


def _cut(text: str, size: float, room: float) -> str:
    if width(text, size) <= room:
        return text
    return text[: _fits(text, size, room - width(_MORE, size))].rstrip() + _MORE


def _fits(text: str, size: float, room: float) -> int:
    """How many of the first signs fit, at least one."""
    end = 1
    while end < len(text) and width(text[: end + 1], size) <= room:
        end += 1
    return end


def _words(text: str) -> list[str]:
    """What a line may break between: words of letters, single characters of Chinese, with the signs at their edges."""
    words = list[str]()
    for char in text:
        last = words[-1] if words else ""
        if last and (
            char in _CLOSING
            or last[-1] in _OPENING
            or (_is_letter(char) and _is_letter(last[-1]))
            or (char.isspace() and last.isspace())
        ):
            words[-1] += char
        else:
            words.append(char)
    return words


def _is_letter(char: str) -> bool:
    return char.isascii() and not char.isspace()


def _width(char: str) -> int:
    at = ord(char) - _SPACE
    return _ASCII[at] if 0 <= at < len(_ASCII) else _WIDEST

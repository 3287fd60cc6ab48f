"""What stands in a picture: its texts with their places, read from the SVG; and its pixels, read from the PNG."""

import re
import struct
import zlib
from dataclasses import dataclass
from xml.etree import ElementTree

from bot.results.lettering import width

_SVG = "{http://www.w3.org/2000/svg}"


@dataclass(frozen=True)
class Text:
    """A text in one line, and the box around it."""

    words: str
    left: float
    top: float
    right: float
    bottom: float

    def overlaps(self, other: "Text") -> bool:
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


def texts(svg: str) -> list[Text]:
    found = []
    for element in ElementTree.fromstring(svg).iter(f"{_SVG}text"):
        words, size = element.text or "", int(element.attrib["font-size"])
        left, base, wide = float(element.attrib["x"]), float(element.attrib["y"]), width(words, size)
        left -= wide / 2 if element.attrib.get("text-anchor") == "middle" else 0
        found.append(Text(words, left, base - size * 0.8, left + wide, base + size * 0.1))
    return found


def said(svg: str) -> str:
    """All that is said in a picture, without its line breaks."""
    return "".join(text.words for text in texts(svg))


def frame(svg: str) -> tuple[int, int]:
    root = ElementTree.fromstring(svg)
    return int(root.attrib["width"]), int(root.attrib["height"])


def shrunk(svg: str, by: int) -> str:
    """The same picture with fewer pixels: reading these takes Python long."""
    wide, high = frame(svg)
    return svg.replace(f'width="{wide}" height="{high}"', f'width="{wide // by}" height="{high // by}"', 1)


def pixels(png: bytes) -> list[bytes]:
    """The brightness of each pixel, row by row, of a PNG with 8 bits for each of red, green, blue and opacity."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    at, data = 8, b""
    wide = high = 0
    while at < len(png):
        size, kind = struct.unpack(">I4s", png[at : at + 8])
        part = png[at + 8 : at + 8 + size]
        if kind == b"IHDR":
            wide, high, depth, colours, _, _, interlaced = struct.unpack(">IIBBBBB", part)
            assert (depth, colours, interlaced) == (8, 6, 0)
        elif kind == b"IDAT":
            data += part
        at += size + 12
    raw, row, rows = zlib.decompress(data), bytearray(wide * 4), []
    for y in range(high):
        start = y * (wide * 4 + 1)
        row = _unfiltered(raw[start], raw[start + 1 : start + 1 + wide * 4], row)
        rows.append(bytes((row[x] * 2 + row[x + 1] * 5 + row[x + 2]) // 8 for x in range(0, wide * 4, 4)))
    return rows


def _unfiltered(kind: int, line: bytes, above: bytearray) -> bytearray:
    row = bytearray(line)
    for x in range(len(row)):
        left, up = row[x - 4] if x > 3 else 0, above[x]
        corner = above[x - 4] if x > 3 else 0
        if kind == 1:
            row[x] = (row[x] + left) & 255
        elif kind == 2:
            row[x] = (row[x] + up) & 255
        elif kind == 3:
            row[x] = (row[x] + (left + up) // 2) & 255
        elif kind == 4:
            near = left + up - corner
            nearest = min((abs(near - left), 0, left), (abs(near - up), 1, up), (abs(near - corner), 2, corner))[2]
            row[x] = (row[x] + nearest) & 255
    return row


def bars(svg: str) -> list[list[tuple[str, float]]]:
    """The parts of each bar: what fills them, and their share of it."""
    found = list[list[tuple[str, float]]]()
    parts = list[tuple[str, float]]()
    boxes = re.findall(r'<rect x="[\d.]+" y="[\d.]+" width="([\d.]+)" height="36.0" fill="([^"]+)"', svg)
    for wide, fill in boxes[5:]:  # the legend comes first
        if fill == "none":
            found.append([(name, part / float(wide)) for name, part in parts])
            parts = []
        else:
            parts.append((fill, float(wide)))
    return found

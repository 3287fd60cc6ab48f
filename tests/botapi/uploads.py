"""Uploads: files that a bot sends, and which of them the real server takes for a photo."""

import struct
import zlib
from typing import Literal

from tests.botapi.messages import Json, Upload
from tests.botapi.refusals import Refused, bad

LARGEST_PHOTO = 10 << 20
LARGEST_FILE = 50 << 20
LONGEST_CAPTION = 1024
_SIDES = 10_000  # of a photo, both together
_RATIO = 20
_PNG = b"\x89PNG\r\n\x1a\n"


def uploaded(kind: Literal["photo", "document"], number: int, given: object) -> tuple[Json, Upload]:
    """The fields of a message that holds a file, and the file. Raises Refused where the real server refuses it."""
    if not isinstance(given, Upload):
        raise bad("wrong remote file identifier specified" if given else f"there is no {kind} in the request")
    size = len(given.content)
    if not size:
        raise bad("file must be non-empty")
    if size > LARGEST_FILE:
        raise Refused(413, "Request Entity Too Large")
    file: Json = {"file_id": f"file-{number}", "file_unique_id": f"unique-{number}", "file_size": size}
    if kind == "document":
        return {"document": {**file, "file_name": given.name, "mime_type": given.type}}, given
    if size > LARGEST_PHOTO:
        raise bad(f"file of size {size} bytes is too big for a photo; the maximum size is {LARGEST_PHOTO} bytes")
    width, height = _sides(given.content)
    if width + height > _SIDES or max(width, height) > _RATIO * min(width, height):
        raise bad("PHOTO_INVALID_DIMENSIONS")
    return {"photo": [{**file, "width": width, "height": height}]}, given


def _sides(content: bytes) -> tuple[int, int]:
    """Width and height of a PNG; the real server reads other pictures as well."""
    if len(content) < 24 or not content.startswith(_PNG):
        raise bad("IMAGE_PROCESS_FAILED")
    width, height = struct.unpack(">II", content[16:24])
    return width, height


def png(width: int, height: int, bytes_at_least: int = 0) -> bytes:
    """A PNG of these sides with every byte there is in it, and what looks like a boundary of a form."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))

    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    rest = chunk(b"teXt", bytes(range(256)) * (1 + bytes_at_least // 256) + b'\r\n--"boundary"--\r\n')
    return _PNG + head + rest + chunk(b"IEND", b"")

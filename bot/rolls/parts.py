"""Parts: an XLSX file is a ZIP archive of XML parts that point at each other."""

import io
import zipfile
from collections.abc import Callable, Iterator
from posixpath import dirname, join, normpath
from xml.parsers import expat

from bot.rolls.faults import Unreadable

LARGEST = 600_000_000  # bytes of all parts, unpacked: beyond it a file only pretends to be a roll
_CHUNK = 1 << 16


class Archive:
    """The parts of a workbook."""

    def __init__(self, data: bytes) -> None:
        self._zip = zipfile.ZipFile(io.BytesIO(data))
        infos = self._zip.infolist()
        if sum(info.file_size for info in infos) > LARGEST:
            raise Unreadable("too-large")
        if any(info.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED) for info in infos):
            raise Unreadable("damaged")
        # The standard tells no small letter from a large one in the names of parts.
        self._names = {info.filename.lower(): info.filename for info in infos}

    def chunks(self, part: str) -> Iterator[bytes]:
        """A part's bytes; KeyError where there is none."""
        with self._zip.open(self._names[part.lower()]) as file:
            while chunk := file.read(_CHUNK):
                yield chunk

    def parse(
        self,
        part: str,
        start: Callable[[str, dict[str, str]], None],
        end: Callable[[str], None] | None = None,
        text: Callable[[str], None] | None = None,
    ) -> None:
        """Read a part from its first element to its last."""
        reads = parser(start, end, text)
        for chunk in self.chunks(part):
            reads.Parse(chunk, False)
        reads.Parse(b"", True)

    def targets(self, part: str) -> dict[str, str]:
        """The parts that a part points at, by the ids of the relations."""
        return {id: target for id, _, target in self._relations(part)}

    def related(self, part: str) -> dict[str, str]:
        """The parts that a part points at, by the kind of the relation, of each kind the first."""
        return {kind: target for _, kind, target in reversed(self._relations(part))}

    def _relations(self, part: str) -> list[tuple[str, str, str]]:
        folder, name = dirname(part), part.rpartition("/")[2]
        relations: list[tuple[str, str, str]] = []

        def start(element: str, attributes: dict[str, str]) -> None:
            if local(element) == "Relationship" and attributes.get("TargetMode") != "External":
                target = attributes["Target"]
                path = target.lstrip("/") if target.startswith("/") else normpath(join(folder, target))
                relations.append((attributes["Id"], attributes["Type"].rpartition("/")[2], path))

        where = join(folder, "_rels", f"{name}.rels")
        if where.lower() in self._names:
            self.parse(where, start)
        return relations


def local(name: str) -> str:
    """The name of an element or attribute without its prefix."""
    return name.rpartition(":")[2]


def parser(
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> expat.XMLParserType:
    """A parser that tells of elements and of the text between them."""
    made = expat.ParserCreate()
    made.buffer_text = True
    made.StartElementHandler, made.EndElementHandler, made.CharacterDataHandler = start, end, text
    made.StartDoctypeDeclHandler = _no_doctype
    return made


def _no_doctype(*_: object) -> None:
    raise ValueError("no office program writes one, and by one a small file grows without end")

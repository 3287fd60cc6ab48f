"""Where the reader stands among a paper's headings, and the ids that follow from it."""

from dataclasses import dataclass

from knowledge.documents.document import Heading
from knowledge.documents.numbering import Level, Marker

_LONGEST = 24
_STEMS = {Level.PART: "part", Level.CHAPTER: "ch", Level.SECTION: "sec", Level.ARTICLE: "art"}


class Names:
    """Gives out names, each once: one that was asked for before comes with a number behind it."""

    def __init__(self) -> None:
        self._given: set[str] = set()
        self._times: dict[str, int] = {}

    def is_free(self, name: str) -> bool:
        """Say whether nobody has this name yet."""
        return name not in self._given

    def give(self, name: str, joint: str = "_") -> str:
        """Return the name itself, or "name_2" and so on; one too long for an id becomes "x", "x_2"."""
        base = unique = name if len(name) <= _LONGEST else "x"
        while unique in self._given or len(unique) > _LONGEST:
            base = base if len(unique) <= _LONGEST else "x"
            self._times[base] = self._times.get(base, 1) + 1
            unique = f"{base}{joint}{self._times[base]}"
        self._given.add(unique)
        return unique


@dataclass(slots=True, eq=False)
class Node:
    """A heading that is open: its level (None for a paper and its attachments), its key in ids, its path."""

    level: Level | None
    key: str
    breadcrumb: tuple[Heading, ...]
    paragraphs: int = 0

    @property
    def is_article_item(self) -> bool:
        """Say whether this is a numbered item below an article."""
        above = self.breadcrumb[:-1]
        return any(heading.marker.startswith("第") and "条" in heading.marker for heading in above)


class Outline:
    """The headings that are open at one place, from the paper or one of its attachments down."""

    def __init__(self) -> None:
        self._keys = Names()
        self._attachments = 0
        self._open = [Node(None, "", ())]

    @property
    def here(self) -> Node:
        """The innermost heading."""
        return self._open[-1]

    @property
    def at_top(self) -> bool:
        """Whether no section is open, in the paper or in an attachment."""
        return len(self._open) == 1

    @property
    def in_attachment(self) -> bool:
        """Whether an attachment has begun."""
        return self._attachments > 0

    def enter(self, marker: Marker, title: str) -> None:
        """Open the section of this marker; those of its level and below are closed."""
        while len(self._open) > 1 and (self.here.level or 0) >= marker.level:
            self._open.pop()
        key = self._keys.give(self._key(marker))
        self._open.append(Node(marker.level, key, (*self.here.breadcrumb, Heading(marker.text, title))))

    def name(self, title: str) -> None:
        """Give the innermost heading the title with which its own sentence begins."""
        *above, last = self.here.breadcrumb
        self.here.breadcrumb = (*above, Heading(last.marker, title))

    def _key(self, marker: Marker) -> str:
        above = self.here
        # Articles are counted through a whole paper, whatever its chapters.
        if above.level is None or marker.level is Level.ARTICLE:
            return f"{self._open[0].key}{_STEMS.get(marker.level, 's')}{marker.number}"
        return f"{above.key}-{'i' if above.level is Level.ARTICLE else ''}{marker.number}"

    def attach(self, heading: Heading) -> None:
        """Open a new attachment, outside all sections."""
        self._attachments += 1
        self._open = [Node(None, f"a{self._attachments}-", (heading,))]

    def leave_items(self) -> None:
        """Go back to the article itself: in a law an unnumbered line goes on with it, not with its last item."""
        while self.here.is_article_item:
            self._open.pop()

    def close(self) -> None:
        """Close all sections."""
        del self._open[1:]

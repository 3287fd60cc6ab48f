"""Where a seat stands in a ballot: what of it counts now, and what of it waits. It follows from the ledger's lines."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from types import MappingProxyType

from ballots.ledger import Public


class Choice(StrEnum):
    """What a seat says to an item. By each of them it takes part in the item; only FOR agrees."""

    FOR = "for"
    AGAINST = "against"
    ABSTAIN = "abstain"
    OBJECT = "object"  # with its reason; it goes on the office's mediation list


class By(StrEnum):
    """How a selection came in."""

    NOBODY = ""
    ONLINE = "online"
    PROXY = "proxy"
    PAPER = "paper"


@dataclass(frozen=True, slots=True)
class Selection:
    """One seat's choices by item id, and the reason of each objection. An item that is left out is no participation."""

    choices: Mapping[str, Choice]
    reasons: Mapping[str, str] = field(default_factory=dict)

    def tidy(self) -> "Selection":
        """The same with its reasons trimmed, and without empty ones and those of items that nothing is chosen on."""
        # Half a character, as broken clients send it, is no text and could not be written down.
        whole = {item: reason.encode("utf-8", "replace").decode() for item, reason in self.reasons.items()}
        trimmed = {item: reason.strip() for item, reason in whole.items() if item in self.choices}
        return Selection(self.choices, {item: reason for item, reason in trimmed.items() if reason})

    def without(self, items: set[str]) -> "Selection":
        """The selection without some items."""
        return Selection(
            {item: choice for item, choice in self.choices.items() if item not in items},
            {item: reason for item, reason in self.reasons.items() if item not in items},
        )


BLANK = Selection(MappingProxyType({}), MappingProxyType({}))
_NOTHING: Mapping[str, str] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a seat stands.

    `areas` are its areas in 0.01 m² by path, of those that items are counted over. `selection` is what counts, `by`
    how it came in, `line` its line in the ledger (0: none). `paper` is the form that waits for its second confirmer,
    and `paper_line` its line. `decided` is how the seat votes by the office's word, NOBODY where none was needed.
    `proxy` tells that someone may vote for it; `gone` that it was taken off the roll.

    `by` stays when a correction takes the last choice away: turnout must not tell what was chosen.
    """

    number: int
    heads: int
    areas: Mapping[str, int]
    selection: Selection = BLANK
    by: By = By.NOBODY
    line: int = 0
    paper: Selection | None = None
    paper_line: int = 0
    decided: By = By.NOBODY
    proxy: bool = False
    gone: bool = False

    @classmethod
    def read(cls, line: Public) -> "Standing":
        """Where a seat stands that has just come onto the roll."""
        return cls(line["seat"], line["heads"], dict(line["areas"]))

    def after(self, line: Public, private: Mapping[str, str] = _NOTHING) -> "Standing":
        """Where the seat stands after a line about it; `private` are the line's private words, where they are known.

        Raises KeyError or ValueError where the line is none that this program wrote.
        """
        match line["kind"]:
            case "cast" | "changed":
                return self._taking(_selection(line, private), By(line["by"]), line["n"])
            case "entered":
                return replace(self, paper=_selection(line, private), paper_line=line["n"])
            case "confirmed" if self.paper is not None:
                return self._taking(self.paper, By.PAPER, self.paper_line)
            case "declined":
                return replace(self, paper=None, paper_line=0)
            case "decided":
                decided = By(line["by"])
                dropped = decided is By.ONLINE
                return replace(
                    self,
                    decided=decided,
                    paper=None if dropped else self.paper,
                    paper_line=0 if dropped else self.paper_line,
                )
            case "proxy":
                return replace(self, proxy=True)
            case "revoked":
                after = replace(self, proxy=False)
                # What was said in one's name by someone who may no longer speak does not count.
                return after._empty() if self.by is By.PROXY else after
            case "corrected":
                return self._corrected(line)
            case "released":
                return self  # another account may speak for it; what it has said stays
            case "removed":
                return replace(self._empty(), gone=True, paper=None, paper_line=0, proxy=False)
        raise ValueError(f"no line about a seat: {line['kind']}")

    def without_item(self, item: str) -> "Standing":
        """Where the seat stands once an item was corrected: nothing that was said to the earlier wording counts."""
        return self._without({item})

    def _taking(self, selection: Selection, by: By, line: int) -> "Standing":
        # Written out: a recount does this for every line. Whatever form waited is the one taken, or none did.
        return Standing(
            self.number, self.heads, self.areas, selection, by, line, None, 0, self.decided, self.proxy, self.gone
        )

    def _corrected(self, line: Public) -> "Standing":
        areas = dict(line["areas"])
        if line["anew"]:  # it belongs to someone else now, who has said nothing yet
            return Standing(self.number, line["heads"], areas)
        return replace(self, heads=line["heads"], areas=areas)._without(set(line["dropped"]))

    def _without(self, items: set[str]) -> "Standing":
        paper = self.paper.without(items) if self.paper else None
        return replace(self, selection=self.selection.without(items), paper=paper)

    def _empty(self) -> "Standing":
        return replace(self, selection=BLANK, by=By.NOBODY, line=0)


def reason_field(item: str) -> str:
    """The name of the private field that holds the reason of an objection."""
    return f"reason {item}"


_CHOICES = {choice.value: choice for choice in Choice}


def _selection(line: Public, private: Mapping[str, str]) -> Selection:
    choices = {item: _CHOICES[choice] for item, choice in line["choices"].items()}
    if not private:
        return Selection(choices)
    reasons = {item: private[field] for item in choices if (field := reason_field(item)) in private}
    return Selection(choices, reasons)

"""The box: a ballot and where each of its seats stands, by its ledger's lines; a recount begins from the first line."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from ballots.ballot import Ballot
from ballots.ledger import FORM, Broken, Public, chain
from ballots.standing import Standing


@dataclass(frozen=True, slots=True)
class Box:
    """A ballot as it stands, and its seats by number. Whoever is `gone` stays here, and is not counted."""

    ballot: Ballot
    standings: Mapping[int, Standing]


def recount(lines: Iterable[bytes], private: Callable[[int], Mapping[str, str]] = lambda _: {}) -> Box:
    """The box that a ledger's lines (without line feeds and without the seal) lay down, each line checked.

    `private` gives the private words of a line by its number, where they are known: the reasons of objections.
    Memory grows with the seats, not with the lines. Raises Broken at the first line that is not as it was written, or
    that stands for nothing where it is. Whether every vote in it was allowed is what verify.py looks at as well.
    """
    ballot: Ballot | None = None
    standings: dict[int, Standing] = {}
    number = 0
    for number, line in enumerate(chain(lines), 1):
        try:
            ballot = _opened(line) if ballot is None else _taken(ballot, standings, line, private)
        except (LookupError, TypeError, ValueError, AttributeError) as error:
            if isinstance(error, Broken):
                raise
            raise Broken(number, "it is no line of a ledger") from None
    if ballot is None:
        raise Broken(number + 1, "the ledger is empty")
    if len(standings) < ballot.seats:
        raise Broken(number + 1, "seats of the roll are missing")
    return Box(ballot, standings)


def _opened(line: Public) -> Ballot:
    if line["kind"] != "opened" or line["form"] != FORM:
        raise Broken(line["n"], f"a ledger of the form {FORM} begins by its opening")
    return Ballot.read(line)


def _taken(
    ballot: Ballot, standings: dict[int, Standing], line: Public, private: Callable[[int], Mapping[str, str]]
) -> Ballot:
    after = ballot.after(line)
    if line["kind"] == "seat":
        standing = Standing.read(line)
        if standings.setdefault(standing.number, standing) is not standing:
            raise Broken(line["n"], "the seat stands there already")
    elif "seat" in line:
        standings[line["seat"]] = standings[line["seat"]].after(line, private(line["n"]))
    elif line["kind"] == "corrected":
        standings.update({number: seat.without_item(line["item"]["id"]) for number, seat in standings.items()})
    elif after is ballot:
        raise Broken(line["n"], f"{line['kind']} stands for nothing here")
    return after

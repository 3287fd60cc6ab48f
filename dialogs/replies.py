"""What the bot says: a Reply of text, quotes and buttons, for any channel to show in its own way."""

from dataclasses import dataclass

from dialogs import taps
from dialogs.pictures import Picture


@dataclass(frozen=True, slots=True)
class Quote:
    """The policy's own words and where they stand: the clause's id, and the place as one cites it."""

    clause: str
    text: str
    place: str


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: its label, and what tapping it brings back (see taps.py).

    `says` is the question that it asks, in full, for where there is nothing to tap; "" if it asks none.
    """

    label: str
    tap: str
    says: str = ""

    def __post_init__(self) -> None:
        if not taps.fits(self.tap):
            raise ValueError(f"A button carries 1 to {taps.LONGEST} bytes of ASCII, not {self.tap!r}.")


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence, or a quote, or both: the sentence that the quote carries."""

    text: str = ""
    quote: Quote | None = None


@dataclass(frozen=True, slots=True)
class Reply:
    """One message: its lines from top to bottom, and its buttons. The text is plain: no channel's markup.

    `page`: it is one of many that take each other's place where their buttons are tapped, where a channel can do that.
    `picture` is shown below the text, where a channel can do that; the text says all without it.
    """

    lines: tuple[Line, ...]
    buttons: tuple[Button, ...] = ()
    page: bool = False
    picture: Picture | None = None

    @property
    def text(self) -> str:
        """The whole reply as plain text, quotes in 「」 with their places."""
        return "\n".join(shown for line in self.lines for shown in _shown(line))


def _shown(line: Line) -> list[str]:
    sentence = [line.text] if line.text else []
    if line.quote is None:
        return sentence
    # A title runs over several lines in the paper; here it is one quote.
    return [*sentence, f"「{''.join(line.quote.text.split(chr(10)))}」 {line.quote.place}"]

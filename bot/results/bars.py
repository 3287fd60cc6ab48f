"""Bars: who said what of everyone who is asked, and the lines that the rule asks to be reached.

The patterns tell the choices apart without colours: full, slanting lines, dots, a grid, empty.
"""

from collections.abc import Mapping

from ballots.standing import Choice
from bot.results.canvas import INK, MARGIN, PAPER, ROOM, Canvas
from bot.results.lettering import cut, width

HIGH = 36
_MARK = 12  # how far a mark reaches out of its bar
_FILLS: Mapping[Choice | None, str] = {
    Choice.FOR: "#1b5e52",
    Choice.AGAINST: "url(#against)",
    Choice.ABSTAIN: "url(#abstain)",
    Choice.OBJECT: "url(#object)",
    None: PAPER,
}
_TILE = '<pattern id="{}" width="12" height="12" patternUnits="userSpaceOnUse">{}</pattern>'
_GROUND = '<rect width="12" height="12" fill="{}"/>'
PATTERNS = "".join(
    _TILE.format(name, _GROUND.format(ground) + drawn)
    for name, ground, drawn in (
        ("against", "#f6dfb8", '<path d="M-3 3L3 -3M-3 15L15 -3M9 15L15 9" stroke="#8a4b00" stroke-width="4"/>'),
        ("abstain", "#e9e9e9", '<circle cx="6" cy="6" r="2.6" fill="#555555"/>'),
        ("object", "#fbd5d5", '<path d="M0 0H12V12H0Z" fill="none" stroke="#8e1010" stroke-width="5"/>'),
    )
)


def bar(on: Canvas, parts: Mapping[Choice | None, int], agree: int, quorum: int | None) -> None:
    """A bar as wide as everyone who is asked, with the line for those who agree and the one for those taking part."""
    whole = sum(parts.values())
    top, left = on.y + _MARK, float(MARGIN)
    for choice, amount in parts.items():
        wide = ROOM * amount / whole if whole else 0
        if wide:
            on.rect(left, top, wide, HIGH, _FILLS[choice], INK)
        left += wide
    on.rect(MARGIN, top, ROOM, HIGH, "none", INK)
    if quorum is not None:
        quorum_mark(on, _at(quorum, whole), top)
    agree_mark(on, _at(agree, whole), top)
    on.y = top + HIGH + _MARK


def counted(on: Canvas, reached: int, areas: int) -> None:
    """A bar of areas: those that reached their line, of all."""
    top = on.y + _MARK
    if reached:
        on.rect(MARGIN, top, ROOM * reached / areas, HIGH, _FILLS[Choice.FOR])
    on.rect(MARGIN, top, ROOM, HIGH, "none", INK)
    for n in range(1, areas if areas <= ROOM // 12 else 0):
        on.rect(MARGIN + ROOM * n / areas - 1, top, 2, HIGH, INK)
    on.y = top + HIGH + _MARK


def agree_mark(on: Canvas, x: float, top: float) -> None:
    """A full line with a triangle above."""
    on.path(f"M{x:.1f} {top}V{top + HIGH}", "none", PAPER, ' stroke-width="10"')
    on.path(f"M{x:.1f} {top - 2}V{top + HIGH + 2}", "none", INK, ' stroke-width="4"')
    on.path(f"M{x:.1f} {top + 4}L{x - 11:.1f} {top - _MARK}H{x + 11:.1f}Z", INK)


def quorum_mark(on: Canvas, x: float, top: float) -> None:
    """A broken line with a triangle below."""
    end = top + HIGH
    on.path(f"M{x:.1f} {top}V{end}", "none", PAPER, ' stroke-width="10"')
    on.path(f"M{x:.1f} {top}V{end}", "none", INK, ' stroke-width="4" stroke-dasharray="8 5"')
    on.path(f"M{x:.1f} {end - 4}L{x - 11:.1f} {end + _MARK}H{x + 11:.1f}Z", PAPER, INK, ' stroke-width="3"')


def legend(on: Canvas, choices: Mapping[Choice | None, str], agree: str, quorum: str | None, size: int) -> None:
    """What each pattern and each line means."""
    box, gap, left = 44.0, 14.0, float(MARGIN)
    for choice, words in choices.items():
        wide = box + gap + width(words, size) + 30
        if left + wide > MARGIN + ROOM:
            left, on.y = float(MARGIN), on.y + HIGH + 16
        on.rect(left, on.y, box, HIGH, _FILLS[choice], INK)
        on.word(left + box + gap, on.y + size, words, size)
        left += wide
    on.y += HIGH + 16
    left, column = MARGIN + box / 2, ROOM / 2
    for mark, told in ((agree_mark, agree), (quorum_mark, quorum)):
        if told is not None:
            mark(on, left, on.y + _MARK)
            on.word(left + box / 2 + gap, on.y + _MARK + size, cut(told, size, column - box - gap), size)
            left += column
    on.y += HIGH + 2 * _MARK + 8


def _at(needed: int, whole: int) -> float:
    # Of nobody, or where more is needed than there is, the line is the bar's end.
    return MARGIN + ROOM * min(needed / whole, 1) if whole else MARGIN + ROOM

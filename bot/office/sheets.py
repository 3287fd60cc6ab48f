"""Sheets: what is handed to each seat on paper: whose it is, the code in large letters, a QR and how to join.

One page of HTML per seat, which any browser prints; nothing is loaded from elsewhere. The names stand there in full: a
sheet is for whoever may open the seat's letters.
"""

from collections.abc import Iterable, Iterator
from html import escape

import segno

from bot.office import codes
from bot.office.invitations import Issued
from bot.office.joining import SEAT_LINK, STAFF_LINK
from bot.store.rolls import Place
from dialogs import names
from dialogs.names import Seated
from dialogs.wording import LANGUAGES, Language, wording

# Large enough for old eyes, and small enough that a seat's sheet is one page: what has many letters gets smaller ones.
# A name or a unit is broken only where it is longer than a line.
_STYLE = """
@page { size: A4; margin: 12mm 15mm }
* { box-sizing: border-box }
body { margin: 0; color: #000; background: #fff; font: 24px/1.4 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC",
  "Songti SC", sans-serif }
section { break-after: page; break-inside: avoid; text-align: center }
section:last-child { break-after: auto }
h1, p { margin: 0 0 3mm; text-wrap: balance; overflow-wrap: anywhere }
h1 { font-size: 34px; line-height: 1.3 }
h1.long { font-size: 26px }
h1.longest { font-size: 19px }
.whose { font-size: 30px }
.whose.long { font-size: 22px }
.whose.longest { font-size: 15px }
.piece { display: inline-block }
.code { font: bold 54px/1.3 "DejaVu Sans Mono", Consolas, Menlo, monospace; letter-spacing: 2px; white-space: nowrap;
  border: 3px solid #000; border-radius: 4mm; padding: 3mm }
svg { width: 52mm; height: 52mm }
ol { text-align: left; font-size: 27px; margin: 2mm 0 3mm; padding-left: 13mm; text-wrap: pretty }
.longest ~ .code { font-size: 46px; padding: 1mm }
.longest ~ svg { width: 45mm; height: 45mm }
.longest ~ ol { font-size: 24px }
.en { font: 15px/1.4 Arial, Helvetica, "Liberation Sans", "DejaVu Sans", "Noto Sans CJK SC", sans-serif;
  border-top: 1px solid #000; padding-top: 3mm }
.en p, .en ol { font-size: 15px; margin: 0 0 2mm }
@media screen { section { max-width: 210mm; margin: 0 auto; padding: 15mm; border-bottom: 1px dashed #999 } }
"""
_LONG, _LONGEST = 45, 150  # characters of a heading or of the names


def link(code: str, bot: str, staff: bool = False) -> str:
    """The link into the bot that brings a code along; "" where the bot's name is not known."""
    letters = codes.read(code)
    assert letters is not None, "it is a code of ours"
    return f"https://t.me/{bot}?start={STAFF_LINK if staff else SEAT_LINK}{letters}" if bot else ""


def html(issued: Iterable[Issued], compound: str, bot: str) -> Iterator[str]:
    """The sheets of a compound's seats, piece by piece; `bot` is the bot's name, "" where it is not known."""
    title = escape(wording("zh")("sheet.title", compound=compound))
    yield f'<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n<title>{title}</title>\n'
    yield f"<style>{_STYLE}</style>\n</head>\n<body>\n"
    for one in issued:
        yield _sheet(one, compound, bot)
    yield "</body>\n</html>\n"


def _sheet(issued: Issued, compound: str, bot: str) -> str:
    seated = Seated(compound, issued.place.kind, issued.place.seat)
    told = "".join(_told(seated, issued.place, bot, language) for language in LANGUAGES)
    head, _, how = told.partition("<!--code-->")
    return f'<section>\n{head}<p class="code">{escape(issued.code)}</p>\n{_square(issued.code, bot)}{how}</section>\n'


def _square(code: str, bot: str) -> str:
    """The link as a QR. Without a bot's name there is nothing that it could open."""
    if not bot:
        return ""
    qr = segno.make(link(code, bot), error="m", micro=False)
    return f"{qr.svg_inline(scale=4, border=4, omitsize=True)}\n"


def _told(seated: Seated, place: Place, bot: str, language: Language) -> str:
    """What a sheet says in a language: in the first one whose it is, too, and how to join in large letters."""
    speak = wording(language)
    ways = ("scan", "type") if bot else ("open", "type_it")
    steps = "".join(f"<li>{escape(speak(f'sheet.{step}', bot=f'@{bot}'))}</li>" for step in (*ways, "confirm"))
    keep = f"<p>{escape(speak('sheet.keep'))}</p>\n"
    whole, where = names.place(seated, speak), names.where(seated, speak)
    if language != LANGUAGES[0]:
        return f'<div class="en" lang="{language}"><ol>{steps}</ol>\n{keep}</div>\n'
    heading = f"{escape(whole.removesuffix(where))}{_piece(where)}"
    # What separates two names stays with the first: no line begins with it.
    between, holders = speak.listed(["", ""]), place.seat.holders
    pieces = [_piece(f"{name}{between}" if n < len(holders) else name) for n, name in enumerate(holders, 1)]
    whose = escape(speak("sheet.whose", names="\0")).replace("\0", "".join(pieces))
    return (
        f'<h1 class="{_size(whole)}">{heading}</h1>\n<p class="whose {_size(between.join(holders))}">{whose}</p>\n'
        f"<!--code--><ol>{steps}</ol>\n{keep}"
    )


def _piece(text: str) -> str:
    return f'<span class="piece">{escape(text)}</span>'


def _size(text: str) -> str:
    return "longest" if len(text) > _LONGEST else "long" if len(text) > _LONG else "short"

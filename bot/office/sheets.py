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

# Large enough for old eyes, and small enough that a seat's sheet is one page.
_STYLE = """
@page { size: A4; margin: 15mm }
* { box-sizing: border-box }
body { margin: 0; color: #000; background: #fff; font: 20px/1.5 "Noto Sans CJK SC", "Microsoft YaHei", "PingFang SC",
  "Songti SC", sans-serif }
section { break-after: page; break-inside: avoid; text-align: center }
section:last-child { break-after: auto }
h1 { font-size: 30px; margin: 0 0 3mm; overflow-wrap: anywhere }
p { margin: 4mm 0 }
.whose { font-size: 26px; overflow-wrap: anywhere }
.code { font: bold 48px/1.4 "DejaVu Sans Mono", Consolas, Menlo, monospace; letter-spacing: 2px; white-space: nowrap;
  border: 3px solid #000; border-radius: 4mm; padding: 3mm }
svg { width: 45mm; height: 45mm }
ol { text-align: left; font-size: 24px; margin: 4mm 0; padding-left: 12mm }
.en, .en ol { font-size: 14px }
.en p, .en ol { margin: 2mm 0 }
@media screen { section { max-width: 210mm; margin: 0 auto; padding: 15mm; border-bottom: 1px dashed #999 } }
"""


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
    qr = segno.make(link(issued.code, bot) or issued.code, error="m", micro=False)
    told = "".join(_told(seated, issued.place, bot, language) for language in LANGUAGES)
    code, picture = f'<p class="code">{escape(issued.code)}</p>', qr.svg_inline(scale=4, border=4, omitsize=True)
    head, _, how = told.partition("<!--code-->")
    return f"<section>\n{head}{code}\n{picture}\n{how}</section>\n"


def _told(seated: Seated, place: Place, bot: str, language: Language) -> str:
    """What a sheet says in a language: in the first one whose it is, too, and how to join in large letters."""
    speak = wording(language)
    ways = ("scan", "type") if bot else ("open", "type")
    steps = "".join(f"<li>{escape(speak(f'sheet.{step}', bot=f'@{bot}'))}</li>" for step in (*ways, "confirm"))
    keep = f"<p>{escape(speak('sheet.keep'))}</p>\n"
    where = escape(names.place(seated, speak))
    if language == LANGUAGES[0]:
        whose = escape(speak("sheet.whose", names=speak.listed(list(place.seat.holders))))
        return f'<h1>{where}</h1>\n<p class="whose">{whose}</p>\n<!--code--><ol>{steps}</ol>\n{keep}'
    return f'<div class="en" lang="{language}"><p>{where}</p><ol>{steps}</ol>\n{keep}</div>\n'

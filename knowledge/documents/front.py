"""The lines around a paper's body: title, issuer, number, date, addressees, approval, notes, signature, copies.

What each looks like stands here, and the facts that a document states of itself, taken from such clauses.
"""

import re
from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from knowledge.documents.document import Clause, ClauseKind
from knowledge.documents.lines import Line, squeeze
from knowledge.documents.numbering import marker, number

# In lines; a longer run of short lines is not a title.
LONGEST_TITLE = 8
_GENRES = (
    "通知|意见|办法|方案|规定|条例|细则|决定|决议|公告|通告|通报|公报|函|批复|令|纲要|规划|计划|规则|规程|标准|导则|指南"
    "|要点|措施|请示|报告|纪要|章程|指引|制度|解释|说明|倡议书|公约"
)
_BRACKETED = r"(?:[（(【][^（）()【】]{0,40}[）)】])"
_GENRE_END = re.compile(rf"(?:{_GENRES})》?{_BRACKETED}{{0,3}}$")
_PASSES_ON = re.compile("关于(?:印发|转发|批转|发布|公布|下发)")
_PASSED_ON = re.compile(rf"(?:通知|函|公告|通告|决定|令){_BRACKETED}{{0,3}}$")
_NUMBER = r"[\u4e00-\u9fff]{1,20}\s{0,2}[〔\[［【（(]\s?\d{4}\s?[〕\]］】）)]\s{0,2}第?\s{0,2}\d{1,5}\s{0,2}号"
_NUMBER_LINE = re.compile(rf"(?:{_NUMBER}|第\s{{0,2}}\d{{1,5}}\s{{0,2}}号)")
_NUMBER_FIRST = re.compile(rf"({_NUMBER})\s+\S")
_NUMBER_LAST = re.compile(rf"\S\s+({_NUMBER})$")
_NUMERAL = "[〇○零一二三四五六七八九十\\d]"
_DATE = re.compile(
    rf"({_NUMERAL}{{4}})\s{{0,2}}[年./-]\s{{0,2}}({_NUMERAL}{{1,3}})\s{{0,2}}[月./-]\s{{0,2}}"
    rf"({_NUMERAL}{{1,3}})(?:\s{{0,2}}日|(?!\d))"
)
_DATE_LAST = re.compile(rf"[^\s。；：，,;:]\s+({_DATE.pattern})$")
_LABEL = re.compile(r"([\u4e00-\u9fff]{1,2}[\u4e00-\u9fff\s]{0,8}[\u4e00-\u9fff])\s{0,4}[:：]\s{0,4}(?=\S)")
_LABELS = {
    "标题": ClauseKind.TITLE,
    "发文机关": ClauseKind.ISSUER,
    "发布机构": ClauseKind.ISSUER,
    "发文机构": ClauseKind.ISSUER,
    "发文字号": ClauseKind.NUMBER,
    "文号": ClauseKind.NUMBER,
    "成文日期": ClauseKind.DATE,
    "发文日期": ClauseKind.DATE,
    "印发日期": ClauseKind.DATE,
    "发布日期": ClauseKind.FRONT,
    "索引号": ClauseKind.FRONT,
    "主题分类": ClauseKind.FRONT,
    "主题词": ClauseKind.FRONT,
    "有效性": ClauseKind.FRONT,
    "签发人": ClauseKind.FRONT,
}
_YEARS = re.compile(r"(\d{4})年?\s?(?:[-—–－~～]{1,2}|至|到)\s?(\d{4})年")
_COPIES = re.compile(r"(?:抄送|抄报|分送)(?:\s{0,2}[:：]|$)")
_ENDED = re.compile(r"(?:[。.]|印发|印|日|份[）)]?)$")
_ADOPTION = re.compile("通过|批准|修正|修订|公布|发布|施行")


def parse_date(text: str) -> date | None:
    """Return the last date that a text names, None if it names none that exists."""
    last = None
    for found in _DATE.finditer(text):
        try:
            last = date(*(number(part) for part in found.groups()))
        except ValueError:
            continue
    return last


def divide(line: Line) -> list[Line]:
    """Return the lines that one line holds: a number beside the issuer or the title, a date beside the signature."""
    if len(line.text) > 120 or "\t" in line.raw.strip():
        return [line]
    if found := _NUMBER_FIRST.match(line.text):
        return [line.part(0, found.end(1)), line.part(found.end(1), len(line.text))]
    if (found := _NUMBER_LAST.search(line.text)) or (found := _DATE_LAST.search(line.text)):
        return [line.part(0, found.start(1)), line.part(found.start(1), len(line.text))]
    return [line]


def label(line: Line) -> tuple[ClauseKind, Line] | None:
    """Return the kind and the value of a line such as "发文字号：…" of a web page's head, None for other lines."""
    found = _LABEL.match(line.text)
    kind = _LABELS.get(squeeze(found[1])) if found else None
    if not found or not kind:
        return None
    # A note is kept whole: without its label its value would say nothing.
    return kind, line if kind is ClauseKind.FRONT else line.part(found.end(), len(line.text))


def is_number(text: str) -> bool:
    """Say whether a line is a paper's number: "某政发〔2020〕1号", "第302号"."""
    return len(text) < 60 and bool(_NUMBER_LINE.fullmatch(text))


def is_date(text: str) -> bool:
    """Say whether a line is a date and nothing else, brackets apart."""
    return len(text) < 40 and bool(_DATE.fullmatch(text.strip("（）()")))


def is_issuer(text: str) -> bool:
    """Say whether a line is the red head over a paper: the issuer's name and the word 文件."""
    return 4 < len(text) <= 60 and text.endswith("文件") and not re.search("关于|《|》", text)


def is_addressees(text: str) -> bool:
    """Say whether a line names whom a paper is sent to; a lead-in such as "…通知如下：" does not."""
    return len(text) <= 500 and text[-1] in "：:" and not re.search("[。；]|如下", text)


def is_approval(text: str) -> bool:
    """Say whether a paragraph passes a paper on: "经…同意，现将…印发给你们"."""
    if len(text) > 400:
        return False
    approved = re.search("同意|批准|通过|审定", text)
    return bool(approved and re.search("现[^。]*(?:印发|转发|公布|发布)", text[approved.end() :]))


def is_note(text: str) -> bool:
    """Say whether a line is a note in brackets about a paper's publication: "（此件公开发布）"."""
    return len(text) <= 80 and text[0] in "（(" and text[-1] in "）)" and bool(re.search("此件|公开|联系", text))


def is_adoption(text: str) -> bool:
    """Say whether a line under a title tells when and by whom a law was adopted, approved or amended."""
    return "。" not in text and bool(_DATE.match(text.lstrip("（( ")) and _ADOPTION.search(text))


def is_imprint(text: str) -> bool:
    """Say whether a line is the printing office's: "某办公室 2020年1月1日印发"."""
    return len(text) <= 80 and text.endswith("印发") and bool(_DATE.search(text))


def is_copies(text: str) -> bool:
    """Say whether a line begins the list of those who receive copies."""
    return bool(_COPIES.match(text))


def is_cut_off(copies: str) -> bool:
    """Say whether a list of copies breaks off: it ends neither a sentence nor with the printing office's line."""
    return not _ENDED.search(copies[-8:])


def is_bare(text: str) -> bool:
    """Say whether a line is a short one without a marker or a sentence's punctuation, as titles and names are."""
    return len(text) <= 80 and not re.search("[。；：！？;!?:]|，$|^附件", text) and not marker(text)


def title_end(lines: Sequence[Line]) -> int:
    """Return how many of these lines are one title, 0 if none is.

    A title runs on until it names what the paper is (通知, 办法 …), then over lines in brackets such as "（试行）".
    Where no such word comes within LONGEST_TITLE lines, only the first line is taken.
    """
    joined = ""
    for count, line in enumerate(lines[:LONGEST_TITLE]):
        if not is_bare(line.text) or is_number(line.text) or is_date(line.text) or is_note(line.text):
            break
        joined += squeeze(line.text)
        runs_on = lines[count + 1 : count + 2]
        if _is_whole(joined) and not (runs_on and runs_on[0].text[:1] in tuple("（(") and _continues(runs_on[0].text)):
            return count + 1
    return 1 if joined else 0


def _is_whole(title: str) -> bool:
    return bool(_GENRE_END.search(title)) and (not _PASSES_ON.search(title) or bool(_PASSED_ON.search(title)))


def _continues(text: str) -> bool:
    return is_bare(text) and not (is_note(text) or is_date(text) or is_adoption(text))


def signatures(lines: Sequence[Line | None]) -> set[int]:
    """Return the indexes of the lines that sign a paper: names right above a date. None stands for a table."""
    found, signed = set(), False
    for index in range(len(lines) - 1, -1, -1):
        line = lines[index]
        if line and is_date(line.text):
            signed = True
        elif signed and line and _is_name(line.text):
            found.add(index)
        else:
            signed = False
    return found


def _is_name(text: str) -> bool:
    return (
        len(text) <= 40
        and is_bare(text)
        and not re.search("[，（(《]|关于", text)
        and not (_GENRE_END.search(text) or is_number(text) or is_issuer(text))
    )


def title_of(clauses: Sequence[Clause]) -> str:
    """Return the paper's title without white space, "" if it has none."""
    return next((squeeze(c.text) for c in clauses if c.kind is ClauseKind.TITLE), "")


def issuer_of(clauses: Sequence[Clause]) -> str:
    """Return who issued the paper: by its red head, else by the signatures, else by the title before 关于.

    An order (令) is headed by its issuer and signed by a person: there the title comes first.
    """
    title = title_of(clauses)
    heads = [c for c in clauses if c.kind is ClauseKind.ISSUER and not c.id.startswith("signature")]
    if heads:
        return squeeze(heads[0].text).removesuffix("文件")
    if title.endswith("令"):
        return title.removesuffix("令")
    signed = [squeeze(c.text) for c in clauses if c.kind is ClauseKind.ISSUER]
    if signed:
        return "、".join(dict.fromkeys(signed))
    before, about, _ = title.partition("关于")
    return before if about else ""


def number_of(clauses: Sequence[Clause]) -> str:
    """Return the paper's number without white space, "" if it has none."""
    return next((squeeze(c.text) for c in clauses if c.kind is ClauseKind.NUMBER), "")


def date_of(clauses: Sequence[Clause]) -> date | None:
    """Return the date under the signature, else another date line's, else the last date of the notes.

    For a law the notes under its title tell its adoption and its amendments; the last date there is that of the
    wording at hand, so it is taken rather than the first adoption.
    """
    signed = [c for name, c in pairwise(clauses) if c.kind is ClauseKind.DATE and name.id.startswith("signature")]
    dated = [c for c in clauses if c.kind is ClauseKind.DATE]
    for clause in signed + dated:
        if day := parse_date(clause.text):
            return day
    return parse_date("\n".join(c.text for c in clauses if c.id.split("-")[0] == "note"))


def years_of(title: str) -> tuple[int, int] | None:
    """Return the years that a title says the paper is for, None if it says none."""
    found = _YEARS.search(title)
    return (int(found[1]), int(found[2])) if found else None

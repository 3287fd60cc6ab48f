"""Pages: the policy to leaf through by buttons: the menu, who does what, the steps, and the paper itself.

| name | what it shows |
|---|---|
| `menu`, `menu:<scope>`, `menu:<scope>:<class>` | the menu's scopes, classes and rows |
| `row:<clause>` | a row of the menu |
| `duties`, `duties:<n>`, `duties:<body>` | the bodies, a few at a time; what one of them does |
| `tasks`, `tasks:<task>` | the duties by what is to be done |
| `process`, `process:<n>` | the steps from the survey to the hand-over |
| `paper`, `paper:<n>` | the paper by its parts |

Nothing on a page is said that a clause does not carry: sentences of fact are the library's, figures are counted.
"""

from collections.abc import Callable, Mapping

from dialogs import clauses
from dialogs.pages import duties, menu, paper, process, tasks
from dialogs.replies import Reply
from dialogs.wording import Language, Wording, wording
from knowledge.library import Library

__all__ = ["deep", "page"]

_PAGES: Mapping[str, Callable[[str, Library, Wording], Reply | None]] = {
    "menu": menu.page,
    "row": menu.row,
    "duties": duties.page,
    "tasks": tasks.page,
    "process": process.page,
    "paper": paper.page,
}


def page(name: str, library: Library, language: Language) -> Reply | None:
    """The page of this name, which is what stands after `page:` in a tap; None where there is none."""
    kind, colon, rest = name.partition(":")
    # "menu:" is no name: what has a colon has something behind it.
    return _PAGES[kind](rest, library, wording(language)) if kind in _PAGES and bool(colon) == bool(rest) else None


def deep(payload: str, library: Library, language: Language) -> Reply | None:
    """What a link into the bot shows (the payload of /start): a row's page, another clause whole, or one of the first
    pages; None where it names nothing of the kind."""
    named = payload.strip().lower()
    if named not in library.summaries:
        return page(named, library, language)
    return page(f"row:{named}", library, language) or clauses.whole(named, library, language)

"""Evaluation: questions with the passages that answer them, and what was answered → figures of how good that is.

`read(text)` gives the rows of a questions file, `judge(row, answer, policy)` what became of one of them,
`figures(judged, times)` the table. An expectation is "answer", "dialog" or "abstain"; `gold` is a list of groups, and a
group stands in a quote if any of its substrings does.

| figure | of the rows that expect | what holds |
|---|---|---|
| answered | answer | the kind is "answer" (or a dialog is named, where `either` allows it), and gold is covered |
| offered | dialog | a dialog is named (or the kind is "answer", where `either` allows it), and gold is covered |
| withheld | abstain | the kind is "not_covered" or "out_of_scope" |
| false answer | abstain | the kind is "answer" |
| first | answer, dialog | the first quote holds a substring of any group |
| right | all | whichever of answered, offered and withheld applies; also by style |

Gold is covered if every group stands in the first len(gold) + 3 quotes (four where there is one group). `quoted` is the
median number of characters in the quotes of an answer where one was expected; `foreign` counts quotes that are not in
the policy word for word. White space never counts.
"""

from knowledge.evaluation.figures import Figures, Share, figures
from knowledge.evaluation.judging import Judged, Told, judge, judge_told, squeezed
from knowledge.evaluation.rows import BadRow, Expect, Row, read

__all__ = [
    "BadRow",
    "Expect",
    "Figures",
    "Judged",
    "Row",
    "Share",
    "Told",
    "figures",
    "judge",
    "judge_told",
    "read",
    "squeezed",
]

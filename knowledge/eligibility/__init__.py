"""Eligibility: the facts of a home → what the policy says on whether it is in scope, and what it lays down next.

The text gives scope, never a permit: nothing here says that a home is approved.
"""

from knowledge.eligibility.grounds import Ground, Outcome, bearing, cases, wanted
from knowledge.eligibility.home import FACTS, Built, Home, House, Unit, When
from knowledge.eligibility.items import Basic, ItemJudgement, ItemOutcome, Wish
from knowledge.eligibility.judging import Judgement, Reason, judge
from knowledge.eligibility.steps import Silence, Step

__all__ = [
    "FACTS",
    "Basic",
    "Built",
    "Ground",
    "Home",
    "House",
    "ItemJudgement",
    "ItemOutcome",
    "Judgement",
    "Outcome",
    "Reason",
    "Silence",
    "Step",
    "Unit",
    "When",
    "Wish",
    "bearing",
    "cases",
    "judge",
    "wanted",
]

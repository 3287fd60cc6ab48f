"""Scope: whether a person's own compound is meant, and what the text says for the facts that were given.

That depends on facts that only the person has (二（一）整治范围), so such a question is never simply answered.
"""

from collections.abc import Iterable

from knowledge.answers.question import Question
from knowledge.library import Library, Point

# Facts that decide by themselves which sentence holds, in the order in which they are told.
_FACTS = ("central-units", "simple-house", "dangerous-house", "no-reinforcement-value", "redone-before", "twelfth-plan")
# Facts that hold where no year was given.
_TIMES = ("built-before-1990", "built-after-1990", "energy-standard")
# What was done or not done to a home, or when it was built.
_HISTORY = ("built-before-1990", "built-after-1990", "redone-before", "never-redone", "twelfth-plan")
_OPEN_ASKS = frozenset({"eligible", "whether", "how", "class", "who-pays"})


class Scope:
    """The points on who is in scope."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def asked(self, question: Question) -> bool:
        """Whether the question is if the person's own home is in scope."""
        if question.built:
            return bool(_OPEN_ASKS & set(question.asks)) or not question.asks
        if "central-units" in question.concepts:
            return False
        about_scope = "eligible" in question.asks or "scope" in question.concepts
        own = question.own or any(time in question.concepts for time in _TIMES[:2])
        if about_scope and own and not self._things(question.concepts):
            return True
        # With the home's history told, things in the story only tell more of it: "insulated in 2012, the drains back
        # up, can it still be taken in?"
        asking = (part for part in question.parts if "eligible" in part.asks and set(part.asks) <= _OPEN_ASKS)
        return question.own and self.history(question) and any(not self._things(part.named) for part in asking)

    def history(self, question: Question) -> bool:
        """Whether it tells when the home was built, or what was done to it before."""
        return any(fact in question.concepts for fact in _HISTORY)

    def _things(self, concepts: Iterable[str]) -> bool:
        return any(self._library.kind(concept) == "thing" for concept in concepts)

    def points(self, question: Question) -> list[Point]:
        """What the text says for the facts of the question; the whole list of cases where no year was given.

        1990 itself is neither before nor after: both sentences are told.
        """
        told = ["built-before-1990"] if any(year <= 1990 for year in question.built) else []
        told += ["built-after-1990"] if any(year >= 1990 for year in question.built) else []
        found = [point for concept in told for point in self._about(concept)]
        facts = [fact for fact in _FACTS if fact in question.concepts]
        if question.built:
            facts = [fact for fact in facts if fact != "twelfth-plan"]  # that year was the building's own
        found += [point for fact in facts for point in self._about(fact)[:1]]
        if not question.built:
            found += [point for time in _TIMES if time in question.concepts for point in self._about(time)]
            found += self._about("priority")
        return list(dict.fromkeys(found))

    def _about(self, concept: str) -> list[Point]:
        return list(self._library.telling("eligible", concept))

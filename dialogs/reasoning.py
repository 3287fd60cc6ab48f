"""Reasoning: the evidence of an answer → lines for whoever asks why it is what it is."""

from collections.abc import Iterator
from typing import Any

from dialogs import asking
from dialogs.wording import Language, Wording, wording
from knowledge.answers import Answer, Reason
from knowledge.answers.ranking import Ranked
from knowledge.library import Library


def why(answer: Answer, library: Library, language: Language) -> str:
    """For each question of the message: what was heard, what it turned on, and the best points with their worth."""
    speak = wording(language)
    return "\n\n".join("\n".join(_lines(reason, library, speak)) for reason in answer.evidence.reasons)


def as_data(answer: Answer) -> list[dict[str, Any]]:
    """The same for a program: ids of concepts, asks and clauses instead of words."""
    return [
        {
            "text": reason.text,
            "verdict": reason.verdict,
            "topic": reason.topic or None,
            "concepts": {concept: round(sure, 2) for concept, sure in reason.concepts.items()},
            "asks": list(reason.asks),
            "untold": round(reason.untold, 2),
            "points": [
                {
                    "clause": found.point.clause,
                    "quote": found.point.quote,
                    "worth": round(found.worth, 2),
                    "hunch": round(found.hunch, 2),
                    "shares": sorted(found.shared),
                    "tells": sorted(found.tells),
                }
                for found in reason.ranked
            ],
        }
        for reason in answer.evidence.reasons
    ]


def _lines(reason: Reason, library: Library, speak: Wording) -> Iterator[str]:
    nothing = speak("why.nothing")
    heard = [
        speak("why.heard_one", word=_concept(c, library, speak), sure=f"{s:.2g}") for c, s in reason.concepts.items()
    ]
    yield speak("why.question", text=reason.text.strip())
    yield speak("why.heard", words=speak.listed(heard) or nothing)
    yield speak("why.asks", asks=speak.listed([_ask(ask, library, speak) for ask in reason.asks]) or nothing)
    yield speak("why.untold_share", percent=f"{100 * min(1.0, max(0.0, reason.untold)):.0f}")
    yield speak(f"why.{reason.verdict}", topic=_topic(reason.topic, library, speak))
    for found in reason.ranked:
        yield _point(found, library, speak)


def _point(found: Ranked, library: Library, speak: Wording) -> str:
    told = [_ask(ask, library, speak) for ask in sorted(found.tells)]
    return speak(
        "why.point",
        worth=f"{found.worth:.1f}",
        hunch=f"{found.hunch:.1f}",
        place=asking.place(library.clause(found.point), library, speak.language),
        quote=" ".join(found.point.quote.split()),
        shares=speak.listed([_concept(concept, library, speak) for concept in sorted(found.shared)]) or "–",
        tells=speak.listed(told) or "–",
    )


def _topic(topic: str, library: Library, speak: Wording) -> str:
    if f"missing.{topic}" in speak:
        return speak(f"missing.{topic}")
    return _concept(topic, library, speak) if topic in library.concepts else topic


def _concept(concept: str, library: Library, speak: Wording) -> str:
    """A concept by the first of its words: its commonest name."""
    known = library.concepts[concept]
    return next(iter(known.en if speak.language == "en" else known.zh), concept)


def _ask(ask: str, library: Library, speak: Wording) -> str:
    known = library.asks[ask]
    return next(iter(known.en if speak.language == "en" else known.zh), ask)

"""Office: what is said in the street office's own name: its answers and its contacts, marked as its own."""

from collections.abc import Mapping

from dialogs.replies import Line, Reply
from dialogs.wording import Language, wording

FIELDS = ("name", "address", "hours", "phone")  # the lines of the contacts, in the order in which they are shown


def answer(question: str, text: str, language: Language) -> Reply:
    """The office's answer to a question that a person sent to it."""
    speak = wording(language)
    return Reply(
        (
            Line(speak("office.answered", question=question)),
            Line(speak("office.says", text=text)),
            Line(speak("office.not_the_plan")),
        )
    )


def contact(lines: Mapping[str, str], language: Language) -> str:
    """The office's contacts, line by line under a sentence that says whose they are; "" where there are none."""
    speak = wording(language)
    shown = [speak(f"office.{field}", value=lines[field]) for field in FIELDS if field in lines]
    return "\n".join([speak("office.contact"), *shown]) if shown else ""

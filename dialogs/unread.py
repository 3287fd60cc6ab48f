"""Unread: what is said of messages that are no text: pictures, sounds, files …, alone or beside a text."""

from dialogs.outcomes import sentence
from dialogs.replies import Reply
from dialogs.wording import Language, wording

# What cannot be read, by the sentence that tells so.
_UNREAD = {
    kind: group
    for group, kinds in {
        "picture": "photo video animation",
        "sound": "voice audio video_note",
        "sticker": "sticker dice",
        "place": "location venue",
        "contact": "contact",
        "document": "document",
        "poll": "poll",
    }.items()
    for kind in kinds.split()
}


def alone(kind: str, language: Language) -> Reply:
    """What is said of such a message."""
    return sentence(f"other.{_UNREAD.get(kind, 'else')}", language)


def beside(kind: str, language: Language) -> str:
    """What is said of such a thing beside a text that was answered."""
    speak = wording(language)
    key = f"beside.{_UNREAD.get(kind, 'else')}"
    return speak(key if key in speak else "beside.else")

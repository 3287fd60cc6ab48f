"""Persons: who it is that writes in a conversation, as the office's record knows accounts."""


def person(channel: str, conversation: str) -> str:
    """The key of whoever writes in a conversation: "telegram/<bot>/<user>", alike in every chat of that bot; of a
    terminal the conversation itself."""
    if channel == "telegram":
        _, bot, _, user, _ = conversation.split("/")
        return f"{channel}/{bot}/{user}"
    return conversation


def is_private(channel: str, conversation: str) -> bool:
    """Whether nobody else reads along: in Telegram a chat with one person has that person's number."""
    if channel == "telegram":
        _, _, chat, user, _ = conversation.split("/")
        return chat == user
    return True

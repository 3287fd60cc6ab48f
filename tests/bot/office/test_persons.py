"""Who somebody is, by the conversation: alike in every chat of a bot, and private only where nobody reads along."""

import pytest

from bot.office.persons import is_private, person


@pytest.mark.parametrize(
    ("conversation", "key", "private"),
    [
        ("telegram/123/7/7/0", "telegram/123/7", True),
        ("telegram/123/7/7/5", "telegram/123/7", True),
        ("telegram/123/-100/7/0", "telegram/123/7", False),
        ("telegram/123/-100/0/0", "telegram/123/0", False),
        ("console/local", "console/local", True),
    ],
)
def test_a_person_is_told_by_bot_and_account(conversation: str, key: str, private: bool) -> None:
    channel = conversation.partition("/")[0]
    assert (person(channel, conversation), is_private(channel, conversation)) == (key, private)

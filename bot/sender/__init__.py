"""The sender: from the outbox to the people. What a call came to, how fast one may call, and who calls when."""

from bot.sender.limits import Limit, Limits
from bot.sender.outcomes import Delivered, Later, Never, Outcome, Unknown
from bot.sender.sender import Sender

__all__ = ["Delivered", "Later", "Limit", "Limits", "Never", "Outcome", "Sender", "Unknown"]

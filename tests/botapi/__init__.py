"""A Bot API server on the loopback that refuses what the real one refuses, and records every call.

In one event loop with the bot: `async with BotApi() as api:`. As a process of its own: `with Remote.start() as api:`.
"""

from tests.botapi.api import TOKEN, BotApi
from tests.botapi.calls import Call
from tests.botapi.faults import Fault, Faults
from tests.botapi.messages import Chat, Message, Upload
from tests.botapi.remote import Remote

__all__ = ["TOKEN", "BotApi", "Call", "Chat", "Fault", "Faults", "Message", "Remote", "Upload"]

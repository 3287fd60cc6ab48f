"""The store: what is kept, and all SQL. One writer thread, one transaction a batch; nothing outside writes."""

from bot.store.faults import StoreFault
from bot.store.inbox import Arrival, Received
from bot.store.outbox import Call, Sent, Waiting
from bot.store.store import Store, Transaction

__all__ = ["Arrival", "Call", "Received", "Sent", "Store", "StoreFault", "Transaction", "Waiting"]

"""Boxes: ballots recounted from their ledgers. A head stands for all the lines before it, so what was counted for one
need not be counted again."""

from collections import OrderedDict

from ballots.box import Box
from bot.store.ballots import Ballots, Record

_KEPT = 8
_counted: OrderedDict[str, Box] = OrderedDict()


def box(ballots: Ballots, record: Record) -> Box:
    """A ballot and all of its seats. `record` is the ballot as it stands in this transaction, opened.

    Raises Broken where the ledger is not as it was written.
    """
    head = record.head.hash
    found = _counted.pop(head, None) or ballots.box(record.id)
    _counted[head] = found
    if len(_counted) > _KEPT:
        _counted.popitem(last=False)
    return found

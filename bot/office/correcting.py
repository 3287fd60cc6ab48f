"""Correcting an item of an open ballot: its class, or its plain words. What was chosen on it is void, and whoever has
taken part is told. The roll is corrected by its import; see rolls.py."""

from dataclasses import replace

from ballots import correcting
from ballots.ballot import Ballot, BallotItem, State
from ballots.draft import BEIJING
from ballots.outcomes import Reason, Refused
from ballots.roll import Kind
from ballots.rules import HANDBOOK, Matter, by_law
from bot.channels import unasked
from bot.office import finding
from bot.office.acting import Acting, act
from bot.office.announcing import told_of
from bot.office.ballots import held
from bot.office.recording import name, record, refusal, secret, words
from bot.office.telling import Calls, tell
from bot.store.ballots import Record
from bot.store.invitations import Invitations
from dialogs import notices
from dialogs.replies import Reply
from dialogs.wording import Language

_CALLS = unasked.calls


@act("ballot.correct", find=finding.ballot)
def correct(
    acting: Acting,
    found: Record,
    item: str,
    because: str,
    matter: Matter | None = None,
    zh: str | None = None,
    en: str | None = None,
    calls: Calls = _CALLS,
) -> Ballot:
    """Correct an item of an open ballot, by its id: its class, and with it the law's rule; or its plain words in a
    language. What is None stays. The policy's own words are never corrected."""
    ballots = held(acting, found, State.OPEN)
    ballot, box = ballots.ballot(found.id), ballots.box(found.id)
    before = ballot.items.get(item.strip().lower())
    if before is None:
        raise refusal(Refused(Reason.UNKNOWN_ITEM, item.strip()))
    after = _worded(before, zh, en)
    if matter is not None and matter is not before.matter:
        after = replace(_ruled(ballot, after, matter), matter=matter, set_by=name(acting))
    outcome = correcting.correct_item(ballot, box.standings.values(), after, words(because), acting.now, secret(acting))
    done = record(acting, found.id, outcome)

    def says(language: Language) -> Reply:
        plain = after.item.zh if language == "zh" else after.item.en
        return notices.corrected(told_of(acting, found.id), plain, because.strip(), language)

    seats, members = ballots.seat_ids(found.id), Invitations(acting.tx.connection).members(found.compound, found.kind)
    joined = (members[seats[number]] for number in done.tell if seats[number] in members)
    once = {member.conversation: member for member in joined}  # however many seats an account has
    tell(acting.tx, once.values(), says, calls, acting.now)
    return ballots.ballot(found.id)


def _worded(before: BallotItem, zh: str | None, en: str | None) -> BallotItem:
    """The item with other plain words. Raises Refusal where they are empty."""
    item = before.item
    plain_zh, plain_en = item.zh if zh is None else words(zh), item.en if en is None else words(en)
    if not (plain_zh and plain_en):
        raise refusal(Refused(Reason.TEXT_MISSING))
    return replace(before, item=replace(item, zh=plain_zh, en=plain_en))


def _ruled(ballot: Ballot, item: BallotItem, matter: Matter) -> BallotItem:
    """The item with the rule of another class: the law's, of the day of the opening. A rule of the ballot's own, and
    the elevator handbook's, do not go by class."""
    if ballot.kind is not Kind.OWNERS or item.rule.id == HANDBOOK.id:
        return item
    return replace(item, rule=by_law(matter, ballot.opens.astimezone(BEIJING).date()))

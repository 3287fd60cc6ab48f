"""Who may do what: every act × every role × own or another street, each act carried out; refusals change nothing and
leave a line without names in the audit."""

import pkgutil
import secrets
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from importlib import import_module
from typing import Any

import pytest

import bot.office
from ballots.ballot import Works
from ballots.roll import Kind
from ballots.standing import By, Choice
from bot.channels.unasked import calls
from bot.office import (
    auditing,
    ballots,
    book,
    correcting,
    demo,
    drafting,
    invitations,
    paper,
    proxies,
    reports,
    rolls,
    summary,
)
from bot.office import staff as staff_acts
from bot.office.acting import ACTS, Acting, Refusal
from bot.office.drafting import Wish
from bot.office.roles import Actor, Role
from bot.store import Transaction
from bot.store.book import Book
from bot.store.invitations import Invitations, Member
from bot.store.rolls import Rolls
from bot.store.staff import StaffList
from bot.times import utc
from tests.bot.office.kit import done
from tests.bot.office.town import ITEM, LABELS, Town, committee
from tests.bot.store.kit import transaction

KEY = b"k" * 32

# ---- the rights, in words --------------------------------------------------------------------------------------------

THE_DISTRICT = "only the district, of every street"
OWN_STREET = "the district, and staff of a street in their own"
ANY_STAFF = "the district and staff of every street, each of what is theirs"

RIGHTS: Mapping[str, str] = {
    act: right
    for right, acts in {
        THE_DISTRICT: """
            street.add street.rename street.remove
            staff.invite staff.code staff.suspend staff.resume staff.remove""",
        OWN_STREET: """
            compound.add compound.rename compound.remove compound.works compound.show
            roll.check roll.import roll.show roll.export
            invite.issue invite.revoke invite.list seat.check seat.release
            ballot.draft ballot.redraft ballot.schedule ballot.drop ballot.open ballot.extend ballot.correct
            ballot.close ballot.certify ballot.void ballot.show
            paper.enter paper.confirm paper.decline paper.decide paper.list proxy.appoint proxy.revoke
            turnout tally objections export export.files
            demo.make demo.remove""",
        ANY_STAFF: "street.list compound.list ballot.list summary audit",
    }.items()
    for act in acts.split()
}

# Who they are → what becomes of it, by the right: "" is done, else the reason of the refusal.
MAY: Mapping[str, Mapping[str, str]] = {
    "the district": {THE_DISTRICT: "", OWN_STREET: "", ANY_STAFF: ""},
    "staff of the own street": {THE_DISTRICT: "role", OWN_STREET: "", ANY_STAFF: ""},
    "staff of another street": {THE_DISTRICT: "role", OWN_STREET: "street", ANY_STAFF: ""},
    "a member of the committee": {THE_DISTRICT: "role", OWN_STREET: "role", ANY_STAFF: "role"},
    "an owner": {THE_DISTRICT: "role", OWN_STREET: "role", ANY_STAFF: "role"},
    "anyone": {THE_DISTRICT: "role", OWN_STREET: "role", ANY_STAFF: "role"},
}


def actor(who: str, town: Town) -> Actor:
    return {
        "the district": Actor(town.district, Role.DISTRICT),
        "staff of the own street": Actor(town.near, Role.STREET, town.street),
        "staff of another street": Actor(town.far, Role.STREET, town.other_street),
        "a member of the committee": Actor("telegram/1/2", Role.COMMITTEE),
        "an owner": Actor("telegram/1/3", Role.OWNER),
        "anyone": Actor("telegram/1/4", Role.ANYONE),
    }[who]


# ---- what each act is carried out on ---------------------------------------------------------------------------------


class Scene:
    """The made-up office, and what acts before this one have made."""

    def __init__(self, town: Town, acting: Acting) -> None:
        # `before` is somebody else of the district: who enters a form cannot confirm it.
        self.town, self.before = town, acting
        self.now = acting.now

    def must(self, came: Any) -> Any:
        assert not isinstance(came, Refusal), came.key
        return came

    @property
    def draft(self) -> str:
        closes = self.now + timedelta(days=7)
        wish = [Wish(ITEM)]
        drafted = drafting.draft(self.before, self.town.compound, Kind.COMMITTEE, wish, None, closes, "选单")
        return str(self.must(drafted).record.id)

    @property
    def open(self) -> str:
        id = self.draft
        self.must(ballots.open_ballot(self.before, id, at_once=True))
        return id

    @property
    def closed(self) -> str:
        id = self.open
        self.must(ballots.close(self.before, id, "测试"))
        return id

    @property
    def entered(self) -> str:
        id = self.open
        self.must(paper.enter(self.before, id, "1", {ITEM: Choice.FOR}, {}, "收表人"))
        return id

    @property
    def empty_compound(self) -> str:
        return Book(self.before.tx.connection).add_compound(self.town.street, "空院", self.now).id

    @property
    def seat(self) -> str:
        return Rolls(self.before.tx.connection).ids(self.town.compound, Kind.COMMITTEE)["1"]

    @property
    def joined(self) -> str:
        seat = self.seat
        member = Member(seat, "telegram/1/9", "telegram", "telegram/1/9/9/0", self.now)
        Invitations(self.before.tx.connection).join(member)
        return seat

    @property
    def invited(self) -> str:
        self.must(invitations.issue(self.before, self.town.compound, Kind.COMMITTEE, KEY))
        return self.town.compound

    @property
    def empty_street(self) -> str:
        return Book(self.before.tx.connection).streets()[9].id

    @property
    def suspended(self) -> str:
        self.must(staff_acts.suspend(self.before, self.town.far))
        return self.town.far

    @property
    def proxied(self) -> str:
        id = self.open
        self.must(proxies.appoint(self.before, id, "1", "张代"))
        return id

    @property
    def demo(self) -> str:
        return str(self.must(demo.make(self.before, self.town.street, KEY)).compound.id)

    @property
    def later(self) -> datetime:
        return self.now + timedelta(days=9)


# Act → what it needs, made before; then how it is called with that.
CASES: Mapping[str, tuple[Callable[[Scene], Any], Callable[[Acting, Any, Town], Any]]] = {
    "street.add": (lambda s: None, lambda a, it, t: book.add_street(a, "新街道")),
    "street.rename": (lambda s: s.empty_street, lambda a, it, t: book.rename_street(a, it, "改名街道")),
    "street.remove": (lambda s: s.empty_street, lambda a, it, t: book.remove_street(a, it)),
    "street.list": (lambda s: None, lambda a, it, t: book.list_streets(a)),
    "compound.add": (lambda s: None, lambda a, it, t: book.add_compound(a, t.street, "新小区")),
    "compound.rename": (lambda s: None, lambda a, it, t: book.rename_compound(a, t.compound, "改名小区")),
    "compound.remove": (lambda s: s.empty_compound, lambda a, it, t: book.remove_compound(a, it)),
    "compound.works": (
        lambda s: None,
        lambda a, it, t: book.record_basic_works(a, t.compound, Works.PLANNED, "居委会", a.now.date()),
    ),
    "compound.show": (lambda s: None, lambda a, it, t: book.show_compound(a, t.compound)),
    "compound.list": (lambda s: None, lambda a, it, t: book.list_compounds(a)),
    "roll.check": (lambda s: None, lambda a, it, t: rolls.check_roll(a, t.compound, committee(), {})),
    "roll.import": (lambda s: None, lambda a, it, t: rolls.import_roll(a, t.compound, committee(), {})),
    "roll.show": (lambda s: None, lambda a, it, t: rolls.show_roll(a, t.compound, Kind.COMMITTEE)),
    "roll.export": (lambda s: None, lambda a, it, t: rolls.export_roll(a, t.compound, Kind.COMMITTEE)),
    "invite.issue": (lambda s: None, lambda a, it, t: invitations.issue(a, t.compound, Kind.COMMITTEE, KEY)),
    "invite.revoke": (lambda s: s.invited, lambda a, it, t: invitations.revoke(a, it, Kind.COMMITTEE)),
    "invite.list": (lambda s: None, lambda a, it, t: invitations.listed(a, t.compound, Kind.COMMITTEE)),
    "seat.check": (lambda s: s.joined, lambda a, it, t: invitations.joined_seat(a, t.compound, Kind.COMMITTEE, "1")),
    "seat.release": (lambda s: s.joined, lambda a, it, t: invitations.release(a, it, "手机丢了", calls)),
    "staff.invite": (lambda s: None, lambda a, it, t: staff_acts.invite(a, "孙新来", t.street, KEY)),
    "staff.code": (lambda s: None, lambda a, it, t: staff_acts.new_code(a, t.far, KEY)),
    "staff.suspend": (lambda s: None, lambda a, it, t: staff_acts.suspend(a, t.far)),
    "staff.resume": (lambda s: s.suspended, lambda a, it, t: staff_acts.resume(a, it)),
    "staff.remove": (lambda s: None, lambda a, it, t: staff_acts.remove(a, t.far)),
    "ballot.draft": (
        lambda s: s.later,
        lambda a, it, t: drafting.draft(a, t.compound, Kind.COMMITTEE, [Wish(ITEM)], None, it, "选单"),
    ),
    "ballot.redraft": (lambda s: s.draft, lambda a, it, t: drafting.redraft(a, it, title="改题")),
    "ballot.schedule": (lambda s: s.draft, lambda a, it, t: drafting.schedule(a, it)),
    "ballot.drop": (lambda s: s.draft, lambda a, it, t: drafting.drop(a, it)),
    "ballot.open": (lambda s: s.draft, lambda a, it, t: ballots.open_ballot(a, it, at_once=True)),
    "ballot.extend": (
        lambda s: (s.open, s.later),
        lambda a, it, t: ballots.extend(a, it[0], it[1], "参加的还不够"),
    ),
    "ballot.correct": (
        lambda s: s.open,
        lambda a, it, t: correcting.correct(a, it, ITEM, "写错了", zh="装电梯"),
    ),
    "ballot.close": (lambda s: s.open, lambda a, it, t: ballots.close(a, it, "测试")),
    "ballot.certify": (lambda s: s.closed, lambda a, it, t: ballots.certify(a, it)),
    "ballot.void": (lambda s: s.open, lambda a, it, t: ballots.void(a, it, "测试")),
    "ballot.show": (lambda s: s.open, lambda a, it, t: ballots.show(a, it)),
    "ballot.list": (lambda s: s.open, lambda a, it, t: ballots.listed(a)),
    "paper.enter": (
        lambda s: s.open,
        lambda a, it, t: paper.enter(a, it, "1", {ITEM: Choice.FOR}, {}, "收表人"),
    ),
    "paper.confirm": (lambda s: s.entered, lambda a, it, t: paper.confirm(a, it, "1")),
    "paper.decline": (lambda s: s.entered, lambda a, it, t: paper.decline(a, it, "1", "打错了")),
    "paper.decide": (lambda s: s.entered, lambda a, it, t: paper.decide(a, it, "1", By.ONLINE, "本人要求")),
    "paper.list": (lambda s: s.entered, lambda a, it, t: paper.waiting(a, it)),
    "proxy.appoint": (lambda s: s.open, lambda a, it, t: proxies.appoint(a, it, "1", "张代")),
    "proxy.revoke": (lambda s: s.proxied, lambda a, it, t: proxies.revoke(a, it, "1")),
    "turnout": (lambda s: s.open, lambda a, it, t: reports.turned_out(a, it)),
    "tally": (lambda s: s.closed, lambda a, it, t: reports.tallied(a, it)),
    "objections": (lambda s: s.closed, lambda a, it, t: reports.objected(a, it)),
    "export": (lambda s: s.closed, lambda a, it, t: reports.public_list(a, it)),
    "export.files": (lambda s: s.closed, lambda a, it, t: reports.exported(a, it)),
    "summary": (lambda s: s.closed, lambda a, it, t: summary.summarised(a)),
    "audit": (lambda s: s.open, lambda a, it, t: auditing.audit(a, 1000)),
    "demo.make": (lambda s: None, lambda a, it, t: demo.make(a, t.street, KEY)),
    "demo.remove": (lambda s: s.demo, lambda a, it, t: demo.remove(a, it)),
}


# ---- the matrix ------------------------------------------------------------------------------------------------------


def test_every_act_of_the_office_has_its_right_and_its_case_here() -> None:
    for module in pkgutil.iter_modules(bot.office.__path__):
        import_module(f"bot.office.{module.name}")
    assert ACTS.keys() == RIGHTS.keys() == CASES.keys()


def test_every_role_is_in_the_matrix(town: Town) -> None:
    assert {actor(who, town).role for who in MAY} == set(Role)


def everything(tx: Transaction) -> dict[str, list[Any]]:
    tables = [row["name"] for row in tx.connection.rows("select name from sqlite_master where type = 'table'")]
    return {
        table: [*map(dict, tx.connection.rows(f"select * from {table}"))]
        for table in tables
        if table not in ("audit", "sqlite_sequence")
    }


@pytest.fixture
def second(town: Town) -> str:
    """Somebody else of the district."""
    return done(
        town.path, lambda tx: StaffList(tx.connection).add("钱另一", "district", "", "active", "no code", utc()).id
    )


@pytest.mark.parametrize("name", sorted(RIGHTS))
def test_an_act_is_done_by_those_who_may_and_by_nobody_else(town: Town, second: str, name: str) -> None:
    prepare, call = CASES[name]
    for who, by_right in MAY.items():
        with transaction(town.path) as tx:
            now = utc()
            before = Acting(tx, Actor(second, Role.DISTRICT), now, secrets.token_bytes)
            it = prepare(Scene(town, before))
            was = everything(tx)
            lines = tx.connection.rows("select count(*) as n from audit")[0]["n"]
            came = call(Acting(tx, actor(who, town), now + timedelta(seconds=1), secrets.token_bytes), it, town)
            wanted = by_right[RIGHTS[name]]
            assert (came.key if isinstance(came, Refusal) else "") == wanted, who
            noted = tx.connection.rows("select who, act, outcome, reason, about from audit where seq > :n", n=lines)
            outcome = ("refused", wanted) if wanted else ("done", "")
            last = noted[-1]
            assert (last["who"], last["act"]) == (actor(who, town).id, name), who
            assert (last["outcome"], last["reason"]) == outcome, who
            if wanted:
                assert len(noted) == 1 and everything(tx) == was, who
            kept = repr(tx.connection.rows("select * from audit"))
            assert not [label for label in (*LABELS, "孙新来", "张代", "收表人", "手机丢了") if label in kept], who


@pytest.mark.parametrize("name", sorted(act for act, right in RIGHTS.items() if right == OWN_STREET))
def test_what_stands_in_another_street_is_told_in_the_words_of_what_is_not_there(town: Town, name: str) -> None:
    from dialogs.wording import LANGUAGES, wording

    assert ACTS[name].find is not None
    for language in LANGUAGES:
        assert wording(language)(Refusal("street").sentence) == wording(language)(Refusal("no_such").sentence)


def test_lists_show_staff_of_a_street_nothing_of_the_others(town: Town) -> None:
    with transaction(town.path) as tx:
        before = Acting(tx, Actor(town.district, Role.DISTRICT), utc(), secrets.token_bytes)
        ballot = Scene(town, before).open
        far = Acting(tx, actor("staff of another street", town), utc(), secrets.token_bytes)
        for listed in (
            book.list_streets(far),
            book.list_compounds(far),
            ballots.listed(far),
            summary.summarised(far),
            auditing.audit(far, 1000),
        ):
            assert not [id for id in (town.street, town.compound, ballot, town.district) if id in repr(listed)]
        assert town.elsewhere in repr(book.list_compounds(far))

"""The schema: the tables, as a list of migrations that only ever grows, and what to do with databases of other ages.

Inside one write transaction: a database is brought up to date wholly or not at all.
"""

import sqlite3
from collections.abc import Callable, Sequence
from pathlib import Path

from sqlite_utils import Database, Migrations

from bot.store.dialect import Sqlite
from bot.store.faults import StoreFault

# Stands in the file's head and tells our databases from those of other programs: "JIUG".
APPLICATION = 0x4A495547

FRAME = (
    # What people did, as it came. `seq` is the order of arrival, `id` is the channel's own and met only once.
    # `message` is the person's message in its chat, for later edits of it. The payload is erased when the row is done.
    """
    create table inbox (
        seq {serial},
        id text not null unique,
        channel text not null,
        conversation text not null,
        message text not null,
        state text not null check (state in ('open', 'done', 'aside')),
        payload text,
        attempts integer not null default 0,
        reason text not null default '',
        due text not null,
        received text not null,
        done text
    )
    """,
    "create index inbox_open on inbox (conversation, seq) where state = 'open'",
    "create index inbox_due on inbox (channel, seq) where state = 'open'",
    "create index inbox_done on inbox (conversation, done)",
    # What is said to them: one row a call to the channel. A `lane` (a chat) is served in order, replies before
    # what nobody asked for. `question` and `slot` say which message it answers, and which part of the answer it is;
    # `kind` whether the part is sent, put in place of an earlier one, or taken away. `message` is the channel's id of
    # what was delivered. The payload is erased with the row's end.
    """
    create table outbox (
        seq {serial},
        id text not null unique,
        inbox text not null references inbox (id),
        channel text not null,
        conversation text not null,
        lane text not null,
        unasked integer not null,
        kind text not null check (kind in ('send', 'edit', 'delete', 'other')),
        question text not null,
        slot integer not null,
        replaces text not null,
        state text not null check (state in ('open', 'delivered', 'never', 'unknown')),
        payload text,
        tries integer not null default 0,
        message text not null default '',
        reason text not null default '',
        created text not null,
        settled text
    )
    """,
    "create index outbox_open on outbox (channel, seq) where state = 'open'",
    "create index outbox_answers on outbox (conversation, question, slot, seq)",
    "create index outbox_inbox on outbox (inbox)",
    # What each conversation remembers; `reachable` is 0 while the person has blocked the bot.
    """
    create table session (
        conversation text primary key,
        data text not null,
        reachable integer not null default 1,
        updated text not null
    )
    """,
)

OFFICE = (
    # What was asked, masked, kept until `kept_until`: so that its answer can be judged, and for the office. `clause` is
    # what was shown first. `consulted`: sent to the street office with the person's consent; `answered`: by it.
    """
    create table question (
        seq {serial},
        id text not null unique,
        channel text not null,
        conversation text not null,
        text text not null,
        language text not null,
        ended text not null,
        clause text not null,
        judged text not null default '' check (judged in ('', 'good', 'bad')),
        asked text not null,
        consulted text,
        answered text,
        kept_until text not null
    )
    """,
    "create index question_conversation on question (conversation)",
    "create index question_kept on question (kept_until)",
    "create index question_consulted on question (consulted) where consulted is not null",
    # What the office itself has laid down: questions bound to clauses (`key` is what others are compared with), plain
    # sentences out of service, and how it can be reached, one row a line.
    "create table taught (id text primary key, question text not null, key text not null unique, "
    "clause text not null, since text not null)",
    "create table silence (clause text primary key, reason text not null, since text not null)",
    "create table contact (language text not null, field text not null, value text not null, since text not null, "
    "primary key (language, field))",
)


# Whether what is said is a page, which the next one may take the place of.
PAGES = ("alter table outbox add column page integer not null default 0",)


def _tables(statements: Sequence[str]) -> Callable[[Database], None]:
    """The step that makes or changes tables."""

    def step(db: Database) -> None:
        for statement in statements:
            db.execute(statement.format(serial=Sqlite.serial))

    return step


# Names never change once they are out: they are how a database tells its age.
STEPS: tuple[tuple[str, Callable[[Database], None]], ...] = (
    ("frame", _tables(FRAME)),
    ("office", _tables(OFFICE)),
    ("pages", _tables(PAGES)),
)


def bring_up_to_date(connection: Sqlite, path: Path) -> list[str]:
    """Bring a database to this version's tables; the names of the steps that were taken.

    StoreFault, with nothing changed, where the file belongs to another program or to a newer Jiugai.
    """
    connection.begin()
    try:
        steps = pending(connection, path)
        if steps:
            db = _database(connection)
            db.execute(f"pragma application_id = {APPLICATION}")
            _migrations().apply(db)
        connection.commit()
    except BaseException:
        connection.rollback()
        raise
    return steps


def pending(connection: Sqlite, path: Path) -> list[str]:
    """The names of the steps that a database still lacks; StoreFault where it is another program's, or newer."""
    db = _database(connection)
    application = int(db.execute("pragma application_id").fetchone()[0])
    if application != APPLICATION and (application or db.table_names()):
        raise StoreFault(
            f"{path} 是别的程序的数据库，没有动它。请用 JIUGAI_DATABASE 指到别的文件。 "
            f"{path} belongs to another program and was left alone. Let JIUGAI_DATABASE name another file."
        )
    migrations = _migrations()
    known = {name for name, _ in STEPS}
    if any(applied.name not in known for applied in migrations.applied(db)):
        raise StoreFault(
            f"{path} 是更新版本的旧改助手写的，没有动它。请升级旧改助手再启动。 "
            f"{path} was written by a newer Jiugai and was left alone. Update Jiugai and start again."
        )
    return [step.name for step in migrations.pending(db)]


def _database(connection: Sqlite) -> Database:
    # Plugins are for sqlite-utils' own command line.
    return Database(connection.raw, execute_plugins=False)


def _migrations() -> Migrations:
    migrations = Migrations("jiugai")
    for name, step in STEPS:
        migrations(name=name)(step)
    return migrations


def check(connection: Sqlite) -> None:
    """sqlite3.DatabaseError where the file's pages or its foreign keys do not hold together."""
    if [row[0] for row in connection.raw.execute("pragma integrity_check")] != ["ok"]:
        raise _corrupt()
    if connection.raw.execute("pragma foreign_key_check").fetchone():
        raise _corrupt()


def _corrupt() -> sqlite3.DatabaseError:
    error = sqlite3.DatabaseError("integrity check failed")
    error.sqlite_errorname = "SQLITE_CORRUPT"
    return error

"""The tables, one group for each step of the schema; `{serial}` is a column that counts rows as they come."""

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

BOOK = (
    # The office's book. Ids are random and short; names are data of the office. Nothing is deleted that a ledger may
    # point at: seats that left the roll are `gone`.
    "create table street (seq {serial}, id text not null unique, name text not null unique, since text not null)",
    # How far the basic works are, on whose word, and on which day ("" where nothing was recorded). `demo`: made up to
    # try things on, and removed again as a whole; a compound is that from its beginning or never.
    """
    create table compound (
        seq {serial},
        id text not null unique,
        street text not null references street (id),
        name text not null,
        works text not null default '' check (works in ('', 'planned', 'under-way', 'done')),
        works_said text not null default '',
        works_on text not null default '',
        demo integer not null default 0,
        since text not null,
        unique (street, name)
    )
    """,
    "create trigger compound_demo before update of demo on compound "
    "begin select raise(abort, 'a compound stays what it is'); end",
    # Who may take part in what kind of ballot. `key` is the roll's own id (the owner group); `holders` one name a line;
    # `post` what a committee's member is there.
    """
    create table seat (
        seq {serial},
        id text not null unique,
        compound text not null references compound (id),
        kind text not null check (kind in ('committee', 'owners', 'households')),
        key text not null,
        holders text not null,
        organisation integer not null default 0,
        post text not null default '',
        since text not null,
        gone text
    )
    """,
    "create unique index seat_key on seat (compound, kind, key) where gone is null",
    # What a seat speaks for; `area` in 0.01 m².
    """
    create table unit (
        seq {serial},
        seat text not null references seat (id),
        building text not null,
        stairwell text not null,
        unit text not null,
        area integer not null check (area >= 0),
        unique (seat, building, stairwell, unit)
    )
    """,
    # Codes by which a seat is joined, as keyed hashes; one at a time is open for a seat.
    """
    create table invitation (
        id text primary key,
        seat text not null references seat (id),
        hash text not null unique,
        state text not null check (state in ('open', 'used', 'revoked')),
        made text not null,
        settled text
    )
    """,
    "create unique index invitation_open on invitation (seat) where state = 'open'",
    # Whose account a seat is: one account, though an account may hold several seats.
    """
    create table member (
        seat text primary key references seat (id),
        person text not null,
        channel text not null,
        conversation text not null,
        since text not null
    )
    """,
    "create index member_person on member (person)",
    # Who acts for the office. `hash` is that of the code that was not used yet; `person` the account in chat.
    """
    create table staff (
        seq {serial},
        id text not null unique,
        name text not null,
        role text not null check (role in ('district', 'street')),
        street text references street (id),
        state text not null check (state in ('invited', 'active', 'suspended', 'removed')),
        hash text unique,
        person text unique,
        channel text not null default '',
        conversation text not null default '',
        since text not null,
        check ((role = 'street') = (street is not null))
    )
    """,
    # What the office did and what it was refused: ids only, never a name.
    """
    create table audit (
        seq {serial},
        at text not null,
        who text not null,
        act text not null,
        about text not null,
        outcome text not null check (outcome in ('done', 'refused')),
        reason text not null default ''
    )
    """,
    # Wrong codes, so that guessing slows down; `person` is who typed them.
    "create table wrong_code (seq {serial}, person text not null, at text not null)",
    "create index wrong_code_at on wrong_code (at)",
    # A ballot: its draft as JSON, and once it is open where its ledger ends: how many lines, and the last one's hash.
    # `scheduled`: when it was laid down that the clock is to open the draft at its opening, "" where it was not.
    """
    create table ballot (
        seq {serial},
        id text not null unique,
        compound text not null references compound (id),
        kind text not null check (kind in ('committee', 'owners', 'households')),
        state text not null check (state in ('draft', 'open', 'closed', 'certified', 'void')),
        draft text not null,
        scheduled text not null default '',
        opens text not null,
        closes text not null,
        lines integer not null default 0,
        hash text not null,
        since text not null
    )
    """,
    "create index ballot_compound on ballot (compound)",
    "create index ballot_due on ballot (state) where state in ('draft', 'open')",
    # The ledger: lines are only ever added. `seat` is the number of the seat that a line is about (null: the ballot
    # itself), `private` the words behind its commitments as JSON, `secret` in hex.
    """
    create table ledger (
        ballot text not null references ballot (id),
        n integer not null,
        kind text not null,
        seat integer,
        line text not null,
        secret text not null,
        private text not null,
        primary key (ballot, n)
    )
    """,
    "create index ledger_seat on ledger (ballot, seat, n)",
    "create trigger ledger_kept before update on ledger begin select raise(abort, 'a ledger is only added to'); end",
    """
    create trigger ledger_whole before delete on ledger
    when not exists (
        select 1 from ballot join compound on compound.id = ballot.compound where ballot.id = old.ballot and demo = 1
    )
    begin select raise(abort, 'a ledger is only added to'); end
    """,
    # The seats of a ballot by number, each as it stood on the roll when the ballot last heard of it (JSON).
    """
    create table ballot_seat (
        ballot text not null references ballot (id),
        number integer not null,
        seat text not null references seat (id),
        data text not null,
        primary key (ballot, number)
    )
    """,
    "create index ballot_seat_seat on ballot_seat (seat)",
)

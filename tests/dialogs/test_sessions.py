"""What is remembered, as it is written down and read again, by whatever version."""

import json
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs.events import Text
from dialogs.sessions import Session
from dialogs.walks import Progress
from dialogs.wording import LANGUAGES
from tests.dialogs.kit import CONVERSATION, LIBRARY, Talk, quoted

sessions = st.builds(
    Session,
    language=st.sampled_from(LANGUAGES),
    chosen=st.booleans(),
    heard_years=st.booleans(),
    subjects=st.frozensets(st.sampled_from(sorted(LIBRARY.concepts))),
    buttons=st.lists(st.text(max_size=64), max_size=6).map(tuple),
    album=st.text(max_size=30),
)
junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text() | st.integers(), inner),
    max_leaves=8,
)
FIELDS = ("language", "chosen", "heard_years", "subjects", "buttons", "album")


@given(sessions)
def test_a_session_comes_back_as_it_was(session: Session) -> None:
    kept = session.dump()
    assert Session.load(json.loads(json.dumps(kept))) == session
    assert kept["subjects"] == sorted(session.subjects)  # the same session is written down the same way


@given(st.one_of(junk, st.dictionaries(st.sampled_from(FIELDS), junk)))
@example({"subjects": [["elevator"]], "buttons": [1]})
@example({"language": ["zh"], "chosen": 1})
def test_whatever_was_written_down_becomes_a_session(kept: Any) -> None:
    session = Session.load(kept)
    assert Session.load(session.dump()) == session
    assert session.language in LANGUAGES and type(session.chosen) is bool and type(session.heard_years) is bool
    assert all(isinstance(text, str) for text in (*session.subjects, *session.buttons, session.album))


@pytest.mark.parametrize("field", FIELDS)
def test_what_does_not_fit_takes_its_default_and_the_rest_stays(field: str) -> None:
    session = Session("en", True, True, frozenset({"elevator"}), ("ask:menu",), "7")
    default = getattr(Session(), field)
    missing = {key: value for key, value in session.dump().items() if key != field}
    for kept in (missing, {**missing, field: 7}, {**missing, field: None}, {**missing, "votes": [1]}):
        loaded = Session.load(kept)
        assert getattr(loaded, field) == default
        assert all(getattr(loaded, other) == getattr(session, other) for other in FIELDS if other != field)


def test_a_session_of_the_version_that_noted_pages_is_the_same_without() -> None:
    session = Session("en", True, True, frozenset({"elevator"}), ("ask:menu",), "7", Progress("form", 1, 2), 2)
    assert Session.load({**session.dump(), "page": True}) == session
    assert "page" not in session.dump()


def test_ids_that_another_version_knew_do_no_harm() -> None:
    kept = Session(subjects=frozenset({"no-such-thing", "elevator"}), buttons=("ask:no-such-question", "later:1"))
    reply, after = CONVERSATION.hear(Text("那谁出钱"), kept)
    assert reply and quoted(reply) == ["s4-2-p1"] and "no-such-thing" not in after.subjects
    for number in ("1", "2"):
        assert CONVERSATION.hear(Text(number), kept)[0]


def test_what_is_written_down_is_small_and_holds_no_word_of_the_person() -> None:
    talk = Talk()
    for said in ("我叫王小明，电话13912345678，白云里3号楼能装电梯吗", "/ask 我家谁出钱", "1", "/clause 我家"):
        talk(said)
        kept = json.dumps(talk.session.dump(), ensure_ascii=False)
        assert len(kept) < 500 and kept.isascii()
        assert "13912345678" not in kept
    assert talk.session.subjects

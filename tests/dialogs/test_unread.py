"""What cannot be read: pictures, voices, places …, alone, in albums, or with a caption."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dialogs.events import Other, Text
from dialogs.sessions import Session
from dialogs.wording import LANGUAGES, Language
from tests.dialogs.kit import LIFT, Talk, quoted, says, tells_years

SAID = {
    "photo": "picture",
    "video": "picture",
    "animation": "picture",
    "voice": "sound",
    "audio": "sound",
    "video_note": "sound",
    "sticker": "sticker",
    "dice": "sticker",
    "location": "place",
    "venue": "place",
    "contact": "contact",
    "document": "document",
    "poll": "poll",
    "story": "else",
    "": "else",
}


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", SAID)
def test_each_kind_gets_one_sentence_that_says_what_to_do_instead(kind: str, language: Language) -> None:
    reply = Talk(Session(language)).does(Other(kind))
    assert reply.text == says(f"other.{SAID[kind]}", language) and len(reply.lines) == 1 and not reply.buttons
    assert ("打字" in reply.text) if language == "zh" else ("type" in reply.text.lower())


@pytest.mark.parametrize("kind", ["contact", "location"])
def test_of_what_tells_about_people_it_is_said_that_it_is_not_kept(kind: str) -> None:
    assert "不会留着" in Talk().does(Other(kind)).text
    assert "do not keep" in Talk(Session("en")).does(Other(kind)).text


def test_the_pictures_of_an_album_get_one_reply_together() -> None:
    talk = Talk()
    sent = [
        ("photo", "7"),
        ("photo", "7"),
        ("video", "7"),
        ("photo", "8"),
        ("photo", ""),
        ("photo", ""),
        ("photo", "8"),
    ]
    said = [talk.hears(Other(kind, album)) for kind, album in sent]
    assert [reply is not None for reply in said] == [True, False, False, True, True, True, False]


def test_what_gets_no_reply_leaves_everything_as_it_was() -> None:
    talk = Talk()
    talk.does(Other("photo", "7"))
    talk("我们楼能装电梯吗")
    before = talk.session
    assert talk.hears(Other("photo", "7")) is None and talk.session == before and before.buttons


def test_after_something_unread_old_numbers_press_nothing() -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    talk.does(Other("photo"))
    assert talk.session.buttons == () and talk.session.subjects and talk.session.heard_years
    assert not quoted(talk("1"))


# ---- captions ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("kind", "key"),
    [("photo", "picture"), ("video", "picture"), ("voice", "sound"), ("document", "document"), ("story", "else"),
     ("poll", "else"), ("contact", "else")],
)  # fmt: skip
@pytest.mark.parametrize(("question", "language"), [("我们楼能装电梯吗", "zh"), ("can we get an elevator?", "en")])
def test_a_caption_is_answered_after_a_line_that_says_what_was_not_read(
    kind: str, key: str, question: str, language: Language
) -> None:
    captioned, plain = Talk(), Talk()
    reply = captioned.does(Text(question, beside=kind))
    assert reply.lines[0].text == says(f"beside.{key}", language)
    assert reply.lines[1:] == plain(question).lines and captioned.session == plain.session


def test_the_rest_of_an_album_with_a_caption_is_passed_over() -> None:
    talk = Talk()
    assert LIFT in talk.does(Text("我们楼能装电梯吗", beside="photo", album="7")).text
    assert talk.hears(Other("photo", "7")) is None


def test_a_caption_in_an_album_that_was_told_of_is_answered_alone() -> None:
    talk = Talk()
    talk.does(Other("photo", "7"))
    reply = talk.does(Text("我们楼能装电梯吗", beside="photo", album="7"))
    assert reply == Talk()("我们楼能装电梯吗")
    edited = talk.does(Text("我们楼能装电梯吗", edited=True, beside="photo", album="7"))
    assert edited.lines[0].text == says("beside.picture") and edited.lines[1:] == reply.lines


def test_a_number_below_a_picture_presses_nothing() -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    assert not quoted(talk.does(Text("1", beside="photo")))


@pytest.mark.parametrize("blank", ["", " ", "\u3000"])
def test_an_empty_caption_is_none(blank: str) -> None:
    talk = Talk()
    assert talk.does(Text(blank, beside="voice", album="7")).text == says("other.sound")
    assert talk.hears(Other("voice", "7")) is None


# ---- edits ---------------------------------------------------------------------------------------------------------


def test_an_edited_text_is_answered_as_it_stands_now_with_the_years() -> None:
    talk = Talk()
    assert tells_years(talk("我们楼能装电梯"))
    assert tells_years(talk.does(Text("我们楼能装电梯吗", edited=True)))
    assert not tells_years(talk("验收找谁"))


def test_years_that_may_have_gone_with_the_answer_that_told_them_are_told_again() -> None:
    talk = Talk()
    assert tells_years(talk("我们楼能装电梯吗"))
    assert not tells_years(talk.does(Text("你好", edited=True)))
    assert tells_years(talk("验收找谁")) and not tells_years(talk("谁出钱"))


def test_an_edit_loses_neither_the_language_nor_what_was_asked_about() -> None:
    talk = Talk(Session("en", chosen=True))
    talk("我们楼能装电梯吗")
    talk.does(Text("谢谢", edited=True))
    assert talk.session.language == "en" and talk.session.chosen and talk.session.subjects == {"elevator"}
    talk.does(Text("那谁出钱", edited=True))
    assert talk.last and quoted(talk.last) == ["s4-2-p1"]


def test_after_an_edit_no_number_presses_anything_for_nobody_knows_which_reply_stands_last() -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    assert talk.does(Text("我们楼能装阳台吗", edited=True)).buttons
    assert talk.session.buttons == () and not quoted(talk("1"))


def test_an_edited_number_presses_nothing() -> None:
    talk = Talk()
    talk("我们楼能装电梯吗")
    assert not quoted(talk.does(Text("1", edited=True)))


# ---- anything whatever ---------------------------------------------------------------------------------------------


@given(
    st.one_of(st.sampled_from(sorted(SAID)), st.text()),
    st.text(max_size=3),
    st.builds(Session, album=st.text(max_size=3)),
)
def test_any_kind_is_replied_to_but_once_in_its_album(kind: str, album: str, session: Session) -> None:
    talk = Talk(session)
    first = talk.hears(Other(kind, album))
    assert (first is None) == (bool(album) and album == session.album)
    assert first is None or first.text.strip()
    assert (talk.hears(Other(kind, album)) is None) == bool(album)

"""What buttons carry: short enough for any channel, and a stranger's word when it comes back."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from dialogs import taps
from dialogs.events import Tap
from dialogs.replies import Button
from dialogs.wording import LANGUAGES
from tests.dialogs.kit import LIBRARY, Talk, says

EVERY: dict[str, taps.Ask | taps.Show | taps.Speak] = {
    **{taps.ask(key): taps.Ask(key) for key in LIBRARY.followups},
    **{taps.clause(clause.id): taps.Show(clause.id) for clause in LIBRARY.document.clauses},
    **{taps.language(language): taps.Speak(language) for language in LANGUAGES},
}
STRANGE = [
    "",
    ":",
    "ask",
    "ask:",
    "ask:nobody-asks-this",
    "ask:who-pays ",
    "ASK:who-pays",
    "clause:",
    "clause:s99-p1",
    "clause:menu-13:1",
    "clause:who-pays",
    "ask:menu-13",
    "language:fr",
    "language:",
    "speak:zh",
    "/clause menu-13",
    "谁出钱",
    "ask:谁出钱",
    "\ud800",
    "\x00",
    "ask:who-pays" * 1000,
    "x" * 10_000,
]


def test_every_button_of_the_library_fits_and_is_understood_when_it_comes_back() -> None:
    assert len(EVERY) == len(LIBRARY.followups) + len(LIBRARY.document.clauses) + len(LANGUAGES) > 60
    for data, tap in EVERY.items():
        assert len(data.encode()) <= 64 and data.isascii()
        assert Button("谁出钱", data).tap == data
        assert taps.parse(data, LIBRARY) == tap


def test_the_buttons_say_what_they_say_in_a_form_that_holds() -> None:
    """Buttons that stand in people's chats today are tapped in years to come."""
    assert taps.parse("ask:who-pays", LIBRARY) == taps.Ask("who-pays")
    assert taps.parse("clause:menu-13", LIBRARY) == taps.Show("menu-13")
    assert taps.parse("language:en", LIBRARY) == taps.Speak("en")


@pytest.mark.parametrize("data", ["", "谁出钱", "ask:谁", "a" * 65])
def test_a_button_that_no_channel_could_carry_is_a_fault_of_ours(data: str) -> None:
    with pytest.raises(ValueError, match="64 bytes of ASCII"):
        Button("谁出钱", data)
    assert Button("谁出钱", "a" * 64)


@pytest.mark.parametrize("data", STRANGE, ids=range(len(STRANGE)))
def test_strange_data_means_nothing_and_is_said_to_be_of_no_use(data: str) -> None:
    assert taps.parse(data, LIBRARY) is None
    talk = Talk()
    assert talk.does(Tap(data)).text == says("chat.button_unknown")


@given(
    st.one_of(
        st.text(),
        st.sampled_from(sorted(EVERY)),
        st.sampled_from(["ask:", "clause:"]).flatmap(lambda form: st.text(max_size=70).map(lambda text: form + text)),
    )
)
@example("ask:who-pays\n")
def test_only_what_a_button_says_is_understood(data: str) -> None:
    assert taps.parse(data, LIBRARY) == EVERY.get(data)

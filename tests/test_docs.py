"""What docs/ says of numbers is what the code does."""

from bot.pauses import Pauses
from bot.sender.sender import GIVEN_UP_AFTER, TRIES
from bot.store.store import GIVEN_UP_KEPT, KEEP_ENDED
from bot.turn import FAST_ROWS, RETRIES
from dialogs.wording import LANGUAGES, wording
from tests.kit import ROOT

RUNNING = " ".join((ROOT / "docs" / "running.md").read_text("utf-8").split())


def test_the_numbers_of_running_are_those_of_the_program() -> None:
    words = {3: "three", 5: "five"}
    for sentence in (
        f"could not go out for {GIVEN_UP_AFTER.total_seconds() / 3600:.0f} hours",
        f"({words[TRIES]} times at most)",
        f"tried again {words[len(RETRIES)]} times within a minute",
        f"more than {FAST_ROWS} messages a minute",
        f"{KEEP_ENDED.days} days after their end",
        f"and why | {GIVEN_UP_KEPT.days} days",
        f"where it could not be, {GIVEN_UP_KEPT.days} days",
    ):
        assert sentence in RUNNING, sentence
    assert sum(retry.total_seconds() for retry in RETRIES) < 60
    pauses = Pauses()
    assert [pauses.next(), *(pauses.next() for _ in range(20))][-1] == 300 and "(1 s to 5 minutes)" in RUNNING


def test_the_changelog_says_of_how_many_questions_the_hunches_were_learnt() -> None:
    questions = ROOT / "tests" / "questions"
    learnt = sum(
        len((questions / f"{name}.jsonl").read_text("utf-8").splitlines()) for name in ("tuning", "rounds", "marked")
    )
    assert f"learns from some {round(learnt, -2):,} questions" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_what_people_are_told_of_privacy_has_the_same_numbers() -> None:
    for language in LANGUAGES:
        told = wording(language)("chat.privacy")
        assert str(KEEP_ENDED.days) in told and str(GIVEN_UP_KEPT.days) in told

"""jiugai backup and jiugai restore: as they are typed, and on a bot that is running."""

import asyncio
from pathlib import Path

from bot.store import Store
from dialogs.sessions import Session
from tests.bot.telegram.service import said, service, states
from tests.botapi import BotApi
from tests.kit import jiugai


def test_they_say_what_they_did_and_where_things_are(tmp_path: Path) -> None:
    Store(tmp_path / "jiugai.db").close()
    copy = tmp_path / "copy.db"
    backed = jiugai("backup", str(copy))
    assert (backed.code, backed.err) == (0, "") and str(copy) in backed.out and "KB" in backed.out
    restored = jiugai("restore", str(copy))
    assert (restored.code, restored.err) == (0, "") and str(copy) in restored.out
    (kept,) = tmp_path.glob("jiugai.db.before-*")
    assert str(kept) in restored.out


def test_what_cannot_be_copied_is_one_sentence_and_nothing_is_left_behind(tmp_path: Path) -> None:
    for words in (["backup", str(tmp_path / "copy.db")], ["restore", str(tmp_path / "copy.db")]):
        said = jiugai(*words)
        assert (said.code, said.out) == (1, "") and len(said.err.splitlines()) == 1
    junk = tmp_path / "junk.db"
    junk.write_bytes(b"some bytes that are no database" * 50)
    said = jiugai("restore", str(junk))
    assert said.code == 1 and len(said.err.splitlines()) == 1
    assert sorted(file.name for file in tmp_path.iterdir()) == ["junk.db"]


async def test_a_running_bot_is_backed_up_and_taken_back_and_answers_nobody_twice(tmp_path: Path) -> None:
    path, copy = tmp_path / "jiugai.db", tmp_path / "copy.db"
    async with BotApi(flood=False) as api, service(api, path) as store:
        api.say(7, "/language en")
        await api.wait(lambda: len(api.heard(7)) == 1)
        assert (await asyncio.to_thread(jiugai, "backup", str(copy))).code == 0

        api.say(7, "/language zh")
        api.say(8, "谁出钱")
        await api.wait(lambda: len(api.heard(7)) == 2 and api.heard(8))
        heard = {user: api.heard(user) for user in (7, 8)}
        assert (await asyncio.to_thread(jiugai, "restore", str(copy))).code == 0

        # The language is as it was; what was answered since stays answered, and the next question finds its way.
        session = Session.load(store.write(lambda tx: tx.sessions.load("telegram/123456/7/7/0")).result())
        assert session.language == "en"
        api.say(7, "/privacy")
        await api.wait(lambda: len(api.heard(7)) == 3)
        assert api.heard(7) == [*heard[7], said("chat.privacy", "en")] and api.heard(8) == heard[8]
        await api.wait(lambda: states(store, "outbox") == {"delivered": 4})
        assert states(store, "inbox") == {"done": 4}
        assert api.rejected() == []

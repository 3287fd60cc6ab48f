"""The doctor's look at the service: settings, the database and what it has not got done, Telegram and the proxy."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Iterator, Sequence
from contextlib import closing
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from bot.commands.doctor.lines import point_out, tell
from bot.errors import UserError

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.store.health import Trouble

_SHOWN = 10  # troubles of each kind; the newest tell most
_SECONDS = 10.0


def checks() -> Iterator[bool]:
    """Make each check, print what it found, and give whether it went well."""
    try:
        # What these need may be the very thing that is missing; then the lines on packages have said so.
        from bot.config import settings, shown

        found = settings()
    except ImportError as missing:
        yield tell(False, f"设置 · settings: {missing}", "先把上面缺的装好 · install what is missing above first")
        return
    except UserError as faults:
        for line in str(faults).splitlines():
            yield tell(False, line)
        return
    for name, value, given in shown(found):
        origin = "" if given else "（默认 · default）" if value else "没有设置 · not set"
        yield tell(True, f"{name}: {value}{origin}")
    try:
        yield _database(found)
        yield _key(found)
        if found.telegram_token is not None:
            yield _telegram(found)
    except ImportError as missing:
        yield tell(False, str(missing), "先把上面缺的装好 · install what is missing above first")


def _database(found: Settings) -> bool:
    from bot.store import StoreFault
    from bot.store.health import look
    from bot.store.lock import is_serving

    name = "数据库 · database"
    if not found.database.exists():
        folder = next(parent for parent in found.database.parents if parent.exists())
        if not (folder.is_dir() and os.access(folder, os.W_OK)):
            mend = "给运行的账户写权限，或改 JIUGAI_DATABASE · let this account write there, or change JIUGAI_DATABASE"
            return tell(False, f"{name}: {folder} 不能写 · cannot be written", mend)
        return tell(True, f"{name}: 还没有，第一次用时会建 · not there yet, it is made at first use")
    try:
        health = look(found.database)
        serving = is_serving(found.database)
    except StoreFault as fault:
        return tell(False, f"{name}: {fault}")
    if health is None:
        return tell(True, f"{name}: 是旧版本的，下次启动时会更新 · of an older version, updated at the next start")
    tell(
        True,
        f"{name}: 会话 · conversations {health.conversations}, 停用 · blocking {health.blocked}, "
        f"待答 · to answer {health.inbox_open}, 待发 · to send {health.outbox_open}",
    )
    tell(True, "服务 · service: " + ("正在运行 · running" if serving else "没有运行 · not running"))
    _troubles("搁下的消息 · messages set aside", health.aside)
    _troubles("没送到的 · given up sending", health.given_up)
    damaged = ", ".join(each.ballot for each in health.ledgers.damaged)
    ledgers = f"征询的流水 · ledgers: {health.ledgers.ledgers}"
    return tell(
        not damaged,
        f"{ledgers}，损坏 · damaged: {damaged}" if damaged else ledgers,
        "别再改动，留好数据库文件，从好的备份恢复 · keep the file, and restore a sound backup",
    )


def _key(found: Settings) -> bool:
    """The key of the codes: where it stands, whether it can be used, and that nobody else reads it."""
    from bot.store.key import key_file, key_of

    path, name = key_file(found.database), "密钥 · key"
    if not os.path.exists(path):
        return tell(True, f"{name}: 还没有，第一次发邀请码时会建 · not there yet, it is made with the first code")
    try:
        key_of(found.database)
        others = os.name == "posix" and path.stat().st_mode & 0o077
    except (UserError, OSError) as fault:
        return tell(False, f"{name}: {fault}")
    mend = f"只让运行的账户读 · let this account alone read it: chmod 600 {path}"
    return tell(not others, f"{name}: {path}" + ("，别人也能读 · others can read it" if others else ""), mend)


def _troubles(name: str, troubles: Sequence[Trouble]) -> None:
    from bot.times import beijing

    if not troubles:
        tell(True, f"{name}: 0")
        return
    lines = [f"{beijing(trouble.at)} {trouble.id}: {trouble.reason}" for trouble in troubles[:_SHOWN]]
    more = [f"… {len(troubles) - _SHOWN}"] if len(troubles) > _SHOWN else []
    point_out(f"{name}: {len(troubles)}", lines + more)


def _telegram(found: Settings) -> bool:
    from telegram.error import EndPointNotFound, InvalidToken, TelegramError

    from bot.channels.telegram.client import Client

    async def me() -> str:
        client = Client(found)
        try:
            return str((await client.call("getMe")).get("username", ""))
        finally:
            await client.close()

    try:
        username = asyncio.run(asyncio.wait_for(me(), 3 * _SECONDS))
    except (InvalidToken, EndPointNotFound):
        return tell(
            False,
            "Telegram 不认这个令牌 · the token is refused",
            "在 @BotFather 那里核对，再设好 JIUGAI_TELEGRAM_TOKEN · compare it with what @BotFather says",
        )
    except (TelegramError, TimeoutError):
        return _unreachable(found)
    way = "，经代理 · by the proxy" if found.telegram_proxy else ""
    return tell(True, f"Telegram: @{username}{way}")


def _unreachable(found: Settings) -> bool:
    """Say what it is that cannot be reached: the proxy itself, or Telegram behind it, or without one."""
    if found.telegram_proxy is None:
        return tell(
            False,
            f"连不上 · cannot reach {found.telegram_api}",
            "检查网络；在中国大陆要设代理 JIUGAI_TELEGRAM_PROXY · check the network; mainland China needs a proxy",
        )
    proxy = urlsplit(found.telegram_proxy.get_secret_value())
    place = f"{proxy.hostname}:{proxy.port}"
    if not asyncio.run(_listens(proxy.hostname or "", proxy.port or 0)):
        return tell(
            False,
            f"代理连不上 · cannot reach the proxy: {place}",
            "代理开着吗，JIUGAI_TELEGRAM_PROXY 写对了吗 · is it running, is JIUGAI_TELEGRAM_PROXY right",
        )
    return tell(
        False,
        f"代理 {place} 通，经它连不上 · the proxy answers, but behind it one cannot reach {found.telegram_api}",
        "检查代理的密码和出口 · check the proxy's password and its own way out",
    )


async def _listens(host: str, port: int) -> bool:
    try:
        async with asyncio.timeout(_SECONDS):
            _, writer = await asyncio.open_connection(host, port)
    except (OSError, TimeoutError):
        return False
    with closing(writer):
        return True

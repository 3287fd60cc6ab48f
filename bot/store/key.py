"""The key of this installation, in a file of its own beside the database: a copy of the database alone lets nobody try
out codes. Without the file new codes have to be given out, and nothing else is lost."""

import os
import secrets
from pathlib import Path

from bot.errors import UserError

_BYTES = 32


def key_file(database: Path) -> Path:
    """Where the key of a database stands."""
    return database.with_name(f"{database.name}.key")


def key_of(database: Path) -> bytes:
    """The key of a database: 32 bytes, made at random where there is none yet, readable by this user alone.

    UserError where the file cannot be read or made, or holds something else.
    """
    path = key_file(database)
    try:
        if not path.exists():
            _make(path)
        key = bytes.fromhex(path.read_text("ascii").strip())
    except (OSError, ValueError) as error:
        raise _unusable(path) from error
    if len(key) != _BYTES:
        raise _unusable(path)
    return key


def _make(path: Path) -> None:
    # Made whole or not at all, also where two processes start at once: a link never takes the place of a file.
    path.parent.mkdir(parents=True, exist_ok=True)
    side = path.with_name(f"{path.name}.{secrets.token_hex(4)}")
    file = os.open(side, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        os.write(file, secrets.token_hex(_BYTES).encode())
        os.fsync(file)
        os.link(side, path)
    except FileExistsError:
        pass  # the other one was quicker
    finally:
        os.close(file)
        os.unlink(side)


def _unusable(path: Path) -> UserError:
    return UserError(
        f"密钥文件 {path} 用不了；请让它可读写，或删掉它（删掉后已发的邀请码作废，要重新发）。 "
        f"The key file {path} cannot be used; make it readable, or remove it: codes that were given out then end."
    )

"""Faults of the store, each as one clear sentence for whoever runs Jiugai."""

import sqlite3
from pathlib import Path
from typing import NamedTuple

from bot.errors import UserError


class StoreFault(UserError):
    """The database could not be used. `again` says whether trying again later may help; `name` is for the log."""

    def __init__(self, sentence: str, name: str = "refused", again: bool = False) -> None:
        super().__init__(sentence)
        self.name = name
        self.again = again


class _Trouble(NamedTuple):
    """What SQLite's error means: by the beginning of its name; the sentences speak of {path}, the database file."""

    name: str
    again: bool
    zh: str
    en: str


_TROUBLES = (
    _Trouble(
        "SQLITE_FULL",
        True,
        "磁盘满了，写不进 {path}。请清出空间再试，已经收到的都还在。",
        "The disk is full, {path} cannot be written. Make room and try again; nothing received is lost.",
    ),
    _Trouble(
        "SQLITE_BUSY",
        True,
        "数据库正被别的程序占着：{path}。请稍等再试。",
        "Another program holds the database {path}. Wait a moment and try again.",
    ),
    _Trouble(
        "SQLITE_NOTADB",
        False,
        "{path} 不是旧改助手的数据库，没有动它。请用 JIUGAI_DATABASE 指到别的文件。",
        "{path} is no database of Jiugai and was left alone. Let JIUGAI_DATABASE name another file.",
    ),
    _Trouble(
        "SQLITE_CORRUPT",
        False,
        "数据库文件坏了：{path}。请把它移开，再用 jiugai restore 恢复备份。",
        "The database {path} is damaged. Move it away and bring a backup back by jiugai restore.",
    ),
    _Trouble(
        "SQLITE_READONLY",
        False,
        "没有权限写 {path}。请给运行的账户写权限，或用 JIUGAI_DATABASE 指到别处。",
        "{path} cannot be written. Give this account the right to, or let JIUGAI_DATABASE name another place.",
    ),
    _Trouble(
        "SQLITE_CANTOPEN",
        False,
        "打不开数据库 {path}。请检查文件夹是否存在、可写，或用 JIUGAI_DATABASE 指到别处。",
        "The database {path} cannot be opened. See that its folder is there and can be written, "
        "or let JIUGAI_DATABASE name another place.",
    ),
    _Trouble(
        "SQLITE_IOERR",
        True,
        "读写 {path} 时磁盘出错。请检查磁盘再试。",
        "The disk failed while reading or writing {path}. Check it and try again.",
    ),
    _Trouble("", False, "数据库出错（{name}）：{path}。", "The database {path} failed ({name})."),
)


def explained(error: sqlite3.Error, path: Path) -> StoreFault:
    """SQLite's error as a sentence; its own words are left out, they may quote what a person wrote."""
    name = getattr(error, "sqlite_errorname", None) or type(error).__name__
    trouble = next(trouble for trouble in _TROUBLES if name.startswith(trouble.name))
    sentence = f"{trouble.zh} {trouble.en}".format(path=path, name=name)
    return StoreFault(sentence, name, trouble.again)

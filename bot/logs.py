"""Logs: one line an event, ids only; never a name, a person's words or a token.

The rule is kept here, and not by the care of each caller alone: of an exception only its type and place are
written, of other packages' messages only their constant words, and what looks like a bot's token is masked.
The formatter is our own, since both forms need the `extra` fields, which the standard one does not write.
"""

import json
import logging
import math
import re
import sys
from collections.abc import Iterator, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from traceback import walk_tb
from typing import Any, Literal, TextIO

_OURS = frozenset({"bot", "ballots", "dialogs", "knowledge", "jiugai", "__main__"})
_ROOT = Path(__file__).parent.parent  # not resolved: frames name their files by the same way as this one
_FRAMES = 4
_DEPTH = 4

# Root and other packages are at WARNING anyway; these stay so when the root is opened for a search.
_LEVELS = {
    "httpx": logging.WARNING,  # at INFO it writes each request's address, and the bot's token is part of it
    "httpcore": logging.WARNING,
    "aiohttp": logging.WARNING,
    "asyncio": logging.WARNING,
    # At ERROR it writes a whole answer that it cannot decode ("Can not load invalid JSON data"): what people wrote.
    # Its errors are raised as well, so nothing is lost.
    "telegram": logging.CRITICAL,
}

_TOKEN = re.compile(r"([0-9]{6,})(?::|%3A)[A-Za-z0-9_-]{20,}", re.IGNORECASE)
_DATA = re.compile(r"[\n<(\[{'\":=]")
_BARE = re.compile(r"[^\s\"=]+")
_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}


def set_up(form: Literal["plain", "json"], stream: TextIO | None = None) -> None:
    """Let every logger write to `stream` (by default the present sys.stderr) in this form, and nowhere else.

    Our own loggers write from INFO up, others from WARNING. Called again it takes the place of what was set up.
    """
    root = logging.getLogger()
    for other in list(root.handlers):
        # One that a package put there would write every event a second time, and without the rule.
        root.removeHandler(other)
    handler = _Handler(stream)
    handler.setFormatter(_Lines(form))
    root.addHandler(handler)
    root.setLevel(logging.WARNING)
    for name in _OURS:
        logging.getLogger(name).setLevel(logging.INFO)
    for name, level in _LEVELS.items():
        logging.getLogger(name).setLevel(level)


def where(error: BaseException) -> str:
    """An exception's type and place without its message: "TypeError at bot/turn.py:41 < bot/store/rows.py:12".

    The places are the innermost of our own code, the innermost first; where none is ours, the innermost of all.
    A group is followed by its members.
    """
    frames = [(frame.f_code.co_filename, line) for frame, line in walk_tb(error.__traceback__)][::-1]
    places = [f"{ours}:{line}" for file, line in frames if (ours := _ours(file))][:_FRAMES]
    if not places:
        places = [f"{Path(file).name}:{line}" for file, line in frames[:1]]
    told = type(error).__name__ + (f" at {' < '.join(places)}" if places else "")
    if isinstance(error, BaseExceptionGroup):
        told += f" ({'; '.join(where(each) for each in error.exceptions[:_FRAMES])})"
    return told


def _ours(file: str) -> str:
    """The path of one of our files below the packages' folder; empty for anybody else's."""
    path = Path(file)
    if not path.is_relative_to(_ROOT):
        return ""
    inner = path.relative_to(_ROOT)
    return inner.as_posix() if inner.parts[0] in _OURS else ""


class _Handler(logging.StreamHandler[TextIO]):
    """Writes lines; of one that fails it tells only why."""

    def handleError(self, record: logging.LogRecord) -> None:
        """The standard one prints the message, its arguments and the traceback to standard error."""
        error = sys.exception()
        with suppress(Exception):
            print(f"jiugai: a log line was lost: {where(error) if error else ''}", file=sys.stderr)


class _Lines(logging.Formatter):
    """A record as one line. Tracebacks and `stack_info` are left out: both may hold what a person wrote."""

    def __init__(self, form: Literal["plain", "json"]) -> None:
        super().__init__()
        self._form = form

    def format(self, record: logging.LogRecord) -> str:
        """The line, without its end."""
        time = datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")
        head = {"time": time, "level": record.levelname, "logger": record.name, "message": _message(record)}
        fields = dict(_fields(record))
        if self._form == "json":
            # An extra field never takes the place of the head; all beyond ASCII is escaped, so any stream will do.
            line = json.dumps(head | fields | head)
        else:
            pairs = (f"{_quoted(key)}={_quoted(value)}" for key, value in fields.items())
            line = " ".join((*(_escaped(part) for part in head.values()), *pairs))
        return _TOKEN.sub(r"\1:***", line)


def _is_ours(record: logging.LogRecord) -> bool:
    return record.name.split(".")[0] in _OURS


def _message(record: logging.LogRecord) -> str:
    """The message; of another package's only the words that stand in its source."""
    if isinstance(record.msg, BaseException):
        return where(record.msg)
    if not _is_ours(record):
        # "Received data was %r" with its data beside it stays as it is. Some come ready made: asyncio's goes on with
        # the task's repr, and with it the message of its exception.
        return str(record.msg) if record.args else _DATA.split(str(record.msg))[0].rstrip()
    if isinstance(record.args, Mapping):
        args: Any = {key: _safe(value) for key, value in record.args.items()}
    else:
        args = tuple(_safe(value) for value in record.args or ())
    try:
        return str(record.msg) % args if args else str(record.msg)
    except Exception:  # a message and arguments that do not fit: a slip of ours must not cost the event
        return str(record.msg)


def _safe(value: object) -> object:
    return where(value) if isinstance(value, BaseException) else value


def _fields(record: logging.LogRecord) -> Iterator[tuple[str, Any]]:
    """The extra fields, as values that JSON has; another package's may hold anything, so they are left out."""
    if _is_ours(record):
        for key, value in record.__dict__.items():
            if key not in _STANDARD:
                yield str(key), _value(value)
    if isinstance(record.exc_info, tuple) and record.exc_info[1] is not None:
        yield "error", where(record.exc_info[1])


def _value(value: object, depth: int = _DEPTH) -> Any:
    """A value as JSON has it, whatever it is; an exception, inside a list too, by type and place."""
    try:
        if isinstance(value, BaseException):
            return where(value)
        if isinstance(value, Mapping | list | tuple | set | frozenset):
            if not depth:  # it may hold itself
                return type(value).__name__
            if isinstance(value, Mapping):
                return {str(key): _value(each, depth - 1) for key, each in value.items()}
            return [_value(each, depth - 1) for each in value]
        if value is None or isinstance(value, bool | str):
            return value
        if isinstance(value, int) or (isinstance(value, float) and math.isfinite(value)):
            str(value)  # a number too long for that is too long for JSON as well
            return value
        return str(value)
    except Exception:  # its own text fails
        return type(value).__name__


def _quoted(value: Any) -> str:
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    # Quoted where it would not end clearly; numbers, lists and the like are clear already.
    if isinstance(value, str) and not _BARE.fullmatch(text):
        text = json.dumps(text, ensure_ascii=False)
    return _escaped(text)


def _escaped(text: str) -> str:
    """Line ends, controls, and marks that turn or hide text, as their codes: a line stays one line."""
    return "".join(sign if sign.isprintable() else sign.encode("unicode_escape").decode("ascii") for sign in text)

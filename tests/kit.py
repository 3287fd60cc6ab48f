"""The program as a person meets it, in this process: words and standard input in; what it says, and its end, out."""

import argparse
import io
import os
import socket
import sys
from contextlib import ExitStack, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from unittest.mock import patch

from bot import cli

ROOT = Path(__file__).parents[1]
_PARSER = cli.parser


@dataclass(frozen=True)
class Outcome:
    code: int
    out: str
    err: str


def jiugai(*words: str, stdin: bytes | str = b"") -> Outcome:
    """Run a command as a shell would, standard input and output in UTF-8 and as strict as a real pipe."""
    given = stdin.encode("utf-8") if isinstance(stdin, str) else stdin
    out, err = _stream(), _stream(errors="backslashreplace")
    with ExitStack() as stack:
        for manager in (
            patch.object(sys, "stdin", _stream(given)),
            patch.object(cli, "parser", _parser),
            redirect_stdout(out),
            redirect_stderr(err),
        ):
            stack.enter_context(manager)
        try:
            code = cli.main(list(words))
        except SystemExit as end:  # argparse ends so: after --help, and where an option is wrong
            code = end.code if isinstance(end.code, int) else int(end.code is not None)
    return Outcome(code, _text(out), _text(err))


def _parser(command: str = "") -> argparse.ArgumentParser:
    """To build one takes longer than most commands; it depends on settings, as what --as is where it is not given."""
    settings = {name: value for name, value in os.environ.items() if name.startswith("JIUGAI_")}
    settings.pop("JIUGAI_DATABASE", None)  # each test's own, and looked up when a command runs
    return _built(command, tuple(sorted(settings.items())))


@cache
def _built(command: str, settings: tuple[tuple[str, str], ...]) -> argparse.ArgumentParser:
    return _PARSER(command)


def environment(**extra: str) -> dict[str, str]:
    """What a subprocess gets: nothing of ours that would change Python's ways, and this checkout to import from."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONPATH": str(ROOT), "PYTHONUTF8": "1", **extra}


PROGRAM = (sys.executable, "-P", "-m", "bot")


def free_port() -> int:
    """A port of this machine on which nobody listens."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        return int(server.getsockname()[1])


def _stream(content: bytes = b"", errors: str = "strict") -> io.TextIOWrapper:
    return io.TextIOWrapper(io.BytesIO(content), encoding="utf-8", errors=errors, newline="\n")


def _text(stream: io.TextIOWrapper) -> str:
    stream.flush()
    whole = stream.buffer
    assert isinstance(whole, io.BytesIO)
    return whole.getvalue().decode("utf-8")

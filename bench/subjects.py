"""Subjects: the bots that are measured, each in a process of its own, one at a time on the same server."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

_ROOT = Path(__file__).parents[1]
_END = 30.0  # seconds that a bot may take to stop of its own accord


@dataclass(frozen=True, slots=True)
class Subject:
    """A bot that runs: what it said of itself at the start, and its process."""

    told: Mapping[str, Any]
    process: "subprocess.Popen[str]"

    def kill(self) -> None:
        """End it as a power cut would, as far as a process can tell."""
        self.process.kill()
        self.process.wait(_END)


@contextmanager
def running(log: Path, module: str, *words: str) -> Iterator[Subject]:
    """`python -m module words …` until the block ends; what it logs is written to a file, as a service's is."""
    kept = {name: value for name, value in os.environ.items() if not name.upper().endswith("_PROXY")}
    with log.open("ab") as lines:
        process = subprocess.Popen(
            (sys.executable, "-m", module, *words),
            cwd=_ROOT,
            env={**kept, "PYTHONUTF8": "1"},
            stdout=subprocess.PIPE,
            stderr=lines,
            text=True,
        )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        assert line, f"{module} did not start"
        yield Subject(json.loads(line), process)
    except Exception as error:
        error.add_note(f"the end of what {module} logged:\n{log.read_text('utf-8', 'replace')[-2000:]}")
        raise
    finally:
        process.terminate()
        try:
            process.wait(_END)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()
        process.stdout.close()

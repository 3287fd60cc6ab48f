"""A checkout to try ./run in: the real script and locks, a program of three lines, and no network."""

import os
import shutil
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[2]
PROGRAM = "import os, sys\nprint(sys.argv[1:], os.getcwd(), os.environ['PYTHONPATH'], sys.stdout.encoding)\n"

# What ./run calls, and nothing else: the fake PATH must not let the machine's own Python or uv in.
TOOLS = ("sh", "cat", "cp", "dirname", "mkdir", "mv", "readlink", "rm", "sleep", "tail")


@dataclass(frozen=True)
class Checkout:
    home: Path
    bin: Path  # the whole PATH

    @property
    def venv(self) -> Path:
        return self.home / ".venv"

    @property
    def left_over(self) -> list[str]:
        return sorted(path.name for path in self.home.glob(".venv*"))

    def environment(self, **extra: str) -> dict[str, str]:
        ascii_only = {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}  # as bare as a locale gets
        return {"PATH": str(self.bin), **ascii_only, **extra}

    def run(
        self, *words: str, cwd: Path | None = None, script: Path | None = None, **extra: str
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [str(script or self.home / "run"), *words],
            cwd=cwd,
            env=self.environment(**extra),
            capture_output=True,
            encoding="utf-8",
            timeout=60,
            check=False,
        )

    def command(self, name: str, body: str) -> None:
        """Puts a shell script of this name on the PATH."""
        file = self.bin / name
        file.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        file.chmod(0o755)

    def python(self, name: str, before: str = "") -> None:
        """Puts a Python on the PATH that only answers what version it is, after `before` has changed it."""
        self.command(name, f"""[ "$1" = -c ] || exit 1\nexec '{sys.executable}' -c "{before}\nexec('''$2''')" """)

    def uv(self, install: str = ":") -> None:
        """Puts a uv on the PATH whose venv is real and bare, and which notes each call instead of installing."""
        self.command(
            "uv",
            f"""echo "$@" >>'{self.bin}/calls'
            for last; do :; done
            case $1 in
            venv) '{sys.executable}' -m venv --without-pip "$last" ;;
            pip) {install} ;;
            esac""",
        )

    @property
    def calls(self) -> list[str]:
        file = self.bin / "calls"
        return file.read_text(encoding="utf-8").splitlines() if file.exists() else []

    def set_up(self) -> None:
        """What a set-up leaves: an environment, and the locks it was made from."""
        subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(self.venv)], check=True)
        for lock in ("requirements.lock", "requirements-dev.lock"):
            shutil.copy(ROOT / lock, self.venv)


def checkout(folder: Path) -> Checkout:
    home = folder / "旧改 助手"
    (home / "bot").mkdir(parents=True)
    (home / "bot" / "__init__.py").touch()
    (home / "bot" / "__main__.py").write_text(PROGRAM, encoding="utf-8")
    for name in ("run", "requirements.lock", "requirements-dev.lock", "requirements-source.lock"):
        shutil.copy(ROOT / name, home)
    tools = folder / "bin"
    tools.mkdir()
    for tool in TOOLS:
        found = shutil.which(tool)
        assert found, f"this machine has no {tool}"
        os.symlink(found, tools / tool)
    return Checkout(home, tools)

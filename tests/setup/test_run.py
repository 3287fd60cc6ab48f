import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.setup.kit import ROOT, Checkout, checkout

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="./run is for sh; README gives the lines for Windows")

OLD = "import sys; sys.version_info = (3, 9, 18, 'final', 0)"
BARE = "import sys; sys.version_info = (3, 12, 1, 'final', 0); sys.modules['ensurepip'] = None"


@pytest.fixture
def here(tmp_path: Path) -> Checkout:
    return checkout(tmp_path)


def refused(here: Checkout) -> str:
    """Starts, expects a refusal that leaves nothing behind, and hands back its words."""
    outcome = here.run("ask", "x")
    assert (outcome.returncode, outcome.stdout, here.left_over) == (1, "", [])
    return outcome.stderr


def test_run_is_plain_posix_shell() -> None:
    shells = [shell for name in ("dash", "sh", "bash") if (shell := shutil.which(name))]
    for shell in shells:
        subprocess.run([shell, "-n", str(ROOT / "run")], check=True)
    text = (ROOT / "run").read_text(encoding="utf-8")
    for bashism in ("[[", "function ", "local ", "<<<", "pipefail", "echo -e"):
        assert bashism not in text


def test_run_may_be_executed() -> None:
    for name in ("run", ".ci/run"):
        assert os.access(ROOT / name, os.X_OK), f"chmod +x {name}"


def test_without_python_it_says_which_command_brings_one(here: Checkout) -> None:
    here.command("apt-get", "exit 0")
    said = refused(here)
    assert "No Python was found; 3.11 or newer is needed" in said and "没有找到 Python" in said
    assert "sudo apt install python3 python3-venv" in said


@pytest.mark.parametrize(
    ("manager", "mend"),
    [
        ("dnf", "sudo dnf install python3"),
        ("brew", "brew install python"),
        ("none", "https://www.python.org/downloads/"),
    ],
)
def test_every_system_gets_its_own_command(here: Checkout, manager: str, mend: str) -> None:
    if manager != "none":
        here.command(manager, "exit 0")
    assert mend in refused(here)


def test_a_python_too_old_is_named(here: Checkout) -> None:
    here.command("apt-get", "exit 0")
    here.python("python3", OLD)
    said = refused(here)
    assert "found only python3 = Python 3.9" in said and "只找到 python3 = Python 3.9" in said
    assert "sudo apt install python3.11 python3.11-venv" in said


def test_a_missing_venv_is_named_with_its_package(here: Checkout) -> None:
    here.command("apt-get", "exit 0")
    here.python("python3.11", OLD)
    here.python("python3", BARE)
    said = refused(here)
    assert "its venv or ensurepip is missing" in said
    assert "sudo apt install python3.12-venv" in said


def test_a_python_that_only_pretends_is_passed_over(here: Checkout) -> None:
    """Version managers leave names on the PATH that answer with an error."""
    here.command("python3.14", "echo 'command not found' >&2; exit 127")
    assert "No Python was found" in refused(here)


def test_the_first_start_sets_up_and_the_second_does_not(here: Checkout) -> None:
    here.uv()
    first = here.run("ask", "楼")
    assert first.returncode == 0 and "First start" in first.stderr and "第一次启动" in first.stderr
    assert first.stdout.startswith("['ask', '楼']") and len(first.stdout.splitlines()) == 1
    installed = here.calls
    assert [call.split()[0] for call in installed] == ["venv", "pip"]
    assert "--require-hashes" in installed[1] and installed[1].endswith("-r requirements.lock")

    second = here.run("ask", "楼")
    assert (second.returncode, second.stdout, second.stderr) == (0, first.stdout, "")
    assert here.calls == installed and here.left_over == [".venv"]


def test_tests_get_the_development_packages_once(here: Checkout) -> None:
    here.uv()
    here.run("ask", "x")
    before = len(here.calls)
    here.run("test")  # the bare environment has no pytest; here only the set-up counts
    assert here.calls[before:][1].endswith("-r requirements-dev.lock")
    here.run("test")
    here.run("ask", "x")
    assert len(here.calls) == before + 2


def test_without_uv_every_pip_call_that_downloads_asks_for_hashes(here: Checkout) -> None:
    noting = "import sys; open('../calls', 'a').write(' '.join(sys.argv[1:]) + chr(10))"
    here.command(
        "python3",
        f"""[ "$1" = -m ] || exec '{sys.executable}' "$@"
        '{sys.executable}' -m venv --without-pip "$3" || exit
        for packages in "$3"/lib/python*/site-packages; do
            mkdir "$packages/pip"
            echo "{noting.replace("../calls", str(here.bin / "calls"))}" >"$packages/pip/__main__.py"
        done""",
    )
    outcome = here.run("ask", "x")
    assert outcome.returncode == 0, outcome.stderr
    assert [call for call in here.calls if call.startswith("install") and "--require-hashes" not in call] == []
    locks = [call.split(" -r ")[1] for call in here.calls if call.startswith("install")]
    assert locks == ["requirements-source.lock", "requirements.lock"]


def test_a_changed_lock_is_installed_anew(here: Checkout) -> None:
    here.set_up()
    here.uv()
    (here.home / "requirements.lock").write_text("# another\n", encoding="utf-8")
    outcome = here.run("ask", "x")
    assert "Updating the environment" in outcome.stderr and outcome.stdout
    assert len(here.calls) == 2 and here.left_over == [".venv"]


def test_an_update_that_fails_leaves_the_old_environment(here: Checkout) -> None:
    here.set_up()
    (here.home / "requirements.lock").write_text("# another\n", encoding="utf-8")
    outcome = here.run("ask", "x")
    assert outcome.returncode == 1 and "No Python was found" in outcome.stderr
    assert here.left_over == [".venv"] and (here.venv / "bin" / "python").exists()


def test_a_failed_set_up_shows_the_reason_and_leaves_nothing(here: Checkout) -> None:
    here.uv(install="echo 'name resolution failed' >&2; exit 2")
    said = refused(here)
    assert "name resolution failed" in said
    assert "the package index cannot be reached" in said and "连不上软件包的下载源" in said


@pytest.mark.parametrize("blow", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_an_interrupted_set_up_leaves_nothing(here: Checkout, blow: signal.Signals) -> None:
    here.uv(install="sleep 30")
    running = subprocess.Popen(
        [str(here.home / "run"), "ask", "x"],
        env=here.environment(),
        stderr=subprocess.DEVNULL,
        start_new_session=True,
        # a test run in the background is told to ignore some signals, and a shell cannot trap those
        preexec_fn=lambda: signal.signal(blow, signal.SIG_DFL),
    )
    deadline = time.monotonic() + 20
    while len(here.calls) < 2 and time.monotonic() < deadline:
        time.sleep(0.02)
    assert here.left_over and ".venv" not in here.left_over
    os.killpg(running.pid, blow)  # as a terminal does
    assert running.wait(20) == 128 + blow
    assert here.left_over == []


def test_what_a_killed_set_up_left_is_cleared_by_the_next(here: Checkout) -> None:
    gone = subprocess.Popen(["true"])
    gone.wait()
    (here.home / f".venv.new.{gone.pid}").mkdir()
    here.uv()
    here.run("ask", "x")
    assert here.left_over == [".venv"]


def test_it_starts_from_anywhere_and_through_links(here: Checkout, tmp_path: Path) -> None:
    here.set_up()
    elsewhere = tmp_path / "else where"
    elsewhere.mkdir()
    (elsewhere / "absolute").symlink_to(here.home / "run")
    (elsewhere / "relative").symlink_to(Path("..") / here.home.name / "run")
    (elsewhere / "twice").symlink_to("relative")
    expected = f"['a b', '楼'] {elsewhere} {here.home} utf-8\n"
    for script in (here.home / "run", elsewhere / "absolute", elsewhere / "relative", elsewhere / "twice"):
        outcome = here.run("a b", "楼", cwd=elsewhere, script=script)
        assert (outcome.stdout, outcome.stderr, outcome.returncode) == (expected, "", 0)


def test_foreign_modules_shadow_neither_the_set_up_nor_the_program(here: Checkout, tmp_path: Path) -> None:
    here.uv()
    foreign = tmp_path / "foreign"
    (foreign / "bot").mkdir(parents=True)
    for name in ("venv.py", "bot/__init__.py", "bot/__main__.py"):
        (foreign / name).write_text("raise SystemExit('foreign')\n", encoding="utf-8")
    outcome = here.run(cwd=foreign, PYTHONPATH=str(foreign))
    assert outcome.returncode == 0 and outcome.stdout.startswith("[] "), outcome.stderr


def test_the_exit_code_is_the_program_s(here: Checkout) -> None:
    here.set_up()
    (here.home / "bot" / "__main__.py").write_text("raise SystemExit(7)\n", encoding="utf-8")
    assert here.run().returncode == 7

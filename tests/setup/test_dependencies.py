import re
import subprocess
import tomllib

import pytest

from tests.setup.kit import ROOT

PROJECT = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
LOCKS = ("requirements.lock", "requirements-dev.lock", "requirements-source.lock")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+)")


def name(requirement: str) -> str:
    """The name as indexes and locks spell it."""
    found = re.match(r"[A-Za-z0-9._-]+", requirement)
    assert found, requirement
    return re.sub(r"[-_.]+", "-", found.group()).lower()


def pins(lock: str) -> dict[str, str]:
    """Each package's version, and a check that it carries hashes."""
    versions: dict[str, str] = {}
    for block in re.split(r"\n(?=[a-z0-9])", (ROOT / lock).read_text(encoding="utf-8")):
        if pin := PIN.match(block):
            assert "--hash=sha256:" in block, f"{lock}: {pin[1]} has no hash"
            versions[pin[1]] = pin[2]
    assert versions
    return versions


def wanted(group: str | None = None) -> set[str]:
    project = tomllib.loads(PROJECT)
    requirements = project["dependency-groups"][group] if group else project["project"]["dependencies"]
    return {name(requirement) for requirement in requirements}


@pytest.mark.parametrize(
    ("group", "lock"), [(None, LOCKS[0]), (None, LOCKS[1]), ("dev", LOCKS[1]), ("source", LOCKS[2])]
)
def test_every_dependency_is_locked_with_its_hashes(group: str | None, lock: str) -> None:
    assert wanted(group) <= pins(lock).keys()


def test_the_development_lock_holds_the_other_one() -> None:
    """./run test installs only this lock, and ./run goes on in the same environment."""
    assert pins("requirements.lock").items() <= pins("requirements-dev.lock").items()


def test_an_office_gets_no_development_packages() -> None:
    assert not wanted("dev") & pins("requirements.lock").keys()


def test_what_only_measurements_need_is_in_no_lock() -> None:
    assert not any(wanted("bench") & pins(lock).keys() for lock in LOCKS)


def test_every_dependency_gives_its_reason() -> None:
    lines = PROJECT.splitlines()
    requirements = [line for line in lines if re.match(r'^    "[A-Za-z0-9_.-]+(\[\w+\])?>=', line)]
    assert len(requirements) == len(wanted() | wanted("dev") | wanted("source") | wanted("bench"))
    for line in requirements:
        assert re.search(r'",\s+# \S+( \S+)+', line), f"no reason beside {line.strip()}"


def test_no_tracked_file_names_a_package_index() -> None:
    """Offices use mirrors of their own: theirs, told to pip or uv, must stay in force."""
    # Put together here, so that this file does not name what it looks for.
    addresses = ["pypi" + ".org", "python" + "hosted", "/sim" + "ple/", "--index" + "-url", "--extra-index" + "-url"]
    files = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(files, cwd=ROOT, capture_output=True, check=True).stdout
    names = [entry for entry in listed.decode().split("\0") if entry and (ROOT / entry).is_file()]
    assert "run" in names and "uv.lock" not in names
    for entry in names:
        text = (ROOT / entry).read_text(encoding="utf-8", errors="replace")
        assert [address for address in addresses if address in text] == [], entry


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_packages_by_name_only(lock: str) -> None:
    text = (ROOT / lock).read_text(encoding="utf-8")
    assert "://" not in text and " @ " not in text and not re.search(r"(^|\s)/\w", text, re.MULTILINE)

import re
import subprocess
import sys
import tomllib
import zipfile
from pathlib import Path

import pytest

from tests.setup.kit import ROOT

PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGES: list[str] = PROJECT["tool"]["hatch"]["build"]["targets"]["wheel"]["packages"]


@pytest.fixture(scope="module")
def names(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """What is in the wheel; hatchling comes from the development lock, so nothing is downloaded."""
    folder = tmp_path_factory.mktemp("wheel")
    built = subprocess.run(
        [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(folder), str(ROOT)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert built.returncode == 0, built.stdout + built.stderr
    (wheel,) = folder.glob("jiugai-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        return set(archive.namelist())


def on_disk() -> set[str]:
    files = (path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file())
    return {
        path.relative_to(ROOT).as_posix()
        for path in files
        if "__pycache__" not in path.parts and not path.name.startswith(".")
    }


def test_the_wheel_holds_every_file_of_the_packages(names: set[str]) -> None:
    """hatchling drops without a word what .gitignore matches, and a checkout never shows it."""
    packed = {entry for entry in names if not re.match(r"jiugai-[^/]+\.dist-info/", entry)}
    assert packed == on_disk()


def test_the_wheel_holds_the_policy_and_the_wording(names: set[str]) -> None:
    data = {Path(entry).parent.as_posix() + "/*" + Path(entry).suffix for entry in names if not entry.endswith(".py")}
    assert {"knowledge/library/*.txt", "knowledge/library/*.toml", "dialogs/wording/*.toml"} <= data


def test_the_wheel_holds_the_font_of_the_pictures_and_its_licence(names: set[str]) -> None:
    files = ("NotoSansCJKsc-Regular.otf", "characters.txt", "OFL.txt")
    assert {f"bot/results/font/{file}" for file in files} <= names


def test_every_package_at_the_top_is_listed() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert found <= set(PACKAGES)


def test_the_wheel_brings_the_command(names: set[str]) -> None:
    assert any(entry.endswith(".dist-info/entry_points.txt") for entry in names)
    assert PROJECT["project"]["scripts"] == {"jiugai": "bot.cli:main"}

"""Where what is built is kept: whatever the current folder, one index."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.paths import PROJECT

PLACES = "from index import paths; print(paths.HOME, paths.WHY, paths.is_checkout(), sep='\\n')"


def run(code: str, project: Path, folder: Path, *arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    known = {**os.environ, "PYTHONPATH": str(project), "XDG_DATA_HOME": str(folder / "data"), **environment}
    command = [sys.executable, "-c", code, *arguments]
    return subprocess.run(command, cwd=folder, env=known, capture_output=True, text=True, check=False)


def places(project: Path, folder: Path, **environment: str) -> list[str]:
    return run(PLACES, project, folder, **environment).stdout.splitlines()


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The packages as a wheel lays them: neither seeds/ nor pyproject.toml beside them."""
    folder = tmp_path / "site-packages"
    for name in ("index", "search"):
        shutil.copytree(PROJECT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    return folder


def test_a_checkout_has_its_own_whatever_the_current_folder(tmp_path: Path) -> None:
    expected = [str(PROJECT / "var"), "checkout", "True"]
    assert places(PROJECT, tmp_path) == places(PROJECT, PROJECT / "docs") == expected
    assert places(PROJECT, tmp_path, WENBAO_HOME="") == expected


def test_what_is_named_wins(tmp_path: Path, installed: Path) -> None:
    for project in (PROJECT, installed):
        assert places(project, tmp_path, WENBAO_HOME=str(tmp_path / "own"))[:2] == [str(tmp_path / "own"), "WENBAO_HOME"]


@pytest.mark.skipif(sys.platform != "linux", reason="XDG_DATA_HOME is what Linux asks")
def test_without_a_checkout_it_is_among_the_users_data(tmp_path: Path, installed: Path) -> None:
    expected = [str(tmp_path / "data" / "wenbao"), "user data", "False"]
    assert places(installed, tmp_path) == expected
    (installed / "seeds").mkdir()  # another package's, or another project's pyproject.toml, makes no checkout
    assert places(installed, tmp_path) == expected
    (installed / "pyproject.toml").write_text('[project]\nname = "other"\n', encoding="utf-8")
    assert places(installed, tmp_path) == expected
    (installed / "pyproject.toml").write_text('[project]\nname = "wenbao"\n', encoding="utf-8")
    assert places(installed, tmp_path) == [str(installed / "var"), "checkout", "True"]


def test_installed_without_reports_a_build_asks_for_them(tmp_path: Path, installed: Path) -> None:
    done = run("import sys; from search.commands.cli import main; sys.exit(main())", installed, tmp_path, "build")
    assert (done.returncode, done.stdout, done.stderr.count("\n")) == (2, "", 1)
    assert "wenbao build PATH" in done.stderr

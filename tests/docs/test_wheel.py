"""The wheel holds every package and every data file of them, and nothing else of the project."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from email import message_from_bytes
from pathlib import Path

from index.paths import PROJECT

PACKAGES = ("index", "search", "web")
NEEDED = ("pyproject.toml", "README.md", "LICENSE", "app.py")


def wanted() -> set[str]:
    files = [file for package in PACKAGES for file in (PROJECT / package).rglob("*") if file.is_file()]
    return {str(file.relative_to(PROJECT)) for file in files if "__pycache__" not in file.parts} | {"app.py"}


def test_wheel(tmp_path: Path) -> None:
    source = tmp_path / "source"
    source.mkdir()
    for name in PACKAGES:
        shutil.copytree(PROJECT / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*NEEDED, "tests", "bench"):
        copied = PROJECT / name
        if copied.is_dir():
            shutil.copytree(copied, source / name, ignore=shutil.ignore_patterns("__pycache__", "data"))
        else:
            shutil.copy(copied, source)
    options = ["--quiet", "--no-deps", "--no-build-isolation", "--wheel-dir", str(tmp_path)]
    command = [sys.executable, "-m", "pip", "wheel", *options, "."]
    subprocess.run(command, cwd=source, check=True, capture_output=True)
    (wheel,) = tmp_path.glob("wenbao-*.whl")
    with zipfile.ZipFile(wheel) as archive:
        assert {name for name in archive.namelist() if ".dist-info/" not in name} == wanted()
        told = f"{'-'.join(wheel.stem.split('-')[:2])}.dist-info"
        assert archive.read(f"{told}/licenses/LICENSE") == (PROJECT / "LICENSE").read_bytes()
        said = message_from_bytes(archive.read(f"{told}/METADATA"))
    assert (said["License-Expression"], said.get_all("Provides-Extra")) == ("MIT", ["mcp", "ocr", "milvus", "test"])
    assert not [needed for needed in said.get_all("Requires-Dist", []) if needed.startswith("mcp") and ";" not in needed]
    assert "Private :: Do Not Upload" in said.get_all("Classifier", [])

"""Where things are kept. What is built is in `WENBAO_HOME`; unset, in var/ of the checkout; without one, among the user's data."""

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
SEEDS = PROJECT / "seeds"


def is_checkout() -> bool:
    """Whether this runs from the project's own folder: what is installed elsewhere has no seeds/ beside it."""
    project = PROJECT / "pyproject.toml"
    return SEEDS.is_dir() and project.is_file() and '\nname = "wenbao"\n' in project.read_text(encoding="utf-8")


def _home() -> tuple[Path, str]:
    """The folder, and what says so: a name of info.WHY. The current folder has no say, or two would be two indexes."""
    if named := os.environ.get("WENBAO_HOME"):
        return Path(named), "WENBAO_HOME"
    if is_checkout():
        return PROJECT / "var", "checkout"
    from platformdirs import user_data_path

    return user_data_path("wenbao"), "user data"


HOME, WHY = _home()
CACHE = HOME / "cache"
INDEX = HOME / "index"

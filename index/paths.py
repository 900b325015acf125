"""Where things are kept. `WENBAO_HOME` moves all that is built (default: var/ beside the project)."""

from __future__ import annotations

import os
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
HOME = Path(os.environ.get("WENBAO_HOME", "var"))
CACHE = HOME / "cache"
INDEX = HOME / "index"
SEEDS = PROJECT / "seeds"

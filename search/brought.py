"""A report that a reader brings: one file read into memory, with an engine of its own."""

import secrets
import shutil
from dataclasses import replace
from functools import cache
from pathlib import Path

from index.build import assemble, embed
from index.collect import collect
from index.encode.encoder import Encoder, open_builder
from index.errors import ReadError
from index.records import Progress
from search.engine import Engine

MOST_BYTES = 5_000_000
LONGEST = 200_000  # characters: the longest report known has 35,000, and each 10,000 take seconds to embed
PREFIX = "own_"  # of the id of such a report


def is_own(report_id: str | None) -> bool:
    return (report_id or "").startswith(PREFIX)


@cache
def _builder(model: str) -> Encoder:
    """What embeds a report soonest: opening it takes seconds, so it stays once a reader has brought one."""
    return open_builder(model)


def read_own(file: Path, beside: Engine, progress: Progress) -> Engine:
    """An engine over one file, by the model of the engine `beside`. The file is removed whatever comes of it.

    Raises ReadError, in one line that names the file alone, ModelError.
    """
    try:
        size = file.stat().st_size
        if size > MOST_BYTES:
            raise ReadError(f"{file.name}：文件有 {size} 字节，最多 {MOST_BYTES}")
        report, *others = collect([file], progress).reports
    except ReadError as error:
        raise ReadError(str(error).replace(str(file), file.name)) from None
    finally:
        shutil.rmtree(file.parent, ignore_errors=True)  # Gradio keeps each upload in a folder of its own
    if others:
        raise ReadError(f"{file.name}：里面有 {len(others) + 1} 份报告，请一次放一份")
    if len(report.text) > LONGEST:
        raise ReadError(f"{file.name}：有 {len(report.text)} 个字符，最多 {LONGEST}，不像一份报告")
    report = replace(report, id=f"{PREFIX}{secrets.token_hex(6)}")
    progress("model", 0, 1)
    index = embed(assemble([report]), _builder(beside.index.manifest.model), progress)
    return Engine(index, beside.encoder)

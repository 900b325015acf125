"""Reports that a reader brings: each a file read into memory, asked together with those of an engine."""

import re
import secrets
import shutil
from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path

from index.build import assemble, embed, joined
from index.collect import collect
from index.encode.encoder import Encoder, open_builder
from index.errors import ReadError
from index.records import Progress, Report
from index.store.disk import Index
from search.engine import Engine

MOST_BYTES = 5_000_000
LONGEST = 200_000  # characters: the longest report known has 35,000, and each 10,000 take seconds to embed
MOST = 8  # reports of a reader
MOST_CHARACTERS = 300_000  # of all of these: eight of the longest known, so that those of sixteen readers stay below a gigabyte
PREFIX = "own_"  # of the id of such a report
MINE = re.compile(r"我(?:自己)?的(?:这?[一二两三四五六七八几\d]份)?报告|\bmy (?:own )?reports?\b", re.IGNORECASE)


def is_own(report_id: str | None) -> bool:
    return (report_id or "").startswith(PREFIX)


@cache
def _builder(model: str) -> Encoder:
    """What embeds a report soonest: opening it takes seconds, so it stays once a reader has brought one."""
    return open_builder(model)


def read_own(file: Path, beside: Engine, held: Sequence[Index], progress: Progress) -> Index:
    """The index of one file, by the model of the engine `beside`; that of `held` which is of it already. The file is removed in any case.

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
    before = [one.corpus.reports[0] for one in held]
    if report.sha256 in (same := [one.sha256 for one in before]):
        return held[same.index(report.sha256)]
    _check_room(file, report, before)
    report = replace(report, id=f"{PREFIX}{secrets.token_hex(6)}")
    progress("model", 0, 1)
    return embed(assemble([report]), _builder(beside.index.manifest.model), progress)


def _check_room(file: Path, report: Report, before: Sequence[Report]) -> None:
    """Raises ReadError, which names what would have to go, those first that came first."""
    stays = [*before, report]
    while len(stays) > MOST or sum(len(one.text) for one in stays) > MOST_CHARACTERS:
        stays.pop(0)
    if gone := before[: len(before) + 1 - len(stays)]:
        named = "".join(f"《{one.title}》" for one in gone)
        raise ReadError(f"{file.name}：自己的报告最多 {MOST} 份、共 {MOST_CHARACTERS} 个字符；要放这一份，请先拿掉{named}")


def together(engine: Engine, own: Sequence[Index]) -> Engine:
    """An engine over the reports of another and a reader's own after them."""
    return engine.over(joined(engine.index, own))


def spelled_out(question: str, reports: Sequence[Report]) -> str:
    """我的报告 as the places that the reader's own reports are of."""
    places = "、".join(dict.fromkeys(one.place for one in reports if is_own(one.id) and one.place))
    return MINE.sub(places, question) if places else question

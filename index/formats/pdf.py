"""PDF by PDFium (pypdfium2), in a process of its own: a file that breaks or blows up the reader takes nothing else with it."""

from __future__ import annotations

import json
import subprocess
import sys

from index import paths
from index.errors import ReadError
from index.formats.extracted import Extracted, of_lines
from index.formats.pages import Line, paragraphs

SECONDS = 120  # 200 pages take one
LEAST_CHARACTERS = 30  # a page, on average; a scanned one has none, or a stamp's
REASONS = {
    "password": "有密码保护；请存一份没有密码的",
    "broken": "不是完好的 PDF；请重新下载或另存",
    "long": "页数太多，不像一份报告",
}


def extract(data: bytes, name: str) -> list[Extracted]:
    command = [sys.executable, "-m", "index.formats.pdf_lines"]
    try:
        done = subprocess.run(command, input=data, cwd=paths.PROJECT, capture_output=True, timeout=SECONDS, check=False)
        told = json.loads(done.stdout) if done.returncode == 0 else {"reason": "broken"}
    except subprocess.TimeoutExpired:
        raise ReadError(f"{name}：{SECONDS} 秒也没有读完，不像一份报告") from None
    except ValueError:
        told = {"reason": "broken"}
    if "reason" in told:
        raise ReadError(f"{name}：{REASONS[told['reason']]}")
    pages = [[Line(*line) for line in page] for page in told["pages"]]
    characters = sum(len(line.text) for page in pages for line in page)
    if characters < LEAST_CHARACTERS * len(pages):
        raise ReadError(f"{name}：没有文字层，像是扫描件；请先做文字识别（OCR）")
    return [of_lines([(text, 0) for text in paragraphs(pages)])]

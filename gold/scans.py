"""python -m gold.scans: how often a number is recognised wrongly on pages drawn badly, and what marking the uncertain ones is worth.

Pages with a text are drawn as pictures, made worse, and recognised; a number is right where the text has it as often.
From the table comes DOUBTFUL of index/read/paged/scans.py.
"""

import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import cv2
import numpy as np
import pypdfium2
from rapidocr import RapidOCR

from gold.reading import KEPT

DOCUMENTS = ("made/qinzhou_communique.pdf", "made_2/guangshan_2021_work_report.pdf", "made_2/yaan_2022_stat_communique.pdf")
PAGES = range(1, 4)  # no covers
SCALE = 2.5  # as scan_lines.py draws them
WAYS = {  # how a page is made worse: to which share of its pixels, with how much noise, saved as JPEG at which quality
    "as drawn": (1.0, 0, 0),
    "100 to an inch": (0.55, 0, 0),
    "noise": (0.8, 28, 0),
    "JPEG": (0.65, 0, 25),
    "65 to an inch": (0.36, 0, 0),
    "90, much noise": (0.5, 45, 0),
    "75, JPEG": (0.42, 0, 12),
}
LIMITS = (0.6, 0.7, 0.8, 0.9, 0.95, 0.99)
NUMBER = re.compile(r"\d[\d.,]*[%％]?")


def worse(page: Any, share: float, noise: int, quality: int, chance: np.random.Generator) -> Any:
    """The picture, a little askew too, at its own size again."""
    height, width = page.shape[:2]
    page = cv2.resize(page, (int(width * share), int(height * share)), interpolation=cv2.INTER_AREA)
    if noise:
        page = np.clip(page + chance.normal(0, noise, page.shape), 0, 255).astype(np.uint8)
    if quality:
        page = cv2.imdecode(cv2.imencode(".jpg", page, [cv2.IMWRITE_JPEG_QUALITY, quality])[1], cv2.IMREAD_COLOR)
    size = page.shape[1], page.shape[0]
    turn = cv2.getRotationMatrix2D((size[0] / 2, size[1] / 2), chance.uniform(-0.6, 0.6), 1)
    return cv2.resize(cv2.warpAffine(page, turn, size, borderValue=(255, 255, 255)), (width, height), interpolation=cv2.INTER_CUBIC)


def numbers(told: Any, text: str) -> Iterator[tuple[bool, float]]:
    """Each number that is recognised: whether the text has it so often, and the score of its least certain character."""
    left = Counter(NUMBER.findall(text))
    for line, characters in zip(told.txts or (), told.word_results or (), strict=True):
        places = [place for place, one in enumerate(line) if not one.isspace()]  # the characters come without the blanks
        scores = dict(zip(places, (float(score) for _, score, _ in characters), strict=True))
        for match in NUMBER.finditer(line):
            left[match[0]] -= 1
            yield left[match[0]] >= 0, min(scores[at] for at in range(*match.span()))


def main() -> None:
    engine, chance = RapidOCR(params={"Global.log_level": "error"}), np.random.default_rng(7)
    print(f"{'':16}{'numbers':>8}{'wrong':>7}" + "".join(f"{f'below {limit}':>16}" for limit in LIMITS) + "   (wrong, right)")
    every = list[tuple[bool, float]]()
    for way, how in WAYS.items():
        found = list[tuple[bool, float]]()
        for name in DOCUMENTS:
            document = pypdfium2.PdfDocument(KEPT / name)
            for page in (document[number] for number in PAGES if number < len(document)):
                text = page.get_textpage().get_text_range()
                drawn = np.ascontiguousarray(page.render(scale=SCALE).to_numpy()[:, :, :3])
                told = engine(worse(drawn, *how, chance), return_word_box=True, return_single_char_box=True)
                found += numbers(told, text)
        _row(way, found)
        every += found
    _row("all", every)


def _row(name: str, found: list[tuple[bool, float]]) -> None:
    counts = [[sum(is_right is side and score < limit for is_right, score in found) for side in (False, True)] for limit in LIMITS]
    wrong = sum(not is_right for is_right, _ in found)
    print(f"{name:16}{len(found):8}{wrong:7}" + "".join(f"{f'{below[0]}, {below[1]}':>16}" for below in counts), flush=True)


if __name__ == "__main__":
    main()

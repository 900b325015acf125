"""The figures view: the table, its filters and files, the charts, what `check` found."""

from __future__ import annotations

import csv
import io
import json
import re
from decimal import Decimal
from urllib.parse import quote

import pytest
from openpyxl import load_workbook
from playwright.sync_api import Page, expect

from search import Engine
from search.results import FigureResult
from tests.web.conftest import Visit
from tests.web.reader import highlighted, settled, turn

FOREIGN = f"?view=figures&q={quote('外资')}"
VALUE, GROWTH = 1, 2  # columns
HEADS = {
    "zh": ("指标", "数值", "增长", "限定", "时期 · 状态", "章节"),
    "en": ("Indicator", "Value", "Growth", "Hedge", "Period · Status", "Section"),
}


def cells(page: Page, row: int) -> list[str]:
    return [" ".join(cell.split()) for cell in page.locator("#table tbody tr").nth(row).locator("th, td").all_inner_texts()]


def column(page: Page, at: int) -> list[tuple[int, str]]:
    """Where the number of each row stands in the report, and how it is written; (-1, "") where the row has none."""
    script = """(at) => [...document.querySelectorAll('#table tbody tr')].map((row) => {
      const link = row.cells[at].querySelector('a');
      return link ? [Number(link.dataset.marks.split('-')[0]), link.textContent] : [-1, ''];
    })"""
    return [(start, text) for start, text in page.evaluate(script, at)]


def download(page: Page, link: str) -> bytes:
    with page.expect_download() as saved:
        page.click(f"#table-controls a.file:text-is('{link}')")
    return saved.value.path().read_bytes()


def downloaded(page: Page, link: str = "下载 CSV") -> list[dict[str, str]]:
    raw = download(page, link)
    assert raw.startswith(b"\xef\xbb\xbf"), "Excel knows by it that this is UTF-8"
    return list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))


def base(figure: FigureResult) -> Decimal:
    return -figure.value if figure.direction == "down" else figure.value


def in_order(page: Page, at: int, figures: dict[int, FigureResult], sign: int) -> list[tuple[int, str]]:
    """The column as it has to be sorted: each unit by itself, as they first come, by base value; what has none last."""
    shown = column(page, at)
    units = list(dict.fromkeys(figures[start].unit for start, _ in shown if start >= 0))
    given = [cell for cell in shown if cell[0] >= 0]
    given.sort(key=lambda cell: (units.index(figures[cell[0]].unit), sign * base(figures[cell[0]])))
    return given + [cell for cell in shown if cell[0] < 0]


def test_a_level_and_its_growth_are_one_row_as_the_report_writes_them(visit: Visit, address: str) -> None:
    page = visit(address)
    turn(page, "figures")
    expect(page.locator("#table tbody tr").first).to_be_visible()
    time = "2006年 · 完成（预计数）"
    assert cells(page, 0) == ["全市地区生产总值", "2482.5亿元", "16.5%", "预计", time, "一、2006年政府工作回顾"]
    page.wait_for_url(lambda url: "view=figures" in url)


def test_a_click_on_a_number_leads_to_its_sentence(visit: Visit, address: str) -> None:
    page = visit(f"{address}/{FOREIGN}")
    number = page.locator("#table a", has_text="30.4")
    expect(number).to_have_attribute("title", "——实际利用外资实现30.4亿美元，增长43.4%，首次突破30亿美元；")
    number.click()
    settled(page, "#p-9")
    expect(page.locator("#tab-report-button")).to_have_attribute("aria-selected", "true")
    assert highlighted(page) == ["30.4亿美元"]
    page.go_back()
    expect(page.locator("#tab-figures-button")).to_have_attribute("aria-selected", "true")
    expect(number).to_be_visible()
    expect(page.locator("#words input")).to_have_value("外资")


def test_rows_stay_their_own_after_the_reader_has_sorted(visit: Visit, address: str) -> None:
    page = visit(f"{address}/{FOREIGN}")
    page.get_by_role("button", name="数值").click()
    expect(page.locator("#table thead th.value")).to_have_attribute("aria-sort", "ascending")
    page.locator("#table a", has_text="35.5").click()
    settled(page, "#p-99")
    assert highlighted(page) == ["35.5亿美元"]


@pytest.mark.parametrize(("name", "at", "scales"), [("数值", VALUE, ("亿元", "万元", "元")), ("增长", GROWTH, ("%", "−", "个百分点"))])
def test_numbers_are_sorted_by_base_value_within_their_unit(
    visit: Visit, address: str, engine: Engine, name: str, at: int, scales: tuple[str, ...]
) -> None:
    figures = {figure.start: figure for figure in engine.figures("")}
    page = visit(f"{address}/?view=figures")
    written = column(page, at)
    rising, falling = in_order(page, at, figures, 1), in_order(page, at, figures, -1)
    button = page.locator("#table").get_by_role("button", name=name, exact=True)
    for order in (rising, falling, written):
        button.click()
        assert column(page, at) == order
    assert rising not in (written, falling)
    assert all(any(scale in text for _, text in written) for scale in scales), "numbers of several scales are among them"


def test_the_keyboard_sorts_says_so_and_follows_a_number(visit: Visit, address: str) -> None:
    page = visit(f"{address}/{FOREIGN}")
    written = column(page, VALUE)
    head = page.locator("#table thead th.value")
    page.locator("#table thead th.indicator button").focus()
    page.keyboard.press("Tab")
    for key, order, said in (("Enter", "ascending", "升序"), ("Space", "descending", "降序"), ("Enter", "none", "按原文顺序")):
        page.keyboard.press(key)
        expect(head).to_have_attribute("aria-sort", order)
        expect(head.locator("button")).to_be_focused()
        expect(page.locator("#said [role=status]")).to_have_text(f"数值 {said}")
    assert column(page, VALUE) == written
    for _ in range(5):  # past the other headings, to the first number
        page.keyboard.press("Tab")
    expect(page.locator("#table tbody a").first).to_be_focused()
    expect(page.locator("#tab-figures-button")).to_have_attribute("aria-selected", "true")
    page.keyboard.press("Enter")
    expect(page.locator("#tab-report-button")).to_have_attribute("aria-selected", "true")
    assert highlighted(page) == ["30.4亿美元"]


@pytest.mark.parametrize("language", HEADS)
def test_headings_are_in_the_language_of_the_page(visit: Visit, address: str, language: str) -> None:
    """Whatever the browser's own is: of the table, and of its file."""
    page = visit(f"{address}/{FOREIGN}&lang={language}")
    assert tuple(page.locator("#table thead button").all_inner_texts()) == HEADS[language]
    first, *_ = downloaded(page, {"zh": "下载 CSV", "en": "Save CSV"}[language])
    assert list(first)[:1] == [HEADS[language][0]]
    assert any(re.search("[\u4e00-\u9fff]", head) for head in first) == (language == "zh")


def test_words_and_filters_narrow_the_table_and_stand_in_the_address(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?view=figures")
    page.fill("#words input", "投资")
    page.wait_for_url(lambda url: quote("投资") in url)
    option = page.locator("#table-controls select[name=status] option[value=target]")
    count = int("".join(filter(str.isdigit, option.inner_text())))
    page.select_option("#table-controls select[name=status]", "target")
    page.wait_for_url(lambda url: "status=target" in url)
    assert count == len(engine.figures("投资", status="target"))
    again = visit(page.url)
    expect(again.locator("#words input")).to_have_value("投资")
    expect(again.locator("#table-controls select[name=status]")).to_have_value("target")
    expect(again.locator(".counted")).to_have_text(page.locator(".counted").inner_text())
    assert column(again, VALUE) == column(page, VALUE)


@pytest.mark.parametrize("query", ["", "&year=2006", f"&q={quote('投资')}", "&unit=%25", "&kind=duration"])
def test_the_count_says_what_the_rows_show(visit: Visit, address: str, query: str) -> None:
    page = visit(f"{address}/?view=figures{query}")
    told = [int(number) for number in re.findall(r"\d+", page.locator(".counted").inner_text())]
    shown = [page.locator(f"#table tbody {one}").count() for one in ("tr", "td a")]
    apart = page.locator("details.apart tbody tr").count()
    assert told == [*shown, *([apart] if apart else [])]
    assert shown[0]


def test_durations_dates_ranks_and_thresholds_stand_apart(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?view=figures")
    aside = [one for one in engine.figures("") if one.kind in ("duration", "date", "rank") or one.role != "value"]
    apart = page.locator("details.apart")
    expect(apart.locator("table")).to_be_hidden()
    assert apart.locator("tbody a").all_text_contents() == [one.text for one in aside]
    apart.locator("summary").click()
    expect(apart.locator("tr", has_text="14年").first).to_be_visible()
    expect(page.locator("#table")).not_to_contain_text("14年")
    apart.get_by_role("button", name="数值").click()
    assert apart.locator("tbody a").all_text_contents() != [one.text for one in aside], "it sorts by itself"


def test_a_file_has_numbers_as_numbers_beside_the_text_and_where_it_stands(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/{FOREIGN}")
    rows = downloaded(page)
    first = rows[0]
    assert first["链接"].startswith(address)
    assert {name: first[name] for name in ("指标", "原文写法", "数值", "单位", "增长", "增长单位", "时期", "段落", "章节内第几段")} == {
        "指标": "实际利用外资",
        "原文写法": "30.4亿美元",
        "数值": "3040000000",
        "单位": "美元",
        "增长": "43.4",
        "增长单位": "%",
        "时期": "2006",
        "段落": "9",
        "章节内第几段": "5",
    }
    assert first["原句"] == "——实际利用外资实现30.4亿美元，增长43.4%，首次突破30亿美元；"
    assert (first["报告"], first["报告日期"]) == ("沈阳市2007年政府工作报告", "2007-01-19")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    own = [figure.to_dict() for figure in engine.figures("外资")]
    assert sorted(map(str, json.loads(download(page, "下载 JSON")))) == sorted(map(str, own))
    there = visit(first["链接"])
    settled(there, "#p-9")


def test_every_number_of_the_csv_and_of_excel_is_the_same_number(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures")
    rows = downloaded(page)
    sheet = load_workbook(io.BytesIO(download(page, "下载 Excel")), read_only=True).worksheets[0]
    heads, *body = sheet.iter_rows(values_only=True)
    assert len(rows) == len(body) == page.locator("#figures tbody tr").count()
    for line, cells_ in zip(rows, body, strict=True):
        row = dict(zip(heads, cells_, strict=True))
        for name in ("数值", "数值上限", "增长", "增长上限", "段落", "章节内第几段"):
            assert isinstance(row[name], int | float | None)
            assert (line[name] and Decimal(line[name])) == ("" if row[name] is None else Decimal(str(row[name])))
        assert row["原文写法"]
        assert row["原句"]
    falls = [row for row in rows if row["增长"].startswith("-") or row["数值"].startswith("-")]
    assert falls, "a fall is below zero"


def test_charts_set_what_was_reached_beside_what_is_planned(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?view=figures")
    pairs = [found for found in engine.check() if found.kind == "target"]
    expect(page.locator(".chart dt")).to_have_count(len(pairs))
    growth = page.locator(".chart", has_text="增长率")
    bars = growth.locator("dd").filter(has_text="%")
    widths = [float(bar.get_attribute("width").rstrip("%")) for bar in bars.locator("rect").all()]  # type: ignore[union-attr]
    values = [float(bar.inner_text().strip("%％")) for bar in bars.locator("a.place").all()]
    top = max(values)
    assert all(abs(width - value * 100 / top) < 0.01 for width, value in zip(widths, values, strict=True))
    patterns = page.evaluate("['reached', 'planned'].map((c) => getComputedStyle(document.querySelector(`.chart .${c}`)).fill)")
    assert "url" in patterns[1]
    assert "url" not in patterns[0]
    growth.locator("a.place").first.click()
    settled(page, "#p-6")
    assert highlighted(page) == ["16.5%"]


def test_charts_follow_the_filters(visit: Visit, address: str, engine: Engine) -> None:
    """What is charted is among the rows; what `check` found stays that of the whole report."""
    pairs = [found for found in engine.check() if found.kind == "target"]
    page = visit(f"{address}/?view=figures")
    charted = page.locator("#figures .chart dt")
    expect(charted).to_have_count(len(pairs))
    page.select_option("#table-controls select[name=unit]", "美元")
    of_dollars = [pair for pair in pairs if any(figure.unit == "美元" for figure in pair.figures)]
    assert 0 < len(of_dollars) < len(pairs)
    expect(charted).to_have_count(len(of_dollars))
    page.select_option("#table-controls select[name=unit]", "")
    expect(charted).to_have_count(len(pairs))
    page.fill("#words input", "粮食")
    expect(charted).to_have_count(0)
    expect(page.locator("#figures .charts")).to_have_count(0)
    expect(page.locator(".findings li")).to_have_count(len(engine.check()))


def test_what_check_found_is_told(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?view=figures")
    found = engine.check()
    if all(one.kind == "target" for one in found):
        expect(page.locator(".findings .checked")).to_contain_text("没有发现")
    page.click(".findings summary")
    expect(page.locator(".findings li")).to_have_count(len(found))
    expect(page.locator(".findings li").first).to_contain_text(found[0].text)
    expect(page.locator(".findings li").first).to_be_visible()


def test_a_narrowed_table_is_asked_for_once_and_brings_itself_alone(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures")
    whole = len(page.locator("#figures").inner_html())
    with page.expect_response(lambda reply: reply.request.method == "POST" and "外资" in (reply.request.post_data or "")) as replied:
        page.fill("#words input", "外资")
    page.wait_for_url(lambda url: quote("外资") in url)
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    expect(page.locator("#figures .chart dt")).to_have_count(2)
    assert 0 < len(replied.value.body()) < whole / 4
    assert set(replied.value.json()["html"]) == {"table-controls", "figures", "title", "own-list"}
    assert asked == []


def test_a_table_of_nothing_says_so(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures&q={quote('龘')}")
    expect(page.locator(".counted")).to_contain_text("没有这样的指标")
    expect(page.locator("#table")).to_have_count(0)
    expect(page.locator("#figures .charts")).to_have_count(0)
    page.fill("#words input", "外资")
    expect(page.locator("#table tbody tr").first).to_contain_text("实际利用外资")


@pytest.mark.parametrize("width", [360, 412])
def test_a_phone_shows_every_part_of_a_row_without_scrolling_sideways(visit: Visit, address: str, width: int) -> None:
    page = visit(f"{address}/?view=figures", (width, 800))
    row = page.locator("#table tbody tr").first
    period = "2006年 · 完成（预计数）"
    parts = {"indicator": "全市地区生产总值", "value": "2482.5亿元", "growth": "16.5%", "hedge": "预计", "period": period}
    for name, text in parts.items():
        cell = row.locator(f".{name}")
        expect(cell).to_have_text(text)
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert cell.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    wider = "[...document.querySelectorAll('#table :not(.sr)')].filter((one) => one.clientWidth && one.scrollWidth > one.clientWidth + 1)"
    assert page.evaluate(f"{wider}.map((one) => one.outerHTML)") == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.get_by_role("button", name="数值").click()
    expect(page.locator("#table thead th.value")).to_have_attribute("aria-sort", "ascending")

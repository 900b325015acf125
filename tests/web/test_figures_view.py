"""The figures view: the table, its filters and files, the charts, what `check` found."""

from __future__ import annotations

import csv
import io
import json
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from search import Engine
from tests.web.conftest import Visit
from tests.web.reader import highlighted, settled, turn


def cells(page: Page, row: int) -> list[str]:
    shown = page.locator(f"#table .virtual-row[data-index='{row}'] [role=gridcell]").all_inner_texts()
    return [cell.strip() for cell in shown[:8]]


def download(page: Page, button: str) -> bytes:
    with page.expect_download() as saved:
        page.click(button)
    return saved.value.path().read_bytes()


def test_a_level_and_its_growth_are_one_row_as_the_report_writes_them(visit: Visit, address: str) -> None:
    page = visit(address)
    turn(page, "figures")
    expect(page.locator("#table .virtual-row").first).to_be_visible()
    assert cells(page, 0) == ["全市地区生产总值", "2482.5", "亿元", "16.5%", "预计", "2006", "已完成", "一、2006年政府工作回顾"]
    page.wait_for_url(lambda url: "view=figures" in url)


def test_a_click_on_a_row_leads_to_its_sentence(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures&q={quote('外资')}")
    page.locator("#table [role=gridcell]", has_text="30.4").first.click()
    settled(page, "#p-9")
    expect(page.locator("#tab-report-button")).to_have_attribute("aria-selected", "true")
    assert highlighted(page) == ["30.4亿美元"]
    page.go_back()
    expect(page.locator("#picked blockquote")).to_have_text("——实际利用外资实现30.4亿美元，增长43.4%，首次突破30亿美元；")
    expect(page.locator("#picked mark")).to_have_text("30.4亿美元")


def test_rows_stay_their_own_after_the_reader_has_sorted(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures&q={quote('外资')}")
    page.locator("#table [data-testid=header-0] .header-content").click()
    page.wait_for_timeout(300)
    cell = page.locator("#table [role=gridcell]", has_text="35.5").first
    cell.click()
    settled(page, "#p-99")
    assert highlighted(page) == ["35.5亿美元"]


def test_words_and_filters_narrow_the_table_and_stand_in_the_address(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?view=figures")
    page.fill("#words input", "投资")
    page.wait_for_url(lambda url: quote("投资") in url)
    page.click("#tab-figures input[aria-label^='状态']")
    option = page.get_by_role("option", name="计划")
    count = int("".join(filter(str.isdigit, option.inner_text())))
    option.click()
    page.wait_for_url(lambda url: "status=target" in url)
    assert count == len(engine.figures("投资", status="target"))
    again = visit(page.url)
    expect(again.locator("#words input")).to_have_value("投资")
    expect(again.locator(".counted")).to_have_text(page.locator(".counted").inner_text())


def test_csv_opens_in_a_spreadsheet_and_json_is_the_contracts(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?view=figures&q={quote('外资')}")
    expect(page.locator("#table .virtual-row").first).to_be_visible()
    raw = download(page, "#csv")
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"), newline="")))
    first = next(row for row in rows if row["数值"] == "30.4")
    assert (first["指标"], first["单位"], first["增长"], first["段落"]) == ("实际利用外资", "亿美元", "43.4%", "9")
    assert not [cell for row in rows for cell in row.values() if cell.startswith(("=", "+", "-", "@"))]
    own = [figure.to_dict() for figure in engine.figures("外资")]
    assert sorted(map(str, json.loads(download(page, "#json")))) == sorted(map(str, own))


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


def test_what_check_found_is_told(visit: Visit, address: str, engine: Engine) -> None:
    page = visit(f"{address}/?view=figures")
    found = engine.check()
    if all(one.kind == "target" for one in found):
        expect(page.locator(".findings .checked")).to_contain_text("没有发现")
    page.click(".findings summary")
    expect(page.locator(".findings li")).to_have_count(len(found))
    expect(page.locator(".findings li").first).to_contain_text(found[0].text)


def test_the_keyboard_reads_cells_and_stays_until_the_link_is_taken(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures&q={quote('外资')}")
    page.locator("#table [role=gridcell]").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#picked blockquote")).to_be_visible()
    expect(page.locator("#tab-figures-button")).to_have_attribute("aria-selected", "true")
    page.locator("#picked a.place").press("Enter")
    expect(page.locator("#tab-report-button")).to_have_attribute("aria-selected", "true")


def test_charts_are_sent_once_for_a_report(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures")
    charts = len(page.locator("#checked").inner_html())
    received: list[int] = []
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.dataReceived", lambda event: received.append(event["dataLength"]))
    page.fill("#words input", "外资")
    page.wait_for_url(lambda url: quote("外资") in url)
    page.wait_for_timeout(200)
    assert 0 < sum(received) < charts
    expect(page.locator("#checked .chart").first).to_be_visible()


def test_a_table_of_nothing_says_so(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?view=figures&q={quote('龘')}")
    expect(page.locator(".counted")).to_contain_text("没有这样的指标")
    expect(page.locator("#table")).to_be_hidden()
    page.fill("#words input", "外资")
    expect(page.locator("#table .virtual-row").first).to_contain_text("实际利用外资")


@pytest.mark.parametrize("width", [360, 412])
def test_a_phone_shows_every_part_of_a_row_without_scrolling_sideways(visit: Visit, address: str, width: int) -> None:
    page = visit(f"{address}/?view=figures", (width, 800))
    row = page.locator("#table .virtual-row").first
    for column, text in enumerate(("全市地区生产总值", "2482.5", "亿元", "16.5%", "预计", "2006", "已完成"), start=1):
        cell = row.locator(f"[aria-colindex='{column}']")
        expect(cell).to_have_text(text)
        box = cell.bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width
        assert cell.evaluate("(one) => one.scrollWidth <= one.clientWidth")
    assert page.evaluate(
        "[...document.querySelectorAll('#table *')].every((one) => one.scrollWidth <= one.clientWidth + 1 || !one.clientWidth)"
    )
    assert page.evaluate("document.documentElement.scrollWidth") <= width

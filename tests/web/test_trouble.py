"""A server that is gone or has too much to do: the page says which, keeps the question, and puts it again."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from playwright.sync_api import Page, expect

from tests.web.conftest import Serve, Visit, site_of
from tests.web.reader import BOX, GDP, ask
from web.server.settings import QUESTIONS_AT_ONCE, Settings

JOBS = "今年新增就业的目标"
GONE = {"zh-CN": "服务器没有应答。问题还在，正在再试。", "en-GB": "The server does not answer. Your question is kept and asked again."}
BUSY = {
    "zh-CN": "现在提问的人很多，请过几秒再试。",
    "en-GB": "Many questions are being asked at the moment. Please try again in a few seconds.",
}
AGAIN = {"zh-CN": "再试一次", "en-GB": "Try again"}
LOCALES = pytest.mark.parametrize("locale", GONE)


def says(page: Page, line: str, locale: str) -> None:
    """The answer's place has the line and a button, and nothing of an answer; the question is in the box."""
    expect(page.locator("#answer .trouble")).to_have_text(f"{line} {AGAIN[locale]}")
    expect(page.locator("#answer > *")).to_have_count(1)
    expect(page.locator("#answer")).not_to_contain_text("2482.5")
    expect(page.locator("#said [role=status]")).to_have_text(line)
    expect(page.locator(BOX)).to_have_value(JOBS)
    expect(page.locator(".toast-wrap")).to_be_empty()  # no line of Gradio's own, in English


@LOCALES
def test_a_server_that_is_gone_is_said_and_the_question_is_answered_once_it_is_back(visit: Visit, serve: Serve, locale: str) -> None:
    server = serve()
    page = visit(f"{site_of(server)}/?q={quote(GDP)}", locale=locale)
    expect(page.locator(".answer .big")).to_contain_text("2482.5亿元")
    server.close()
    ask(page, JOBS)
    says(page, GONE[locale], locale)
    serve(port=server.port)
    expect(page.locator(".answer .big")).to_contain_text("15万人", timeout=30_000)  # nobody has pressed anything
    expect(page.locator("#answer .trouble")).to_have_count(0)
    expect(page.locator(BOX)).to_have_value(JOBS)
    page.wait_for_url(f"**/?q={quote(JOBS)}")


def test_a_server_that_comes_back_as_another_version_gives_its_own_page(visit: Visit, serve: Serve) -> None:
    server = serve()
    page = visit(site_of(server))
    page.evaluate("window.old = true")
    server.close()
    ask(page, JOBS)
    says(page, GONE["zh-CN"], "zh-CN")
    serve(port=server.port, counted_from=50)  # what the page would call is not there any more
    expect(page.locator(".answer .big")).to_contain_text("15万人", timeout=30_000)
    assert not page.evaluate("window.old ?? false")
    expect(page.locator(BOX)).to_have_value(JOBS)


def test_the_button_asks_again_at_once(visit: Visit, serve: Serve) -> None:
    server = serve()
    page = visit(site_of(server))
    page.clock.install(time=0)
    page.clock.pause_at(60)  # from here no time passes: it does not ask by itself
    server.close()
    ask(page, JOBS)
    says(page, GONE["zh-CN"], "zh-CN")
    serve(port=server.port)
    expect(page.locator("#answer .trouble")).to_be_visible()
    page.get_by_role("button", name="再试一次").click()
    expect(page.locator(".answer .big")).to_contain_text("15万人")


def test_a_question_of_a_link_is_in_the_box_too(visit: Visit, serve: Serve) -> None:
    server = serve()
    page = visit(site_of(server))
    link = page.locator("#try a").first
    expect(link).to_be_visible()
    question = link.inner_text()
    server.close()
    link.click()
    expect(page.locator("#answer .trouble")).to_contain_text(GONE["zh-CN"])
    expect(page.locator(BOX)).to_have_value(question)


def test_what_is_typed_meanwhile_stays_when_the_answer_comes(visit: Visit, serve: Serve) -> None:
    server = serve()
    page = visit(site_of(server))
    server.state.running += QUESTIONS_AT_ONCE
    ask(page, JOBS)
    says(page, BUSY["zh-CN"], "zh-CN")
    page.fill(BOX, "固定资产投资")
    server.state.running -= QUESTIONS_AT_ONCE
    expect(page.locator(".answer .big")).to_contain_text("15万人", timeout=30_000)
    expect(page.locator(BOX)).to_have_value("固定资产投资")


@LOCALES
def test_a_server_with_too_much_to_do_is_told_apart_from_one_that_is_gone(visit: Visit, serve: Serve, locale: str) -> None:
    server = serve()
    page = visit(f"{site_of(server)}/?q={quote(GDP)}", locale=locale)
    server.state.running += QUESTIONS_AT_ONCE
    ask(page, JOBS)
    says(page, BUSY[locale], locale)
    server.state.running -= QUESTIONS_AT_ONCE
    expect(page.locator(".answer .big")).to_contain_text("15万人", timeout=30_000)


@LOCALES
def test_who_asks_too_often_is_told_the_same(visit: Visit, serve: Serve, locale: str) -> None:
    page = visit(site_of(serve(settings=Settings(hosts=("127.0.0.1",), per_minute=4))), locale=locale)
    for _ in range(4):
        with page.expect_response("**/component_server/"):
            ask(page, GDP)
    with page.expect_response(lambda response: JOBS in (response.request.post_data or "")) as refused:
        ask(page, JOBS)
    assert refused.value.status == 429
    says(page, BUSY[locale], locale)

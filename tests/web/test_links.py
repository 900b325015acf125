"""Addresses: what they restore, back and forward, a link for each paragraph."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from playwright.sync_api import expect

from tests.web.conftest import Visit
from tests.web.reader import BOX, GDP, PHONE, ask, settled, turn


def test_the_address_holds_the_question_and_brings_it_back(visit: Visit, address: str) -> None:
    page = visit(f"{address}/?lang=zh")
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    page.wait_for_url(lambda url: quote(GDP, safe="") in url and "lang=zh" in url)
    again = visit(page.url)
    expect(again.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(again.locator(BOX)).to_have_value(GDP)


@pytest.mark.parametrize("size", [(1280, 860), PHONE], ids=["desk", "phone"])
@pytest.mark.parametrize("view", ["?q=地铁", "?q=地铁&mode=keyword&status=target", "?view=figures", "?view=report", ""])
def test_a_link_to_a_paragraph_shows_it_from_every_view(visit: Visit, address: str, view: str, size: tuple[int, int]) -> None:
    page = visit(f"{address}/{quote(view, safe='?=&')}#p-12", size)
    settled(page, "#p-12")
    expect(page.locator("#p-12")).to_have_class("here")


def test_back_and_forward_go_through_questions_views_and_places(visit: Visit, address: str) -> None:
    page = visit(address)
    ask(page, GDP)
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    ask(page, "今年新增就业的目标")
    expect(page.locator(".answer .big mark")).to_have_text("15万人")
    page.click(".answer a.place")
    page.wait_for_url("**#p-106")
    turn(page, "report")
    page.wait_for_url("**view=report**")
    page.go_back()
    expect(page.locator(".answer .big mark")).to_have_text("15万人")
    page.wait_for_url("**#p-106")
    page.go_back()
    page.go_back()
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")
    expect(page.locator(BOX)).to_have_value(GDP)
    page.go_back()
    expect(page.locator("#answer .intro")).to_be_visible()
    page.go_forward()
    expect(page.locator(".answer .big mark")).to_have_text("2482.5亿元")


ANYTHING = ["?mode=magic&q=地铁", "?view=../../etc&year=%00", "?report=none&view=figures", "?view=compare", "?view=constructor&q=地铁"]


@pytest.mark.parametrize("asked", ANYTHING)
def test_an_address_may_hold_anything(visit: Visit, address: str, asked: str) -> None:
    page = visit(f"{address}/{quote(asked, safe='?=&%')}")
    expect(page.locator("#tabs [role=tab][aria-selected=true]")).to_be_visible()
    expect(page.locator("#main [role=tabpanel]:visible")).not_to_have_text(re.compile(r"^\s*$"))
    assert "Traceback" not in page.content()
    expect(page.locator(".toast-wrap")).to_be_empty()

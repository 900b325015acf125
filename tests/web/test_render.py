"""Records → HTML: what stands where, what is marked, and that no text of report or question becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Corpus, Section, Span
from search.results import Alternative, Answer, Citation, Computed, FigureResult, Finding, Item, Mark, PassageResult
from tests.web.samples import HOSTILE, REPORT, TITLE, citation, figure, gdp, passage, report, result
from web import render
from web.address import Wanted
from web.checked import charts, findings
from web.cite import marked
from web.report import full
from web.strings import LANGUAGES, words
from web.tags import Html, el

SAY = words("zh")
KEYWORD = Wanted("search", "增长", mode="keyword")
ALLOWED = {"a", "article", "b", "blockquote", "button", "div", "h1", "h2", "h3", "h4", "header", "li", "mark"}
ALLOWED |= {"dd", "defs", "details", "dl", "dt", "figcaption", "figure", "pattern", "rect", "summary", "svg"}
ALLOWED |= {"nav", "ol", "p", "section", "small", "span", "strong", "ul"}


class Seen(HTMLParser):
    """The elements, attributes and text that a browser would make of some HTML."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.text = ""
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs

    def handle_data(self, data: str) -> None:
        self.text += data


def test_a_figure_comes_first_and_large_with_its_period_and_hedge() -> None:
    html = render.asked(gdp(), SAY)
    assert '<p class="big"><mark class="figure">2482.5亿元</mark><small>增长16.5%</small></p>' in html
    assert '<span class="tag">2006年 · 已完成</span><span class="tag hedge">预计</span>' in html


def test_the_quote_has_the_answers_figure_and_the_questions_words_marked() -> None:
    html = render.asked(gdp(), SAY)
    marks = '预计全市<mark class="term">地区生产总值</mark>实现<mark class="figure">2482.5亿元</mark>，增长16.5%</blockquote>'
    assert marks in html


def test_a_citation_leads_to_its_paragraph_and_says_what_to_mark_there() -> None:
    html = render.asked(gdp(), SAY)
    link = re.search(r'<a href="#p-6"[^>]*>一、2006年政府工作回顾\xa0<span>·\xa0第2段</span></a>', html)
    assert link
    assert 'data-marks="272-280"' in link[0]
    assert f'data-report="{REPORT}"' in link[0]
    assert 'data-copy="“预计全市地区生产总值实现2482.5亿元，增长16.5%”（《沈阳市2007年政府工作报告》，' in html


@pytest.mark.parametrize(
    ("text", "modifier", "shown"),
    [
        ("5%以内（2007年计划）。", "以内", '<p class="big"><mark class="figure">5%</mark>以内</p>'),
        ("超过5%。", "超过", '<p class="big">超过<mark class="figure">5%</mark></p>'),
    ],
)
def test_a_bound_is_never_parted_from_its_figure(text: str, modifier: str, shown: str) -> None:
    plan = figure("5%", 10, year="2007", status="target", modifier=modifier)
    html = render.asked(result(Answer(text, confidence=0.9, figures=(plan,), citations=(citation("5%", 10),))), SAY)
    assert shown in html
    assert '<span class="tag plan">2007年 · 计划</span>' in html


def compared(text: str, computed: Computed | None = None) -> Html:
    figures = (figure("35.5亿美元", 108, year="2007", status="target"), figure("30.4亿美元", 8))
    quotes = (citation("实际利用外资35.5亿美元", 102, 99), citation("实际利用外资30.4亿美元", 2, 9))
    answer = Answer(text, confidence=0.9, figures=figures, citations=quotes, computed=computed)
    return render.asked(result(answer), SAY)


def test_a_comparison_has_two_quotes_each_with_its_figure_and_period() -> None:
    html = compared("35.5亿美元（2007年计划），30.4亿美元（2006年）。")
    assert html.count("<blockquote") == 2
    assert html.index("35.5亿美元</mark>") < html.index("2007年 · 计划") < html.index("30.4亿美元</mark>")
    assert "computed" not in html


def test_a_difference_that_was_asked_for_comes_first_and_is_not_marked_as_the_reports() -> None:
    computed = Computed("增加5.1亿美元（35.5 − 30.4）", Decimal(510000000), "美元", ("35.5亿美元", "30.4亿美元"))
    html = compared(f"{computed.text}：35.5亿美元（2007年计划），30.4亿美元（2006年）。", computed)
    assert '<p class="big">增加5.1亿美元<small>35.5 − 30.4</small></p>' in html
    html = compared("35.5亿美元（2007年计划），30.4亿美元（2006年）。", computed)
    assert '<p class="computed"><b>增加5.1亿美元（35.5 − 30.4）</b></p>' in html


def test_a_sentence_that_is_its_own_quote_is_said_once() -> None:
    sentence = "地铁1、2号线工程进展顺利。"
    answer = Answer(sentence, confidence=0.9, citations=(citation(sentence, 100),))
    html = render.asked(result(answer, passage(sentence, 100, Mark(0, 2, "term"))), SAY)
    card = html[: html.index("passages-head")].partition("<article")[2]
    assert '<blockquote class="sentence" lang="zh-CN"><mark class="term">地铁</mark>1、2号线' in card
    assert card.count("<blockquote") == 1
    assert '<span class="tag past">2006年</span>' in card


@pytest.mark.parametrize(("reason", "said"), [("absent", "报告没有谈到这件事。"), ("related", "但没有给出所问的")])
def test_what_the_report_does_not_say_is_said_so_with_the_nearest_passages(reason: str, said: str) -> None:
    answer = Answer("报告中没有提到。", False, reason, confidence=0.9)  # type: ignore[arg-type]
    html = render.asked(result(answer, passage("市长 李英杰", 48)), SAY)
    assert "报告中没有提到" in html
    assert said in html
    assert "最接近的段落" in html
    assert "<blockquote" not in html


def test_items_and_other_readings_are_listed_with_their_places() -> None:
    place = citation("一是抓第三产业发展力度不够", 20)
    answer = Answer(
        "四项不足：",
        confidence=0.9,
        items=(Item("抓第三产业发展力度不够", place),),
        alternatives=(Alternative("9家", "投融资机构", place),),
        citations=(place,),
    )
    html = render.asked(result(answer), SAY)
    assert "<li><span>抓第三产业发展力度不够</span><a " in html
    assert "<h3>其他理解</h3>" in html
    assert "<li><b>9家</b> 投融资机构 <a " in html


def test_a_list_over_two_years_is_a_list_and_not_a_comparison() -> None:
    figures = (figure("13%", 8), figure("13％", 108, year="2007", status="target"))
    places = (citation("收入增长13%", 4), citation("零售总额增长13％", 102, 68))
    items = tuple(Item(place.quote, place) for place in places)
    html = render.asked(result(Answer("收入、零售总额。", True, None, items, (), None, figures, places, confidence=0.9)), SAY)
    assert html.count("<li>") == 2
    assert 'data-marks="108-111"' in html
    assert "<blockquote" not in html


def test_a_passage_says_its_rank_place_and_period() -> None:
    html = render.searched(KEYWORD, (passage("增长", 0, Mark(0, 2, "term")),), SAY)
    assert "<b>1</b>" in html
    assert "第2段</span></a> · 已完成" in html  # the heading has the year
    nested = passage("增长", 0, section=("一、2006年政府工作回顾", "（一）工业"))
    assert "第2段</span></a> · 2006年 · 已完成" in render.searched(KEYWORD, (nested,), SAY)
    assert 'data-url="q=%E5%A2%9E%E9%95%BF&amp;mode=keyword"' in html


def test_nothing_found_is_said() -> None:
    assert SAY["found_none"] in render.searched(Wanted("search", "龘", mode="keyword"), (), SAY)


def test_a_report_leads_to_its_official_text_where_it_is_known() -> None:
    known = replace(report("第一段\n"), source='https://a.gov.cn/?a=1&b="')
    html = full(known, SAY)
    assert 'href="https://a.gov.cn/?a=1&amp;b=&quot;" rel="noopener noreferrer" target="_blank">官方原文</a>' in html
    assert "官方原文" not in html.partition("<article")[2]  # offsets and finding count the report's text alone
    assert "官方原文" not in full(report("第一段\n"), SAY)


def hostile() -> list[Html]:
    """Every view, with hostile text wherever a report or a reader can put some."""
    quote = replace(citation(HOSTILE, 0, section=(HOSTILE,)), report=HOSTILE, report_id=HOSTILE)
    shown = figure(HOSTILE, 0, modifier=HOSTILE, year=HOSTILE, report_id=HOSTILE)
    bad = replace(passage(HOSTILE, 0, Mark(1, 9, "term"), section=(HOSTILE,)), report=HOSTILE, report_id=HOSTILE)
    answers = [
        Answer(HOSTILE, confidence=0.1, figures=(shown,), citations=(quote,)),
        Answer(HOSTILE, True, None, (Item(HOSTILE, quote),), (Alternative(HOSTILE, HOSTILE, quote),), confidence=0.9),
        Answer(HOSTILE, confidence=0.9, citations=(quote,), computed=Computed(HOSTILE, Decimal(1), "", ("", ""))),
        Answer(HOSTILE, False, "absent", confidence=0.9),
    ]
    asked = [render.asked(result(answer, bad, question=HOSTILE), SAY) for answer in answers]
    corpus = Corpus((report(HOSTILE, title=HOSTILE),), ())
    rest = [render.trouble(HOSTILE), render.header(corpus, SAY), render.intro(corpus, SAY), full(corpus.reports[0], SAY)]
    return [*asked, render.searched(Wanted("search", HOSTILE, section=HOSTILE), (bad,), SAY), *rest_of(bad, quote, shown), *rest]


def rest_of(bad: PassageResult, quote: Citation, shown: FigureResult) -> list[Html]:
    found = Finding("target", HOSTILE, HOSTILE, None, (shown, shown), (quote, quote))
    fault = replace(found, kind="values")
    return [charts([found], SAY), findings([found, fault], SAY), render.history([HOSTILE], SAY)]


@pytest.mark.parametrize("html", hostile())
def test_no_text_becomes_markup(html: Html) -> None:
    seen = Seen(html)
    assert set(seen.tags) <= ALLOWED
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "src"]
    assert HOSTILE in seen.text


@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_a_paragraph_is_the_reports_text_character_for_character(text: str) -> None:
    one = report("x")
    span = Span(0, len(text))
    one = replace(one, text=text, paragraphs=(replace(one.paragraphs[0], span=span),))
    assert Seen(full(one, SAY)).text == TITLE + text


def test_headings_stand_before_their_paragraphs_and_a_run_in_one_inside() -> None:
    text = "一、回顾\n去年很好。\n（一）抓工业。增长5%。"
    sections = (Section(("一、回顾",), Span(0, 4), "2006", "actual"), Section(("一、回顾", "（一）抓工业"), Span(11, 17), "2006", "actual"))
    html = full(report(text, sections=sections), SAY)
    assert '<h3 id="s-1" tabindex="-1">一、回顾</h3><p ' in html
    assert '<strong id="s-2">（一）抓工业</strong>。增长5%。</p>' in html
    assert 'id="p-2"' in html
    assert 'data-start="11"' in html


@given(st.text(max_size=30), st.lists(st.integers(0, 30), max_size=6))
def test_marks_never_change_the_text(text: str, cuts: list[int]) -> None:
    edges = sorted({min(cut, len(text)) for cut in cuts})
    marks = [Mark(start, end, "term") for start, end in zip(edges[::2], edges[1::2], strict=False)]
    plain = re.sub(r'</?mark(?: class="term")?>', "", marked(text, marks))
    assert plain == el("p", text)[3:-4]


def test_every_word_is_there_in_both_languages() -> None:
    chinese, english = (words(language).table for language in LANGUAGES)
    assert chinese.keys() == english.keys()
    for key in chinese:
        assert set(re.findall(r"\{\w+\}", chinese[key])) == set(re.findall(r"\{\w+\}", english[key])), key
    assert words("xx") == words("zh") == words(None)

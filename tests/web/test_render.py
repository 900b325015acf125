"""Records → HTML: what stands where, what is marked, and that no text of report or question becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from html.parser import HTMLParser
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.records import Cell, Corpus, Report, Section, Span, Status, Table, Term, Unread
from search.results import (
    Alternative,
    Answer,
    AnswerRow,
    AskResult,
    Citation,
    Computed,
    Coverage,
    FigureResult,
    Finding,
    Item,
    Mark,
    Order,
    Reason,
)
from tests.web.samples import HOSTILE, REPORT, TITLE, citation, figure, gdp, passage, plan, report, result, row
from web.address import Wanted
from web.answers.cite import marked
from web.answers.context import Context
from web.strings import LANGUAGES, words
from web.tags import Html, el
from web.views import asked, frame, library, searched
from web.views.checked import charts, findings
from web.views.examples import buttons
from web.views.fulltext import full

SAY = words("zh")
KEYWORD = Wanted("search", "增长", mode="keyword")
ALLOWED = {"a", "article", "b", "blockquote", "button", "div", "h1", "h2", "h3", "h4", "header", "i", "li", "mark"}
ALLOWED |= {"caption", "dd", "defs", "details", "dl", "dt", "figcaption", "figure", "pattern", "rect", "summary", "svg"}
ALLOWED |= {"nav", "ol", "p", "section", "small", "span", "strong", "table", "tbody", "td", "th", "thead", "tr", "ul"}
ALLOWED |= {"fieldset", "form", "input", "label", "legend", "option", "select", "textarea"}
LINKS = re.compile(r"#(?:[ps]|group)-\d+|\?[\w=&%.+-]*|/file/wenbao\.\w+\?[\w=&%.+-]*")  # where a link of the page may lead


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


def article(html: Html) -> Seen:
    """The report itself, without what is said about it."""
    return Seen(html[html.index("<article") : html.index("</article>")])


def shown(found: AskResult, **more: object) -> Html:
    return asked.asked(found, Context(SAY, **more))  # type: ignore[arg-type]


def test_a_figure_comes_first_and_large_with_its_period_and_its_hedge_in_one() -> None:
    html = shown(gdp())
    assert '<p class="big" lang="zh-CN"><mark class="figure">2482.5亿元</mark><small>增长16.5%</small></p>' in html
    assert '<p class="tags"><span class="tag">2006年 · 完成（预计数）</span></p>' in html
    assert "已完成" not in html.partition("<blockquote")[0]


@pytest.mark.parametrize(
    ("hedge", "status", "tags"),
    [
        ("左右", "actual", '<span class="tag">2006年 · 已完成</span><span class="tag hedge" lang="zh-CN">左右</span>'),
        ("预计", "target", '<span class="tag plan">2006年 · 计划</span><span class="tag hedge" lang="zh-CN">预计</span>'),
    ],
)
def test_any_other_hedge_stands_beside_the_period(hedge: str, status: Status, tags: str) -> None:
    said = figure("5%", 10, status=status, modifier=hedge)
    assert tags in shown(result(Answer(f"5%（{hedge}）。", confidence=0.9, figures=(said,), citations=(citation("5%", 10),))))


def test_readers_of_english_have_hedges_in_english() -> None:
    said = figure("5%", 10, modifier="左右")
    answer = Answer("5%（左右）（提高）。", confidence=0.9, figures=(said,), citations=(citation("5%", 10),))
    html = asked.asked(result(answer), Context(words("en")))
    assert '<span class="tag hedge">about</span><span class="tag hedge" lang="zh-CN">提高</span>' in html


def test_the_quote_has_the_answers_figures_and_the_questions_words_marked() -> None:
    marks = '预计全市<mark class="term">地区生产总值</mark>实现<mark class="figure">2482.5亿元</mark>'
    assert f'{marks}，增长<mark class="figure">16.5%</mark></blockquote>' in shown(gdp())


def test_a_citation_leads_to_its_paragraph_and_says_what_to_mark_there() -> None:
    html = shown(gdp())
    link = re.search(r'<a href="#p-6"[^>]*>一、2006年政府工作回顾\xa0<span>·\xa0第2段</span></a>', html)
    assert link
    assert 'data-marks="272-280 283-288"' in link[0]
    assert f'data-report="{REPORT}"' in link[0]
    assert 'data-copy="“预计全市地区生产总值实现2482.5亿元，增长16.5%”（《沈阳市2007年政府工作报告》，' in html


@pytest.mark.parametrize(
    ("text", "modifier", "shown_as"),
    [
        ("5%以内（2007年计划）。", "以内", '<p class="big" lang="zh-CN"><mark class="figure">5%</mark>以内</p>'),
        ("超过5%。", "超过", '<p class="big" lang="zh-CN">超过<mark class="figure">5%</mark></p>'),
    ],
)
def test_a_bound_is_never_parted_from_its_figure(text: str, modifier: str, shown_as: str) -> None:
    planned = figure("5%", 10, year="2007", status="target", modifier=modifier)
    html = shown(result(Answer(text, confidence=0.9, figures=(planned,), citations=(citation("5%", 10),))))
    assert shown_as in html
    assert '<span class="tag plan">2007年 · 计划</span>' in html


def compared(text: str, computed: Computed | None = None, form: str = "arithmetic") -> Html:
    figures = (figure("35.5亿美元", 108, year="2007", status="target"), figure("30.4亿美元", 8))
    quotes = (citation("实际利用外资35.5亿美元", 102, 99), citation("实际利用外资30.4亿美元", 2, 9))
    rows = tuple(row("实际利用外资", *pair) for pair in zip(figures, quotes, strict=True))
    return shown(result(Answer(text, confidence=0.9, figures=figures, citations=quotes, rows=rows, computed=computed, form=form)))


def test_a_comparison_has_two_quotes_each_with_its_figure_and_period() -> None:
    html = compared("2007年更高：35.5亿美元（2007年计划），30.4亿美元（2006年）。", form="compare")
    assert '<h3 class="big" lang="zh-CN">2007年更高</h3>' in html
    card = html.partition("<article")[2]
    assert card.count("<blockquote") == 2
    assert card.index("35.5亿美元</mark>") < card.index("2007年 · 计划") < card.index("30.4亿美元</mark>") < card.index("2006年 · 已完成")
    assert "calc" not in card


def test_a_difference_comes_first_and_its_computation_is_not_marked_as_the_reports() -> None:
    computed = Computed("增加5.1亿美元（35.5 − 30.4）", Decimal(510000000), "美元", ("35.5亿美元", "30.4亿美元"))
    html = compared(f"{computed.text}：35.5亿美元（2007年计划），30.4亿美元（2006年）。", computed)
    assert '<h3 class="big" lang="zh-CN"><small>2007年目标比2006年</small>增加5.1亿美元</h3>' in html
    assert '<p class="calc"><b>35.5亿美元 − 30.4亿美元</b><span>问报计算，原文没有</span></p>' in html
    assert not re.search(r"<mark[^>]*>5\.1", html)


def test_of_what_was_asked_for_each_row_says_whether_it_is_given() -> None:
    found, said = figure("2482.5亿元", 272), citation("保持房价平稳健康发展", 400, 20)
    rows = (row("GDP", found, citation("2482.5亿元", 272)), row("房价", None, said), row("粮食产量", None, None))
    html = shown(result(Answer("3项", confidence=0.9, figures=(found,), citations=(said,), rows=rows, plan=plan())))
    card = html.partition("<article")[2]
    assert "<h3>问了3项，找到1项</h3>" in card
    assert [*re.findall(r'<h4 lang="zh-CN">(.*?)</h4>', card)] == ["GDP", "房价", "粮食产量"]
    assert '没有数字。报告只说：</p><blockquote lang="zh-CN">保持房价平稳健康发展</blockquote>' in card
    assert '<p class="no-val">报告没有提到。</p>' in card


def across(label: str, place: str, found: FigureResult | None, reason: Reason | None = None, **more: object) -> AnswerRow:
    """A row of one of several reports."""
    own = replace(
        row(label, found, replace(citation(found.text, found.start), report_id=place) if found else None),
        place=place,
        report_id=place,
        report=place,
    )
    year = found.period if found else "2026"
    return replace(own, subject="地区生产总值", year=year, text=found.text if found else "", reason=reason, **more)  # type: ignore[arg-type]


def growth(text: str, low: str, high: str | None = None, status: Status = "target", **more: object) -> FigureResult:
    ends = {"value": Decimal(low), "value_to": Decimal(high) if high else None}
    return figure(text, 10, year="2026", status=status, **{"kind": "growth", "unit": "%", "direction": "up", **ends, **more})


def over(*rows: AnswerRow, wanted: Wanted | None = None, language: str = "zh", **more: object) -> Html:
    answer = Answer("两地", confidence=0.9, rows=rows, **more)  # type: ignore[arg-type]
    html = asked.asked(result(answer), Context(words(language), wanted or Wanted()))
    return Html(html.partition("<article")[2])


FOUR = (
    across("浙江省", "浙江省", growth("5%—5.5%", "5", "5.5"), bound="range"),
    across("江苏省", "江苏省", growth("5%", "5"), bound="exact"),
    across("山东省", "山东省", growth("5%以上", "5", modifier="以上"), bound="at_least"),
    across("西藏自治区", "西藏自治区", growth("4%", "4", direction="down"), bound="exact"),
    across("河南省", "河南省", None, "absent", status="target"),
    across("河北省", "河北省", None, "not_yet", status="target"),
)


def grid_of(html: Html) -> list[list[str]]:
    table = html[html.index("<table") : html.index("</table>")]
    return [[Seen(Html(cell)).text.strip() for cell in re.findall(r"<t[hd][^>]*>(.*?)</t[hd]>", line)] for line in table.split("<tr")[2:]]


def test_rows_of_several_reports_are_a_grid_and_each_number_leads_to_its_report() -> None:
    html = over(*FOUR)
    assert "<h3>问了5项，找到4项；另1项要等以后的报告</h3>" in html  # what only a later report can say is not missing
    assert [line[:2] for line in grid_of(html)] == [
        ["浙江省 2026年", "5%—5.5%"],
        ["江苏省 2026年", "5%"],
        ["山东省 2026年", "5%以上"],
        ["西藏自治区 2026年", "4%"],
        ["河南省 2026年", "未提及"],
        ["河北省 2026年", "尚无"],
    ]
    assert [*re.findall(r'<a href="#p-6"[^>]*data-report="(.*?)"', html)] == ["浙江省", "江苏省", "山东省", "西藏自治区"]
    assert [*re.findall(r"<dt>(.*?)</dt>", html)] == ["未提及", "尚无"]


def test_an_interval_is_drawn_from_end_to_end_and_a_bound_is_open() -> None:
    """The scale is from a fall of 4 to a growth of 5.5, a step of 5 beyond: 3.75 at either end."""
    drawn = re.findall(r'<div class="iv" aria-hidden="true">(.*?)</div>', over(*FOUR))
    at = {value: f"{(Decimal(value) + Decimal('7.75')) * 100 / 17:.2f}" for value in ("5", "5.5", "-4")}
    width = f"{Decimal(50) / 17:.2f}"
    assert drawn[0] == f'<i class="t span" style="--a:{at["5"]};--w:{width}"></i>'
    assert drawn[1] == f'<i class="tick" style="--a:{at["5"]}"></i>'
    assert drawn[2] == f'<i class="t open" style="--a:{at["5"]};--w:18.00"></i><i class="tick" style="--a:{at["5"]}"></i>'
    assert drawn[3] == f'<i class="tick" style="--a:{at["-4"]}"></i>'
    assert drawn[4:] == ["", ""]


def test_nothing_of_another_unit_or_measure_is_drawn_beside() -> None:
    amount = across("广东省", "广东省", figure("14万亿元", 10, year="2026", status="target"), bound="exact")
    drawn = re.findall(r'<div class="iv" aria-hidden="true">(.*?)</div>', over(*FOUR, amount))
    assert drawn[-1] == ""
    assert 'class="iv"' not in over(amount, FOUR[0])  # there are not two of one measure


@pytest.mark.parametrize(
    ("order", "places"),
    [
        ("1", ["浙江省", "江苏省", "山东省", "西藏自治区", "河南省", "河北省"]),
        ("-1", ["西藏自治区", "浙江省", "江苏省", "山东省", "河南省", "河北省"]),
        ("place", ["河北省", "江苏省", "浙江省", "山东省", "河南省", "西藏自治区"]),
        ("nonsense", ["浙江省", "江苏省", "山东省", "西藏自治区", "河南省", "河北省"]),
    ],
)
def test_the_grid_is_ordered_as_the_address_says_what_is_missing_last(order: str, places: list[str]) -> None:
    html = over(*FOUR, wanted=Wanted(order=order))
    assert [line[0].split()[0] for line in grid_of(html)] == places
    assert re.findall(r'aria-sort="(.*?)"', html)[1] == {"1": "descending", "-1": "ascending"}.get(order, "none")


def test_targets_and_what_became_of_them_stand_in_one_line_each() -> None:
    apart = Computed("低0.5个百分点（5 − 5.5）", Decimal("-0.5"), "个百分点", ("5%", "5.5%"))
    pairs = (
        across("GDP（目标）", "浙江省", growth("5.5%", "5.5")),
        across("GDP（完成）", "浙江省", growth("5%", "5", status="actual"), verdict="missed", difference=apart),
        across("GDP（目标）", "浙江省", growth("4%", "4")),
        across("GDP（完成）", "浙江省", None, "absent", status="actual", verdict="not_told"),
    )
    html = over(*pairs)
    assert "<h3>未完成1项、没有说明1项</h3>" in html
    assert [line[1:5] for line in grid_of(html)] == [["5.5%", "5%", "低0.5个百分点（5 − 5.5）", "未完成"], ["4%", "未提及", "", "没有说明"]]
    assert "0.5 percentage points less" in over(*pairs, language="en")


def test_what_is_computed_of_all_comes_first_and_how_many_are_left_out() -> None:
    mean = Computed("平均5.1%（4份报告）", Decimal("5.1"), "%", (), "mean", (0, 1, 2, 3))
    html = over(*FOUR, computed=mean)
    assert '<h3 lang="zh-CN">平均5.1%</h3><p class="lead">另有1份没有数字，没有算在内。</p>' in html
    assert '<p class="calc"><b>4份报告</b><span>问报计算，原文没有</span></p>' in html
    best = replace(plan(), order=Order("value", True, 3))
    assert "<h3>最高：西藏自治区，4%</h3>" in over(FOUR[3], FOUR[4], plan=best)


def test_the_reports_that_there_are_are_named_and_lead_to_their_texts() -> None:
    rows = tuple(replace(across("甲", name, None), stated=True, reason=None) for name in ("甲市", "乙市"))
    html = over(*rows)
    assert [*re.findall(r'<a href="(\?view=report[^"]*)">(.*?)</a>', html)] == [
        (f"?view=report&amp;{urlencode({'report': name})}", name) for name in ("甲市", "乙市")
    ]


def test_a_sentence_that_is_its_own_quote_is_said_once() -> None:
    sentence = "地铁1、2号线工程进展顺利。"
    answer = Answer(sentence, confidence=0.9, citations=(citation(sentence, 100),), form="statement")
    html = shown(result(answer, passage(sentence, 100, Mark(0, 2, "term"))))
    card, _, rest = html.partition("<article")[2].partition("</article>")
    assert '<blockquote class="sentence" lang="zh-CN"><mark class="term">地铁</mark>1、2号线' in card
    assert card.count("<blockquote") == 1
    assert '<span class="tag past">2006年</span>' in card
    assert '<details class="fold" open>' in rest  # the answer is a search: what it found is in sight


@pytest.mark.parametrize(("reason", "said"), [("absent", "报告中没有提到"), ("related", "报告没有给出所问的")])
def test_what_the_report_does_not_say_is_one_message_with_the_nearest_passages_below(reason: str, said: str) -> None:
    answer = Answer("报告中没有提到。", False, reason, confidence=0.9)  # type: ignore[arg-type]
    html = shown(result(answer, passage("市长 李英杰", 48)))
    card, _, rest = html.partition("<article")[2].partition("</article>")
    assert f'<p class="sentence">{said}</p><div class="acts">' in card
    assert f'data-say="{said}"' in html
    assert "最接近的段落 1 段" in rest
    assert "<blockquote" not in html
    assert 'class="fit"' not in html


def test_of_what_is_only_spoken_of_the_sentence_with_most_of_the_questions_words_is_quoted() -> None:
    answer = Answer("报告谈到了相关内容，但没有给出所问的。", False, "related", confidence=0.9)
    text = "就业稳步增长。城镇登记失业率控制在5.1%。"
    html = shown(result(answer, passage(text, 100, Mark(0, 2, "term"), Mark(11, 14, "term"), Mark(7, 11, "term"))))
    marks = '<mark class="term">城镇登记</mark><mark class="term">失业率</mark>控制在5.1%。'
    assert f'报告没有给出所问的。它只说：</p><blockquote lang="zh-CN">{marks}</blockquote>' in html
    assert 'data-marks="107-122"' in html
    assert 'data-say="报告没有给出所问的。它只说：城镇登记失业率控制在5.1%。"' in html


def test_items_and_other_readings_are_listed_with_their_places() -> None:
    place = citation("一是抓第三产业发展力度不够", 20)
    answer = Answer(
        "四项不足：",
        confidence=0.9,
        items=(Item("一是抓第三产业发展力度不够", place),),
        alternatives=(Alternative("9家", "投融资机构", place),),
        citations=(place,),
        form="enumeration",
    )
    html = shown(result(answer))
    assert re.search(r'<li><a href="#p-6"[^>]*data-marks="20-33"[^>]*>一是</a><span lang="zh-CN">抓第三产业发展力度不够</span></li>', html)
    assert "<h4>其他理解</h4>" in html
    assert '<li><b lang="zh-CN">9家</b> <span lang="zh-CN">投融资机构</span> <a ' in html


def test_points_stand_in_groups_of_which_the_first_five_are_in_sight() -> None:
    places = [citation(f"改造校舍{n}万平方米", 20 * n, n) for n in range(1, 10)]
    items = tuple(Item(one.quote, one, "2006年已完成" if n < 7 else "2007年计划") for n, one in enumerate(places))
    html = shown(result(Answer("9处", confidence=0.9, items=items, citations=tuple(places), form="points")))
    assert "<h3>报告里找到9处：2006年已做7处，2007年计划2处</h3>" in html
    assert "<summary>其余2项</summary>" in html
    seen = html.partition("<summary>其余2项")[0]
    assert re.findall(r'class="mk" href="#p-(\d)"[^>]*data-marks="(\d+-\d+)" data-number="(\d)"', seen)[4] == ("5", "100-109", "5")
    assert seen.count('class="mk"') == 5
    more = shown(result(Answer("9处", confidence=0.9, items=items[:2], citations=(), form="points", more=7)))
    assert 'all=1" class="all">全部列出，一句一条</a>' in more


def test_a_list_over_two_years_is_a_list_and_not_a_comparison() -> None:
    figures = (figure("13%", 8), figure("13％", 108, year="2007", status="target"))
    places = (citation("收入增长13%", 4), citation("零售总额增长13％", 102, 68))
    items = tuple(Item(place.quote, place) for place in places)
    html = shown(result(Answer("收入、零售总额。", True, None, items, (), None, figures, places, confidence=0.9)))
    assert html.count('<li lang="zh-CN">') == 2
    assert 'data-marks="102-111"' in html
    assert "sides" not in html


def test_a_table_has_bars_of_one_measure_only() -> None:
    grown = [figure(text, at, kind="growth", unit="%", direction="up", value=Decimal(text[:-1])) for text, at in (("13%", 8), ("6.5%", 30))]
    found = [*grown, figure("15万人", 60, unit="人", value=Decimal(150000))]
    rows = tuple(row(f"指标{n}", one, citation(one.text, one.start)) for n, one in enumerate(found))
    answer = Answer("3项", confidence=0.9, figures=tuple(found), rows=rows, plan=plan("select"), coverage=Coverage(None, 3))
    html = shown(result(answer))
    assert "<h3>找到3项</h3>" in html
    assert re.findall(r"--v:([\d.]+)", html) == ["100.0", "50.0"]  # people have no bar beside per cents
    assert html.count("<small>增长</small>") == 2


def test_a_passage_says_its_rank_place_and_period() -> None:
    html = searched.searched(KEYWORD, (passage("增长", 0, Mark(0, 2, "term")),), SAY)
    assert "<b>1</b>" in html
    assert "第2段</span></a> · 已完成" in html  # the heading has the year
    nested = passage("增长", 0, section=("一、2006年政府工作回顾", "（一）工业"))
    assert "第2段</span></a> · 2006年 · 已完成" in searched.searched(KEYWORD, (nested,), SAY)
    assert 'data-url="q=%E5%A2%9E%E9%95%BF&amp;mode=keyword"' in html


def test_nothing_found_is_said() -> None:
    assert SAY["found_none"] in searched.searched(Wanted("search", "龘", mode="keyword"), (), SAY)


def test_how_a_question_was_taken_is_said_in_the_pages_language_and_can_be_changed(report: Report) -> None:
    other = Alternative("9家", "投融资机构", citation("9家", 20))
    answer = Answer("2482.5亿元。", confidence=0.4, alternatives=(other,), plan=plan(), form="value")
    for language, when, wanted in (("zh", "2007年目标、2006年", "问的是什么"), ("en", "2007 target, 2006", "Of what")):
        context = Context(words(language), Wanted(q="GDP？"), report, reports=[(report.title, report.id), ("乙市2012年政府工作报告", "b")])
        html = asked.asked(result(answer), context)
        assert f"</i> <span>{when}</span>" in html
        assert f"<p>{wanted}</p>" in html
        assert re.search(r'<a href="\?q=[^"]*report=b" lang="zh-CN">乙市2012年政府工作报告</a>', html)
        assert re.search(r'<a href="\?q=[^"]*" lang="zh-CN">投融资机构</a>', html)
        opened = re.findall(r'id="choose-(\w+)"(?! hidden)', html)
        assert opened == ["operation"]  # it is not sure: what else may be meant is in sight


def test_a_report_leads_to_its_official_text_where_it_is_known() -> None:
    known = replace(report("第一段\n"), source='https://a.gov.cn/?a=1&b="')
    html = full(known, SAY)
    assert 'href="https://a.gov.cn/?a=1&amp;b=&quot;" rel="noopener noreferrer" target="_blank">官方原文</a>' in html
    assert "官方原文" not in html.partition("<article")[2]  # offsets and finding count the report's text alone
    assert "官方原文" not in full(report("第一段\n"), SAY)


def hostile() -> list[Html]:
    """Every kind of answer and every view, with hostile text wherever a report or a reader can put some."""
    quote = replace(citation(HOSTILE, 0, 1, (HOSTILE,)), report=HOSTILE, report_id=HOSTILE)
    said = figure(HOSTILE, 0, modifier=HOSTILE, year=HOSTILE, report_id=HOSTILE, indicator=HOSTILE)
    bad = replace(passage(HOSTILE, 0, Mark(1, 9, "term"), section=(HOSTILE,)), report=HOSTILE, report_id=HOSTILE)
    corpus = Corpus((report(HOSTILE, title=HOSTILE),), ())
    wanted = Wanted("search", HOSTILE, section=HOSTILE, report=HOSTILE)
    context = Context(SAY, wanted, corpus.reports[0], reports=[(HOSTILE, HOSTILE), (HOSTILE, "b")], several=True)
    answers = [asked.asked(result(answer, bad, question=HOSTILE), context) for answer in hostile_answers(said, quote)]
    rest = [asked.trouble(HOSTILE, wanted), asked.intro(corpus, SAY), full(corpus.reports[0], SAY)]
    rest.append(buttons(Corpus(corpus.reports * 2, ()), "r", SAY))
    rest += [asked.intro(corpus, SAY, [{"file": HOSTILE, "reason": HOSTILE}]), full(hostile_table(), SAY)]
    rest += [frame.frame(corpus, SAY, uploads=True), frame.options([(HOSTILE, HOSTILE)])]
    rest.append(frame.own_reports([replace(corpus.reports[0], id=f"own_{HOSTILE}")], wanted, SAY))
    rest += [searched.controls(wanted, {}, [(HOSTILE, HOSTILE)], SAY), searched.searched(wanted, (bad,), SAY, several=True)]
    return [*answers, *rest, *rest_of(quote, said)]


def hostile_table() -> Report:
    """Its title, unit, cells, terms, origins and what was not read are all hostile."""
    one = report(HOSTILE)
    span, (paragraph,) = Span(0, len(HOSTILE)), one.paragraphs
    cell = Cell(span, 0, 0)
    told = {"place": HOSTILE, "origins": (("place", HOSTILE),), "unread": (Unread(HOSTILE, HOSTILE),)}
    terms = (Term(span, span, paragraph.number),)
    return replace(one, tables=(Table(HOSTILE, HOSTILE, 1, 1, 0, 0, 1, (cell,)),), terms=terms, **told)  # type: ignore[arg-type]


def hostile_answers(said: FigureResult, quote: Citation) -> list[Answer]:
    other, computed = Alternative(HOSTILE, HOSTILE, quote), Computed(HOSTILE, Decimal(1), "", ("", ""), why=HOSTILE)
    given = replace(row(HOSTILE, said, quote), year=HOSTILE)
    taken = replace(plan("select", HOSTILE), when=HOSTILE)
    return [
        Answer(HOSTILE, confidence=0.1, figures=(said,), citations=(quote,), plan=taken, form="value"),
        *(Answer(HOSTILE, True, None, (Item(HOSTILE, quote, HOSTILE),), (other,), confidence=0.9, form=form) for form in ("points", None)),
        Answer(HOSTILE, True, None, (Item("短", replace(quote, quote="短")),), (), citations=(quote,), confidence=0.9),
        Answer(HOSTILE, confidence=0.9, citations=(quote,), rows=(given, given), computed=computed),
        Answer(HOSTILE, confidence=0.9, figures=(said,), rows=(given, given, given), plan=taken),
        Answer(HOSTILE, confidence=0.9, rows=(given, row(HOSTILE, None, quote), row(HOSTILE, None, None))),
        Answer(HOSTILE, confidence=0.9, rows=hostile_rows(said, quote)),
        Answer(HOSTILE, False, "absent", confidence=0.9),
        Answer(HOSTILE, False, "related", confidence=0.9),
        Answer(HOSTILE, False, "unsure", (), (other,), confidence=0.9),
    ]


def hostile_rows(said: FigureResult, quote: Citation) -> tuple[AnswerRow, ...]:
    """Of several reports, of each several figures."""
    one = replace(row(HOSTILE, said, quote), place=HOSTILE, report=HOSTILE, report_id=HOSTILE)
    other = replace(row(HOSTILE, None, quote), place=HOSTILE, report=HOSTILE, report_id="b", reason="related")
    return one, one, replace(other, subject="b"), replace(one, difference=Computed(HOSTILE, None, "", ()))


def rest_of(quote: Citation, said: FigureResult) -> list[Html]:
    found = Finding("target", HOSTILE, HOSTILE, None, (said, said), (quote, quote))
    held = [
        replace(report(HOSTILE, title=HOSTILE), place=place, year_planned="2007", unread=(Unread(HOSTILE, HOSTILE),))
        for place in (HOSTILE, None)
    ]
    shown = library.shown(Wanted("library"), held, [{"file": HOSTILE, "reason": HOSTILE}], SAY)
    return [shown, charts([found], SAY), findings([found, replace(found, kind="values")], SAY)]


@pytest.mark.parametrize("html", hostile())
def test_no_text_becomes_markup(html: Html) -> None:
    seen = Seen(html)
    assert set(seen.tags) <= ALLOWED
    assert not [name for name, _ in seen.attributes if name.startswith("on") or name == "src"]
    assert not [link for name, link in seen.attributes if name == "href" and not LINKS.fullmatch(link or "")]
    assert HOSTILE in seen.text


@given(st.text(st.characters(exclude_characters="\r\0", exclude_categories=["Cs"]), min_size=1, max_size=60))
def test_a_paragraph_is_the_reports_text_character_for_character(text: str) -> None:
    one = report("x")
    span = Span(0, len(text))
    one = replace(one, text=text, paragraphs=(replace(one.paragraphs[0], span=span),))
    assert article(full(one, SAY)).text == TITLE + text


def test_lines_that_read_on_are_not_seen_apart() -> None:
    text = "全市增值税下\n- 3 -\n\f降5%，农林\n水支出GDP\nof all"
    one = report("x")
    one = replace(one, text=text, paragraphs=(replace(one.paragraphs[0], span=Span(0, len(text))),), figures=())
    html = full(one, SAY)
    assert article(html).text == TITLE + text
    assert "全市增值税下降5%，农林水支出GDP\nof all</p>" in re.sub(r"<span hidden>[^<]*</span>", "", html)


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

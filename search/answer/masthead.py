"""Questions on the report itself: who gave it, and when."""

from __future__ import annotations

import re

from index.records import Report, Span
from search.places import citation
from search.question import Question
from search.results import Answer, not_stated

MASTHEAD = 24  # paragraphs in which it stands; a portal puts its buttons before it
OFFICE = re.compile(
    r"(?:[一-鿿](?<![成增生])长|书记|主任|主席|总理|总统|委员|秘书|部长|负责人|领导)(?:现在|都)?(?:是|叫|有|为)?(?:谁|哪位|什么名)|(?:谁|哪位)是[^,。?]{0,6}(?:长|书记|主任|主席|总理|负责人)|(?:长|书记|主任|主席)的?(?:姓名|名字)"
)
GIVEN = re.compile(
    r"(?:(?<!工)作|做|发表|宣读|给出|提交)[^,，。]{0,6}报告|报告[^,，。]{0,4}谁|报告人|报告[^,。]{0,6}(?:作的|做的|发表|通过|日期|时间)|(?:通过|召开|开会|举行)|(?:大会|会议)[^,。]{0,8}开"
)


def masthead_answer(question: Question, report: Report) -> Answer | None:
    """The speaker or the date, quoted from the masthead; None where the question is on something else."""
    if "who" in question.asks and report.speaker and _asks_speaker(question, report):
        return _quoted(report, report.speaker, f"{report.office or ''}{report.speaker}".strip())
    if "who" in question.asks and OFFICE.search(question.matched):
        return not_stated("absent")  # a report names its speaker and no other office holder
    if "when" in question.asks and report.date and GIVEN.search(question.matched) and len(question.terms) <= 3:
        year, month, day = report.date.split("-")
        return _quoted(report, f"{year}年{int(month)}月{int(day)}日", None)
    return None


def _asks_speaker(question: Question, report: Report) -> bool:
    """市长是谁 asks for a 市长; 副市长是谁 does not."""
    office = (report.office or "\0").removeprefix("代")
    named = re.search(rf"(?<![副原前]){re.escape(office)}", question.matched)
    return bool(named and not question.places) or bool(GIVEN.search(question.matched) and not question.places)


def _quoted(report: Report, wanted: str, shown: str | None) -> Answer | None:
    """The wanted words where they stand in the masthead, spaces inside a name passed over."""
    pattern = re.compile(r"\s*".join(map(re.escape, wanted)))
    for paragraph in report.paragraphs[:MASTHEAD]:
        match = pattern.search(report.text, paragraph.span.start, paragraph.span.end)
        if match:
            quote = (
                paragraph.span if paragraph.span.end - paragraph.span.start <= 60 else Span(match.start(), match.end())
            )
            return Answer(
                text=f"{wanted}（{report.office}）" if shown and report.office else wanted,
                stated=True,
                reason=None,
                confidence=0.97,
                citations=(citation(report, paragraph, quote),),
            )
    return None

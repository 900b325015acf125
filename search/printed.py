"""An answer as one sentence to print: what is quoted, with its year, its hedges and what is only planned, and what is missing."""

from itertools import groupby

from search.results import Answer, Citation, FigureResult, Item

RELATIVE = {"今年": 0, "本年": 0, "去年": -1, "上年": -1, "明年": 1}  # years that a report counts from its own
ENDS = "，。；;、 "


def printed(answer: Answer, year: str | None) -> str:
    """2006年预计全市地区生产总值实现2482.5亿元，增长16.5%. `year` is the report's own, which 今年 is."""
    if answer.items:
        groups = [(group, "；".join(dated(item.text.strip(ENDS), year) for item in items)) for group, items in _grouped(answer)]
        return "。".join(f"{group}：{text}" if group else text for group, text in groups)
    clauses = [_clause(answer, quote, year) for quote in answer.citations if figures_in(answer, quote)]
    missing = [f"{'、'.join(row.label for row in answer.rows if not row.stated)}没有数字"] if any(not r.stated for r in answer.rows) else []
    computed = [f"{answer.computed.text}（计算所得，原文没有）"] if answer.computed else []
    return "；".join([*dict.fromkeys(clauses), *missing, *computed]) or dated(answer.text.strip(ENDS), year)


def dated(text: str, year: str | None) -> str:
    """今年 as the year it is; as it stands where the report's own year is not known."""
    for word, apart in RELATIVE.items() if year and year.isdecimal() else ():
        text = text.replace(word, f"{int(year or 0) + apart}年")
    return text


def _grouped(answer: Answer) -> list[tuple[str | None, list[Item]]]:
    return [(group, [*items]) for group, items in groupby(answer.items, key=lambda item: item.group)]


def figures_in(answer: Answer, quote: Citation) -> list[FigureResult]:
    """The answer's figures that stand in a quote."""
    return [one for one in answer.figures if one.report_id == quote.report_id and quote.start <= one.start and one.end <= quote.end]


def _clause(answer: Answer, quote: Citation, year: str | None) -> str:
    """The quoted clause with the year it is of, and that it is planned; no hedge of its figures is lost."""
    figures = figures_in(answer, quote)
    first, said = figures[0], dated(quote.quote.strip(ENDS), year)
    timed = not first.period or first.period in said or any(word in said for word in RELATIVE)
    head = ("" if timed else f"{first.period}年") + ("目标：" if first.status == "target" else "")
    lost = [word for figure in figures for word in (figure.modifier or "").split() if word not in said]
    return head + said + "".join(f"（{word}）" for word in dict.fromkeys(lost))

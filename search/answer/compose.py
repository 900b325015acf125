"""Figures and spans → the words of an answer, each piece as the report writes it."""

import re
from collections.abc import Iterable

from index.figures.clauses import BREAK
from index.lexicon import load
from index.records import COUNTED, Figure, Report, Span, measured
from search.find.candidates import Candidate, reached_from
from search.library.view import Asked
from search.results import Alternative, Citation, Computed, citation, falls

LONGEST = 160  # characters of a quoted sentence; contract.md allows an answer 200
READABLE = 60  # characters from which a part of a longer sentence is understood by itself
NUMERAL = r"[^,，;；。]{0,2}[\d一二三四五六七八九十百千万亿两]"
SINCE = re.compile(r"(?:比(?:19|20)\d\d年|年均|年平均|平均每年|年递增|累计)[^,，。]{0,10}?(?:增长|递增|下降|提高|增加|减少)")
DASHES = re.compile(r"[—–\-\s\u3000]+")

SET_SIDE_BY_SIDE = re.compile(r"比|相差|差(?:多少|几|距)")
FROM_TO = re.compile(
    r"(?:从|由)(?:多少|几).{0,10}?[到至成为]了?(?:多少|几)|前后(?:各自?|分别)[是为有]?[^,，。?]{0,4}(?:多少|几)|"
    r"(?:原来|原先|起初|最初|一开始)[^?]{0,6}(?:多少|几)[^?]{0,10}?(?:[到至成为剩有]|现在|如今|后来)了?[^?]{0,2}(?:多少|几)"
)


def figures_text(asked: Asked, figures: list[Figure], companion: Figure | None) -> str:
    """The figures asked for, first in the text, then the growth that goes with a level."""
    parts = [changing(asked, figure) for figure in figures]
    planned = [figure.status == "target" and figure.period is not None for figure in figures]
    if any(planned) and not all(planned):
        parts = [part + _dated(figure) for part, figure in zip(parts, figures, strict=True)]
    elif planned[0]:
        parts[-1] += _dated(figures[0])
    if companion:
        parts.append(_with_verb(asked, companion))
    return "，".join(parts) + "。"


# What happens to a number, right before it: 提高183元 is not what there is.
CHANGED = re.compile(r"(?:增长|增加|新增|提高|上升|上涨|上调|扩大|下降|降低|减少|下调|缩小|压减|回落)[了到至为]?$|[升降增减缩][至到]$")
FALLEN = re.compile("降|减|缩|回落")


def changing(asked: Asked, figure: Figure) -> str:
    """A figure with its hedges, and behind it the verb of change that stands right before it, where the question does not say it."""
    text, bounds = hedged(asked, figure), with_bounds(asked.matched, figure)
    found = CHANGED.search(asked.matched[figure.clause.start : bounds.start])
    verb = found[0] if found else "下降" if falls(figure) else ""
    rises = figure.kind == "growth" and figure.direction == "up"
    reached = verb[-1:] in ("到", "至") and not FALLEN.search(verb)  # what a level has risen to is the level
    return text if not verb or rises or reached or verb[:2] in asked.question.matched else f"{text}（{verb}）"


def comparison_text(asked: Asked, figures: list[Figure], computed: Computed | None) -> str:
    """Both figures with their periods; the difference first where that is asked for."""
    question = asked.question
    apart = len(question.wanted) > 1 and not SET_SIDE_BY_SIDE.search(question.matched)  # 去年多了多少，今年再添多少
    if computed and "difference" in question.asks and not apart:
        return f"{computed.text}。"
    return "，".join(hedged(asked, figure) + _dated(figure) for figure in figures) + "。"


def _dated(figure: Figure) -> str:
    """When a figure was reached, or for when it is planned; nothing for what a plan begins from, whose year is not said."""
    if figure.role == "base" and figure.status is None:
        return ""
    return f"（{figure.period}年{'计划' if figure.status == 'target' else ''}）" if figure.period else ""


def hedged(asked: Asked, figure: Figure) -> str:
    """The figure with every bound and hedge it stands with: 超过3000家, 92%以上, 2482.5亿元（预计）."""
    text = with_bounds(asked.matched, figure).of(asked.report.text).replace(figure.text, measured(figure), 1)
    hedges = [word for word in load("figures")["modifier"]["clause"] if _said_before(asked.matched, figure, word)]
    return text + "".join(f"（{word}）" for word in hedges if word not in text)


def _said_before(matched: str, figure: Figure, hedge: str) -> bool:
    """A hedge said at the head of a sentence holds for the numbers after it; one right before another number is that number's."""
    before = matched[figure.sentence.start : figure.span.start]
    return any(not re.match(rf"{NUMERAL}", before[match.end() :]) for match in re.finditer(hedge, before))


def with_bounds(matched: str, figure: Figure) -> Span:
    """The figure's span and the bounds that touch it."""
    words = load("figures")["modifier"]
    start, end = figure.span.start, figure.span.end
    before = max((w for w in words["before"] if matched[:start].endswith(w, figure.clause.start)), key=len, default="")
    if before and before in (figure.modifier or ""):
        start -= len(before)
    after = next((w for w in words["after"] if matched.startswith(w, end)), "")
    if after and after in (figure.modifier or ""):
        end += len(after)
    return Span(start, end)


def companion(report: Report, figure: Figure) -> Figure | None:
    """The growth that the same sentence gives for a level: 2482.5亿元，增长16.5%."""
    if figure.kind not in COUNTED or figure.role != "value":
        return None
    later = [other for other in report.figures if other.span.start >= figure.span.end and other.sentence == figure.sentence]
    for other in later[:2]:
        if other.kind == "growth" and other.indicator == figure.indicator and other.role == "value":
            return other
        if other.kind in COUNTED:
            return None
    return None


def other_end(asked: Asked, base: Figure) -> list[Figure]:
    """Where a change ends that both ends are asked of: 从多少家增加到多少家."""
    end = reached_from(asked.report, base) if FROM_TO.search(asked.question.matched) else None
    return [end] if end else []


def _with_verb(asked: Asked, figure: Figure) -> str:
    """增长16.5% as the clause writes it, or with the plain verb where more stands between."""
    span = with_bounds(asked.matched, figure)
    clause = asked.report.text[figure.clause.start : span.end]
    if SINCE.match(clause):  # growth over years, or for each of several, is not growth over the last one
        return clause
    if len(clause) <= len(figure.text) + 6 and re.match(r"(?:同比)?(?:增长|下降|提高|减少|降低)", clause):
        return clause
    return ("下降" if figure.direction == "down" else "增长") + span.of(asked.report.text).replace(figure.text, measured(figure), 1)


def cite(asked: Asked, figures: list[Figure]) -> tuple[Citation, ...]:
    """A quote for each sentence the figures stand in: from the words that name the measure to the last figure."""
    found: list[Citation] = []
    for sentence in dict.fromkeys(figure.sentence for figure in figures):
        group = [figure for figure in figures if figure.sentence == sentence]
        start = min(_named_from(asked.matched, figure) for figure in group)
        end = max(with_bounds(asked.matched, figure).end for figure in group)
        lead = DASHES.match(asked.matched, start)
        span = Span(lead.end() if lead else start, end)
        found.append(citation(asked.report, asked.report.paragraph(group[0].paragraph), span))
    return tuple(found)


def _named_from(matched: str, figure: Figure) -> int:
    """The start of the nearest clause, at or before the figure's own, that holds the head of its indicator."""
    head = figure.indicator.split(" ")[0] if figure.indicator else ""
    starts = [figure.sentence.start]
    starts += [match.end() for match in BREAK.finditer(matched, figure.sentence.start, figure.span.start)]
    named = [start for start in starts if head and head.lower() in matched[start : figure.span.end]]
    return named[-1] if named else figure.sentence.start


def fitting(asked: Asked, span: Span, around: Span | None = None, longest: int = LONGEST) -> Span:
    """The sentence, or where it is too long the run of its clauses that holds most of the question's words."""
    matched = asked.matched
    lead = DASHES.match(matched, span.start)
    span = Span(lead.end() if lead and lead.end() < span.end else span.start, span.end)
    if span.end - span.start <= longest:
        return span
    breaks = (match.end() for match in BREAK.finditer(matched, span.start, span.end))
    edges = list(dict.fromkeys([span.start, *breaks, span.end]))
    runs = [
        Span(start, end)
        for i, start in enumerate(edges)
        for end in edges[i + 1 :]
        if end - start <= longest and (around is None or Span(start, end).contains(around))
    ]
    names = [name for term in asked.question.terms for name in term.names]

    def worth(run: Span) -> tuple[int, int, int, int]:
        length = run.end - run.start
        return sum(name in run.of(matched) for name in names), min(length, READABLE), -length, -run.start

    return max(runs, key=worth, default=Span(span.start, span.start + longest))


FORM_NAMES = {
    "value": "数值",
    "compare": "比较",
    "arithmetic": "计算",
    "table": "列表",
    "superlative": "最高或最低",
    "points": "要点",
    "summary": "概括",
    "outline": "结构",
    "enumeration": "列举",
    "statement": "原文",
    "mention": "提及",
}


def readings(asked: Asked, figures: Iterable[Figure]) -> tuple[Alternative, ...]:
    """Figures that may be meant, at most three, each with its time."""
    return tuple(_reading(asked, figure, _dated(figure)) for figure in [*dict.fromkeys(figures)][:3])


def alternatives(asked: Asked, candidates: Iterable[Candidate]) -> tuple[Alternative, ...]:
    """Other readings."""
    return tuple(_reading(asked, candidate.figure) for candidate in candidates)


def _reading(asked: Asked, figure: Figure, dated: str = "") -> Alternative:
    """A figure with the heading or the words that set it apart."""
    heading = asked.heading(figure)
    where = f"{figure.indicator}（{heading}）" if heading else figure.indicator
    return Alternative(("下降" if falls(figure) else "") + hedged(asked, figure) + dated, where, cite(asked, [figure])[0])

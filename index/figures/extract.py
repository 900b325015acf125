"""Report → Figures: each number of the text as a record with value, unit, indicator, period and status."""

import re
from collections.abc import Iterator, Sequence

from index.figures.clauses import Clause, Draft, SentenceDraft, Setting, Word, clauses
from index.figures.from_tables import cell_figures
from index.figures.indicator import name, topic_of
from index.figures.measure import measure, settled_kind
from index.figures.named import Named, Stretch, named_periods, stretches
from index.figures.paired import distribute, share_bounds
from index.figures.recognise import Mention, recognise
from index.figures.subject import comparisons, set_against
from index.lexicon import load
from index.lexicon.compiled import pattern_of
from index.outline.grids import row_spans
from index.periods import SMALL
from index.records import COUNTED, Figure, Paragraph, Report, Span, Status, Table
from index.text import normal


def modifiers_of(matched: str, sentence: Span, mention: Mention) -> tuple[str | None, str | None]:
    """The bound directly before a number, and the one directly after its unit."""
    words = load("figures")["modifier"]
    head = matched[sentence.start : mention.span.start].rstrip(" ")
    tail = matched[mention.span.end : sentence.end]
    before = max((word for word in words["before"] if head.endswith(word)), key=len, default=None)
    if before in ("过", "高于", "低于") and head.removesuffix(before).endswith(("超", "突", "通", "不")):
        before = None
    after = next((word for word in words["after"] if tail.startswith(word)), None)
    if mention.kind in ("duration", "rank") or (mention.kind == "points" and before in ("高于", "低于")):
        before = before if before in ("超过", "至少") else None
    return before, after


def modifier_of(sentence: SentenceDraft, draft: Draft) -> str | None:
    """All of a figure's bounds and hedges, joined by a space; what opens a clause goes with its first number."""
    found = [word for word in (draft.before, draft.mention.inner, draft.after) if word]
    first = next(other for other in sentence.drafts if other.clause is draft.clause)
    if first is draft and not found:
        head = sentence.setting.matched[draft.clause.span.start : draft.mention.span.start]
        found = [word for word in load("figures")["modifier"]["clause"] if word in head]
    return " ".join(found) or None


AVERAGE = re.compile(r"年均|平均每年|年平均|年递增")
RUN = re.compile(r"连续(\d{1,2}|[两三四五六七八九十])年")
DIGITS = re.compile(r"^[\d\s.,，０-９．一二两三四五六七八九十百千零〇点余多~～至—–-]+")
OF_YEAR = re.compile(r"([由从比])?((?:19|20)\d\d)年[末底初]?的$")  # 比2023年末的934.6亿元
LEVEL = re.compile(r"(?:[提升增上扩缩降减下发][高升加展大小低少降长]?)(?:到|至)|达到|比(?:19|20)\d\d年(?!.*年均)")
AIMED = re.compile(r"(?:左右|以上|以内|以下)?的(?:预期|年度)?(?:目标|任务)")
WITHIN = re.compile(r"([两三四五六七八九十])年之?内")


def when(sentence: SentenceDraft, draft: Draft) -> tuple[str | None, Status | None]:
    """The period a figure is for: the one its sentence names for it, else that of the stretch it stands in."""
    stretch, reported = sentence.setting.stretch, sentence.setting.year_reported
    period = _named(sentence, draft) or stretch.period
    period = _averaged(sentence, draft, period) or _run(sentence, draft, period) or _ended(sentence, draft, period)
    if period is None or period == stretch.period:
        status = stretch.status
    else:
        status = stretch.status if reported is None else _status(period, reported)
    return period, _told(sentence, draft, status)


def _named(sentence: SentenceDraft, draft: Draft) -> str | None:
    """The last period named before the figure that holds for it."""
    number = draft.mention.span.start
    owned = OF_YEAR.search(sentence.setting.matched[draft.clause.span.start : number])
    if owned and (owned[1] or draft.kind in COUNTED):
        return owned[2]
    before = [named for named in sentence.named if named.span.end <= number and _holds(sentence, draft, named)]
    if before:
        return _of(sentence, draft, before[-1])
    planned = _within(sentence, draft)
    if planned or not draft.own:
        return planned
    tail = Span(draft.mention.span.end, draft.clause.span.end)
    after = [named for named in sentence.named if tail.contains(named.span) and named.sort == "year"]
    return after[-1].period if after and after[-1].period.isdigit() else None


def _of(sentence: SentenceDraft, draft: Draft, named: Named) -> str:
    """2002年与1998年相比，由7680万元增加到16080万元: the level at either end, and the growth in between; 五年累计 in a plan is ahead."""
    stretch = sentence.setting.stretch
    if named.sort == "bare" and stretch.status == "target" and stretch.period and "-" in stretch.period:
        return stretch.period
    if named.sort == "against" and draft.kind in COUNTED:
        if draft.role == "base":
            return str(int(named.period[:4]) - 1)
        if LEVEL.search(sentence.setting.matched, draft.clause.span.start, draft.mention.span.start):
            return named.period[-4:]
    return named.period


def _ended(sentence: SentenceDraft, draft: Draft, period: str | None) -> str | None:
    """A level that a five-year plan leads to is one of its last year: 森林覆盖率提高到18.2%."""
    setting = sentence.setting
    if period is None or period != f"{setting.year_planned}-{setting.year_last}" or draft.role != "value":
        return period
    reached = LEVEL.search(setting.matched, draft.clause.span.start, draft.mention.span.start)
    return setting.year_last if reached else period


def _holds(sentence: SentenceDraft, draft: Draft, named: Named) -> bool:
    """A year holds to the full stop, a span of years to the semicolon, the year of a base (由2010年的) for bases."""
    if named.sort == "compared":
        return False
    if draft.role == "base":
        number = draft.mention.span.start
        if any(other.sort == "base" for other in sentence.named if other.span.end <= number):
            return named.sort == "base"
    if named.sort == "base":
        return False
    return named.sort == "year" or named.span.start >= sentence.span.start


def _averaged(sentence: SentenceDraft, draft: Draft, period: str | None) -> str | None:
    """年均增长 is over the years since the base: 由2010年的…增加到2015年的…，年均增长12% is of 2011 to 2015."""
    matched, number = sentence.setting.matched, draft.mention.span.start
    if period is None or not period.isdigit() or not AVERAGE.search(matched, draft.clause.span.start, number):
        return None
    since = [n.period for n in sentence.named if n.sort in ("base", "compared") and n.span.end <= number]
    if since and since[-1].isdigit() and since[-1] < period:
        return f"{int(since[-1]) + 1}-{period}"
    stretch = sentence.setting.stretch.period
    return stretch if stretch and "-" in stretch and stretch.endswith(period) else None


def _run(sentence: SentenceDraft, draft: Draft, period: str | None) -> str | None:
    """连续6年保持30%: the six years up to this one."""
    matched = sentence.setting.matched
    found = list(RUN.finditer(matched, draft.clause.span.start, draft.mention.span.start))
    if not found or period is None or draft.mention.kind == "duration":
        return None
    last = int(period.split("-")[-1])
    return f"{last - _count(found[-1][1]) + 1}-{last}"


def _within(sentence: SentenceDraft, draft: Draft) -> str | None:
    """五年内将投入: in a part that plans, the years from the one planned."""
    setting = sentence.setting
    if setting.stretch.status != "target" or setting.year_planned is None:
        return None
    found = list(WITHIN.finditer(setting.matched, sentence.span.start, draft.mention.span.start))
    if not found:
        return None
    first = int(setting.year_planned)
    return f"{first}-{first + SMALL[found[-1][1]] - 1}"


def _told(sentence: SentenceDraft, draft: Draft, status: Status | None) -> Status | None:
    """In a part that plans: what is said to be so already is actual; where a target starts from is neither. 5%的目标 was planned."""
    if status != "target":
        return "target" if AIMED.match(sentence.setting.matched, draft.mention.span.end) else status
    said = sentence.setting.matched[draft.clause.span.start : draft.mention.span.start]
    if pattern_of("periods", "planned", "reached").search(said):
        return "actual"
    return None if draft.role == "base" else status


def _status(period: str, reported: str) -> Status:
    return "actual" if period.split("-")[-1] <= reported else "target"


def _count(number: str) -> int:
    return int(number) if number.isdigit() else SMALL[number]


def attribute(sentence: SentenceDraft, mentions: list[Mention], topic: str) -> list[Figure]:
    """The figures of one sentence, which is filled in. `topic` is what the sentence before it was about, for one that names no subject."""
    for mention in mentions:
        clause = next((c for c in sentence.clauses if c.span.contains(mention.span)), None)
        if clause is None:  # a full stop inside the number's unit: none known, but a lost figure is no wrong one
            continue
        _draft(sentence, mention, clause)
    share_bounds(sentence)
    for draft in sentence.drafts:
        name(sentence, draft, topic)
    distribute(sentence)
    return [_figure(sentence, draft) for draft in sentence.drafts]


def draft_sentence(setting: Setting, span: Span, mentions: list[Mention]) -> SentenceDraft:
    """A sentence cut into clauses, with the periods that it names up to its end from the last full stop on."""
    start = max(setting.matched.rfind("。", setting.paragraph.span.start, span.start) + 1, setting.paragraph.span.start)
    named = named_periods(setting.matched, Span(start, span.end), setting.year_reported, setting.last_year)
    numbers = [_with_bounds(setting.matched, span, mention) for mention in mentions]
    against = set_against(setting.matched, span)
    noise = [*comparisons(setting.matched, named), *against, *numbers]
    parts = clauses(setting.matched, span, [*numbers, *against, *(mention.span for mention in mentions)])
    return SentenceDraft(setting, span, parts, named, noise)


def _with_bounds(matched: str, sentence: Span, mention: Mention) -> Span:
    """A number with the bounds around it: 超1000万美元以上."""
    before, after = modifiers_of(matched, sentence, mention)
    start = mention.span.start - len(before or "")
    return Span(start if matched.startswith(before or "", start) else mention.span.start, mention.span.end + len(after or ""))


def _draft(sentence: SentenceDraft, mention: Mention, clause: Clause) -> None:
    matched = sentence.setting.matched
    earlier = sentence.of_clause(clause)
    before, after = modifiers_of(matched, sentence.span, mention)
    end = mention.span.start - len(before or "") if before and matched[: mention.span.start].endswith(before) else None
    left = _left(sentence, clause, earlier, mention.span.start if end is None else end)
    draft = Draft(mention, clause, left, before, after)
    measure(sentence, draft, earlier[-1] if earlier else None)
    sentence.drafts.append(draft)


def _left(sentence: SentenceDraft, clause: Clause, earlier: list[Draft], end: int) -> tuple[Word, ...]:
    """The words a number may take its measure from: those since the number before it, thresholds and durations passed over."""
    start = clause.span.start
    phrase = pattern_of("figures", "strip", "phrase").match(sentence.setting.matched, start, end)
    values = [draft for draft in earlier if draft.role != "threshold" and draft.kind != "duration"]
    if values:
        start = values[-1].mention.span.end + len(values[-1].after or "")
    if phrase and phrase.end() >= start:
        start = phrase.end()
    bounds = [Span(d.mention.span.start - len(d.before or ""), d.mention.span.end + len(d.after or "")) for d in earlier]
    return tuple(w for w in clause.between(start, end) if not any(bound.overlaps(w.span) for bound in bounds))


def _figure(sentence: SentenceDraft, draft: Draft) -> Figure:
    setting, mention = sentence.setting, draft.mention
    period, status = when(sentence, draft)
    return Figure(
        text=mention.span.of(setting.text),
        span=mention.span,
        value=mention.value.normalize(),
        value_to=None if mention.value_to is None else mention.value_to.normalize(),
        unit=mention.unit,
        kind=settled_kind(draft),
        role=draft.role,
        direction=draft.direction,
        modifier=modifier_of(sentence, draft),
        indicator=draft.indicator,
        of=draft.of,
        period=period,
        status=status,
        paragraph=setting.paragraph.number,
        clause=draft.clause.span,
        sentence=sentence.span,
        unit_written=DIGITS.sub("", mention.span.of(setting.text)).strip() or None,
    )


def extract(report: Report) -> tuple[Figure, ...]:
    """All figures of an outlined report, in text order; no two overlap and each span reproduces its text."""
    matched = normal(report.text)
    about = stretches(report, matched)
    found = [figure for table in report.tables for figure in _of_table(report, matched, table, about)]
    cells = {figure.span.start for figure in found}
    rows = [span for table in report.tables for span in row_spans([table])]
    starts = {span.start for span in rows}
    for paragraph, stretch in zip(report.paragraphs, about, strict=True):
        if paragraph.span.start in starts and len(paragraph.sentences) == 1:  # a row of numbers
            continue
        found += [figure for figure in _of_paragraph(report, matched, paragraph, stretch) if figure.span.start not in cells]
    return tuple(sorted(found, key=lambda figure: figure.span))


def _of_table(report: Report, matched: str, table: Table, about: Sequence[Stretch]) -> Iterator[Figure]:
    """The figures of a table's cells, in the years of the paragraph that its first row is."""
    around = next(
        (stretch for paragraph, stretch in zip(report.paragraphs, about, strict=True) if paragraph.span.contains(table.cells[0].span)), None
    )
    return cell_figures(report, matched, table, (around.period, around.status) if around else (None, None))


def _of_paragraph(report: Report, matched: str, paragraph: Paragraph, stretch: Stretch) -> Iterator[Figure]:
    setting = Setting(report.text, matched, report, paragraph, stretch)
    topic = ""
    told = [(span, recognise(matched, span)) for span in paragraph.sentences]
    for (span, mentions), (_, after) in zip(told, [*told[1:], (None, [])], strict=True):
        if not mentions and not after:  # no figure, and none in the next sentence that would need a topic
            continue
        sentence = draft_sentence(setting, span, mentions)
        yield from attribute(sentence, mentions, topic)
        topic = topic_of(sentence, sentence.clauses[0]) if sentence.clauses else ""

"""How a question was taken, as a line of parts (报告 · 时间 · 对象 · 操作); each opens what else it may be, and a choice asks again."""

from dataclasses import dataclass

from search.results import Answer
from web.address import ANY_TIME, address
from web.answers.cite import CHINESE, DOT, short, when, whose
from web.answers.context import UNSURE, Context
from web.strings import Words
from web.tags import Html, el, join

MOST = 12  # choices of a part
QUOTED = ("report", "subject")  # parts that are the report's or the asker's words, whatever the page's language
# What may be done with what is found: as one figure or many, and with two figures.
ALWAYS = ("value", "table", "points", "enumeration", "statement")
OF_TWO = ("arithmetic:difference", "arithmetic:growth", "arithmetic:ratio", "compare")
OF_SHARES = ("arithmetic:difference", "compare")  # of two percentages there are no per cent


@dataclass(frozen=True, slots=True)
class Choice:
    text: str
    query: str  # the address that asks so
    hint: str = ""
    current: bool = False


def chips(answer: Answer, context: Context) -> Html:
    """Nothing where the answer needed no plan."""
    plan, words, report = answer.plan, context.words, context.report
    if plan is None or report is None:
        return Html()
    several = len({row.report_id for row in answer.rows if row.stated}) > 1
    if several or (answer.form and answer.form != "arithmetic" and f"do_{answer.form}" not in words.table):  # said, not to be chosen
        said = join([el("li", el("span", part, class_="chip", lang=CHINESE)) for part in plan.text.split(DOT)])
        return el("div", el("span", words["taken"]), el("ul", said, class_="chips"), class_="take")
    report_name = whose(short(report.place, report.year, report.title), report.id, words)
    times, operations = _times(context, plan.when), _operations(answer, context)
    parts = [
        ("report", report_name, _reports(context)),
        ("when", _dated(plan.when, words) or words["any_time"], times),
        ("subject", _as_asked(plan.subject, context.wanted.q), _subjects(answer, context)),
        ("operation", next((one.text for one in operations if one.current), ""), operations),
    ]
    unsure = plan.confidence < UNSURE and answer.confidence < UNSURE
    shown = [part for part in parts if part[1]]
    line = join([_chip(name, said, found, words, opened=unsure and name == "operation") for name, said, found in shown])
    panels = join([_panel(name, found, words, opened=unsure and name == "operation") for name, _, found in shown if found])
    group = el(
        "div", el("span", words["taken"]), el("ul", line, class_="chips"), class_="take", role="group", aria_label=words["taken_label"]
    )
    return join([group, panels])


def _chip(name: str, said: str, found: list[Choice], words: Words, *, opened: bool) -> Html:
    shown = join([el("i", words[f"taken_{name}"]), " ", el("span", said, lang=CHINESE if name in QUOTED else None)])
    if not found:
        return el("li", el("span", shown, class_="chip"))
    button = el("button", shown, type="button", class_="chip", aria_expanded=str(opened).lower(), aria_controls=f"choose-{name}")
    return el("li", button)


def _panel(name: str, found: list[Choice], words: Words, *, opened: bool) -> Html:
    rows = [el("li", _link(one, CHINESE if name in QUOTED and one.text != words["any_report"] else None)) for one in found]
    head = el("p", words[f"choose_{name}"])
    more = el("button", words["say_otherwise"], type="button", data_focus="#question textarea", class_="again") if name == "subject" else ""
    foot = el("p", words["choose_foot"], " ", more, class_="foot")
    return el("div", head, el("ul", join(rows), class_="opts"), foot, class_="choose", id=f"choose-{name}", hidden=not opened)


def _link(one: Choice, lang: str | None) -> Html:
    hint = el("small", one.hint) if one.hint else ""
    return el("a", one.text, hint, href=f"?{one.query}", aria_current="true" if one.current else None, lang=lang)


def _dated(said: str, words: Words) -> str:
    """The times of a plan (2007年目标、2006年) in the page's words."""
    parted = [one.partition("目标") for one in said.split("、") if one]
    times = [(words["year"].format(year=year.removesuffix("年")) if year else "", goal) for year, goal, _ in parted]
    return words["listed"].join(words["goal"].format(year=year).strip() if goal else year for year, goal in times)


def _as_asked(subject: str, question: str) -> str:
    """GDP as the reader wrote it: a plan has it in normal form."""
    at = [(name, question.lower().find(name)) for name in subject.split("、")]
    return "、".join(question[start : start + len(name)] if start >= 0 else name for name, start in at)


def _reports(context: Context) -> list[Choice]:
    """The other reports of the same place first; all that may be chosen where there are few."""
    report, wanted = context.report, context.wanted
    if report is None or len(context.reports) < 2:
        return []
    found = [Choice(title, address(wanted, report=id_), current=id_ == report.id) for title, id_ in context.reports[:MOST]]
    return [*found, Choice(context.words["any_report"], address(wanted, report=""))]


def _times(context: Context, said: str) -> list[Choice]:
    """The years that the report tells of and plans for, alone and together."""
    words, report = context.words, context.report
    pairs = dict.fromkeys((one.year, one.status) for one in report.sections if one.year and one.status) if report else {}
    goal = ("", "目标")  # how a plan says that a year is planned for
    each = [(f"{year}:{status}", when(year, status, words), f"{year}年{goal[status == 'target']}") for year, status in pairs][: MOST - 2]
    marks = (",", words["listed"], "、")
    both = [[mark.join(part) for mark, part in zip(marks, zip(*each, strict=True), strict=True)]] if len(each) == 2 else []
    found = []
    for key, name, named in [*each, *both, (ANY_TIME, words["any_time"], "")]:
        current = key == context.wanted.when if context.wanted.when else sorted(named.split("、")) == sorted(said.split("、"))
        found.append(Choice(name, address(context.wanted, when=key), current=current))
    return found


def _subjects(answer: Answer, context: Context) -> list[Choice]:
    """What else may be meant: each row alone, and what other readings are of."""
    plan, wanted = answer.plan, context.wanted
    rows = [row.label for row in answer.rows] if len(answer.rows) > 1 and answer.form != "table" else []
    others = [other.difference.partition("（")[0] for other in answer.alternatives]
    names = [name for name in dict.fromkeys([*rows, *others]) if name and (plan is None or name != plan.subject)]
    alone = context.words["ask_alone"]
    return [Choice(name, address(wanted, q=alone.format(name=name), previous="", form="")) for name in names[:MOST]]


def _operations(answer: Answer, context: Context) -> list[Choice]:
    """What may be done with two figures where two are given, and what always may."""
    plan, words, current = answer.plan, context.words, answer.form or ""
    if current == "arithmetic" and plan is not None:
        current = f"arithmetic:{(answer.computed.operation if answer.computed else plan.operation) or 'difference'}"
    shares = bool(answer.figures) and answer.figures[0].unit == "%"
    of_two = (OF_SHARES if shares else OF_TWO) if plan and plan.source == "cells" and len(answer.rows) == 2 else ()
    found = []
    for form in dict.fromkeys(filter(None, [*([current] if current not in (*of_two, *ALWAYS) else []), *of_two, *ALWAYS])):
        key = f"do_{form.replace(':', '_')}"
        found.append(Choice(words[key], address(context.wanted, form=form), words.table.get(f"{key}_hint", ""), form == current))
    return found

"""Whether a figure measures what is asked: profit is not output, and a share of the city is not one of the province."""

from __future__ import annotations

import re
from functools import cache

from index.lexicon import load
from index.records import Figure
from index.text import normal
from search.question import Question, Term, names_of
from search.question.vocabulary import NAMED, is_indicator
from search.view import View, indicator_words
from search.words import found_in

SHARE_OF = re.compile(r"占(?!几|多|比)(?P<whole>[^占,，。?]{1,16}?)的?(?:比重|比例|份额|多少|多大|几|百分|%|$|[?])")
PRODUCED = re.compile(r"(?:总?共|一年|能)*(?:生产|出产|产)[了出]?(?:多少|几)")
WORLD = re.compile(r"全?世界")
WHOLE = re.compile(r"[全我][国省市区县旗州疆]|全自治区")


def measures_it(question: Question, figure: Figure, matched: str) -> bool:
    """False where the figure names another measure than the question, or is a share of another whole.

    `matched` is the report in normal form.
    """
    asked, given = _measures(_without_whole(question.matched)), _measures(indicator_words(figure))
    if asked and given:
        names = " ".join(name for term in question.terms if _measures(term.text) for name in term.names)
        if not given & (asked | _measures(names)):
            return False
    return (
        _said(question, figure, matched)
        and _same_whole(question.matched, figure, matched)
        and _of_no_part(question, figure, matched)
    )


def named_whole(view: View, question: Question, report: int, figure: Figure) -> bool:
    """Whether what the question puts right before a measure stands about the figure: 旅游总收入 is not any 总收入."""
    owner, matched = view.corpus.reports[report], view.texts[report]
    paragraph = owner.paragraph(figure.paragraph)
    section = owner.section_of(paragraph)
    heading = indicator_words(figure) + (normal(section.path[-1]) if section else "")
    text, near = heading + paragraph.span.of(matched), heading + figure.sentence.of(matched)
    owners = load("question")["measures"]["owners"]
    own = [t for t in question.terms if len(t.text) >= NAMED and is_indicator(t.text) and t.text not in owners]
    # what the report says of these it says by their names
    named = [term for term in own if view.knows(term, report)] + _produced(question)
    return all(found_in(term, text) > 0 for term in _restricting(question)) and all(
        found_in(term, near) > 0 for term in named
    )


def _produced(question: Question) -> list[Term]:
    """What is asked how much of it was made: 芒果产了多少吨."""
    starts = {match.start() for match in PRODUCED.finditer(question.matched)}
    return [term for term in question.terms if _end(question, term) in starts]


def _end(question: Question, term: Term) -> int:
    """Where a term ends in the question."""
    return question.matched.find(term.text) + len(term.text)


def _restricting(question: Question) -> list[Term]:
    """The terms that stand right before a measure in the question."""
    owners = load("question")["measures"]["owners"]
    named = [term for term in question.terms if len(term.text) > 1 and term.text not in owners]
    ends = {_end(question, term): term for term in named}
    bare = [term.text for term in question.terms if _measures(term.text) and not is_indicator(term.text)]
    measures = [question.matched.find(text) for text in bare]
    starts = [end for start in measures for end in (start, start - 1) if end == start or question.matched[end] == "的"]
    return [ends[start] for start in starts if start > 0 and start in ends]


def of_the_whole(question: Question, figure: Figure, matched: str) -> bool:
    """Whether a clause begins with all of the place (全省机场旅客吞吐量), which is not what a question names a part of it by."""
    words = WHOLE.match(matched[figure.clause.start : figure.span.start])
    return words is not None and words[0] not in question.matched


def _of_no_part(question: Question, figure: Figure, matched: str) -> bool:
    """全省机场旅客 is not 白云机场旅客: a word of the question that the clause has, and the one right before it that it has not."""
    if not of_the_whole(question, figure, matched):
        return True
    text = figure.clause.of(matched) + indicator_words(figure)
    ends = {_end(question, term): term for term in question.terms if len(term.text) > 1}
    pairs = [(ends.get(question.matched.find(term.text)), term) for term in question.terms if len(term.text) > 1]
    return not any(before and found_in(term, text) and not found_in(before, text) for before, term in pairs)


def is_measure(word: str) -> bool:
    """Whether a word names what a number can be of."""
    return bool(_measures(word)) or is_indicator(word)


def _said(question: Question, figure: Figure, matched: str) -> bool:
    """Whether the sentence, or the indicator, says what is measured, by this or by another name."""
    text = indicator_words(figure) + figure.sentence.of(matched)
    for noun in load("question")["measures"]["said"]:
        if noun in question.matched:
            names = [name for term in question.terms if noun in term.text for name in term.names]
            if not any(name in text for name in (noun, *names)):
                return False
    return True


def _measures(text: str) -> frozenset[int]:
    """The groups of measure nouns (lexicon: the nouns of a group mean the same) in a text, longest first: 出口 not in 进出口."""
    found: set[int] = set()
    for noun, group in _nouns():
        if noun in text:
            found.add(group)
            text = text.replace(noun, " ")
    return frozenset(found)


@cache
def _nouns() -> tuple[tuple[str, int], ...]:
    """Each measure noun with the number of its group, longest first."""
    groups = enumerate(load("question")["measures"]["groups"])
    return tuple(sorted(((noun, number) for number, nouns in groups for noun in nouns), key=lambda pair: -len(pair[0])))


def _same_whole(asked: str, figure: Figure, matched: str) -> bool:
    """Whether a share is of the whole that is asked for; a figure that is none, or names no whole, says nothing against it."""
    match = SHARE_OF.search(asked)
    if match is None or figure.kind != "share" or figure.of is None:
        return True
    whole, of = WORLD.sub("全球", match["whole"]), normal(figure.of)
    written = SHARE_OF.search(
        figure.clause.of(matched)
    )  # 占世界经济比重: its whole without the words before it is 经济
    of = WORLD.sub("全球", written["whole"] if written and of in written["whole"] else of)
    scope, other = _scope(whole), _scope(of)
    rest = whole.replace(scope, "").strip("的全 ")
    if scope and scope != other and (other or not rest):  # 占全省的比重 is no share of the city, 占全市GDP one of GDP
        return False
    return not rest or any(name in of for name in names_of(rest)) or of in rest or _alike(rest, of)


def _without_whole(asked: str) -> str:
    """花了多少钱，占财政支出的百分之几: what a share is of is not what is asked for."""
    match = SHARE_OF.search(asked)
    return asked if match is None else asked[: match.start("whole")] + asked[match.end("whole") :]


def _scope(text: str) -> str:
    """The word for the whole place, if there is one: 全省, 全国."""
    return next((word for word in load("figures")["places"]["scope"] if len(word) > 1 and word in text), "")


def _alike(one: str, other: str) -> bool:
    """Whether two phrases share a pair of characters."""
    return any(one[i : i + 2] in other for i in range(len(one) - 1))

"""Which words of a question name its subject, by what other names it goes, and which places it names."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from itertools import pairwise

from index import periods, tokens
from index.lexicon.compiled import one_of
from index.records import Report
from search.plan.places import is_own_place
from search.plan.vocabulary import ASKED, ASKED_UNIT, BARE, NOUNS, ONLY_UNITS, PART, fillers, known_names, longer_names, units

PERIOD_WORDS = re.compile(periods.PLAN.pattern + r"[\"”’」』]?(?:时期|规划|期间|末|以来|计划)*|" + periods.COUNTED.pattern)
# What leads up to a number asked for, and would be cut as one word with what stands before it: 收入比是多少, 各是多少.
AUXILIARY = re.compile(r"(?:各自?|分别)?(?:[一总]?共|是|为|有|达到?|到|里|(?<!安)排)*(?=多少|几(?!乎|何))|(?:里|中)?排(?:在|名)?(?=第?几)")
LOOSE = re.compile(r"[和与及]|^[想要又再将能会已还都拟应]|[了要]$")
ASIDE = 0.5  # weight of words in the parts of a question that lead up to the one that asks (我老家是农村的，想问一下……)
# Verbs that the dictionary joins with what they are done to: 修铁路, of which a report may have only the 铁路.
DONE_TO = re.compile(r"^([修建造盖办开挖种养买卖打搞])([一-鿿]{2,})$")
SINGLE = 0.4  # a word of one character is as often a verb (建, 拿) as a subject (奶)
FOREIGN = 0.5  # an English word that the lexicon does not know cannot stand in a Chinese report: its absence says less
PART_OF_WORD = 0.6  # a word only part of which stands there (综合改革 for 综合治理改革)


@dataclass(frozen=True, slots=True)
class Term:
    """A word of the subject and the other names of the same thing. Any of them found is the term found."""

    text: str
    names: tuple[str, ...]
    weight: float = 1.0

    def stands_in(self, text: str) -> bool:
        """Whether any of its names stands in a text in normal form."""
        return any(name in text for name in self.names)

    def share_in(self, text: str) -> float:
        """1 where any of its names stands in the text; less for a part of its word: the share of its pairs of characters."""
        for name in self.names:
            if name in text and name in _but_for(text, longer_names(name)):
                return 1.0
        if len(self.text) < 3 or self.text.isascii():
            return 0.0
        pairs = [self.text[i : i + 2] for i in range(len(self.text) - 1)]
        return PART_OF_WORD * sum(pair in text for pair in pairs) / len(pairs)


def share(terms: Iterable[Term], text: str) -> float:
    """The share (0..1) of words by their own weight that a text has; 0 of none. View.Asked.share_in weighs them by a report."""
    weighed = [(term.weight, term.share_in(text)) for term in terms]
    total = sum(weight for weight, _ in weighed)
    return sum(weight * has for weight, has in weighed) / total if total else 0.0


def _but_for(text: str, longer: tuple[str, ...]) -> str:
    """The text without what is another measure by a longer name: 出口 is not found in 进出口."""
    for name in longer:
        text = text.replace(name, " ")
    return text


def read_terms(matched: str, report: Report) -> tuple[Term, ...]:
    """The words of the subject. Known indicators and everyday words go together as one term with their other names."""
    rest = matched
    terms: list[Term] = []
    edges = _edges(matched)
    for name, names in known_names():
        if (
            name in rest
            and not (name in one_of("everyday", "words") and all(_cuts(edges, m.span()) for m in re.finditer(re.escape(name), matched)))
            and not (name.endswith("人") and f"{name}均" in rest)
            and (not name.isascii() or re.search(rf"(?<![a-z]){re.escape(name)}(?![a-z])", rest))
        ):
            terms.append(Term(name, names))
            rest = rest.replace(name, " ")
    rest = PERIOD_WORDS.sub(" ", rest)
    rest = ASKED_UNIT.sub(_without_unit, AUXILIARY.sub(" ", rest))
    rest = re.sub(rf"(?:19|20)\d\d年?|[一二][〇零○一二三四五六七八九]{{3}}年|{periods.SHORT.pattern}年", " ", rest)
    stop = fillers()
    for word in _parted(tokens.words(rest)):
        word = word.strip()
        if not tokens.WORD.search(word) or word in stop or is_own_place(word, report):
            continue
        if word.isdigit() and len(word) < 3:
            continue
        if word.isascii():
            terms.append(Term(word, (word,), FOREIGN if word.isalpha() else 1.0))
        else:
            terms.append(Term(word, (word,), tokens.rarity(word) * (SINGLE if len(word) == 1 else 1.0)))
    parts = ["", *PART.split(matched)]
    asking = " ".join(f"{before} {part}" if BARE.fullmatch(part) else part for before, part in pairwise(parts) if ASKED.search(part))
    weighed = [term if not asking or term.text in asking else replace(term, weight=term.weight * ASIDE) for term in terms]
    return tuple(dict.fromkeys(weighed))


@lru_cache(maxsize=64)  # of some hundred reports each reads the same question
def _edges(matched: str) -> tuple[tuple[int, int], ...]:
    """Where the dictionary's words of two characters and more stand."""
    found, start = [], 0
    for word in tokens.words(matched):
        if len(word) > 1 and not tokens.is_new(word):
            found.append((start, start + len(word)))
        start += len(word)
    return tuple(found)


def _cuts(edges: Iterable[tuple[int, int]], span: tuple[int, int]) -> bool:
    """Whether a span begins within a word, or ends in one that begins in it: 省电 in 全省电信, 国企 in 中国企业, 大项目 in 重大项目."""
    start, end = span
    return any(first < start < last or start < first < end < last for first, last in edges)


def _without_unit(asked: re.Match[str]) -> str:
    """多少户 goes whole; of 多少大学生 only 多少 does, as its 大 is the head of a word."""
    unit = asked[0].lstrip("多少大高长几个")
    if unit in NOUNS and "个" not in asked[0]:
        return " " + unit
    if len(unit) == 1 and unit not in ONLY_UNITS and asked.end() < len(asked.string):
        word = tokens.words(asked.string[asked.end() - 1 :])[0]
        if len(word) > 1 and word not in units() and not tokens.is_new(word):
            return " " + unit
    return " "


def _parted(words: Iterable[str]) -> Iterator[str]:
    """Words, those that no dictionary has and that are joined by an "and", or to an auxiliary, taken apart: 蛋和奶, 要造, 产了."""
    for word in words:
        done_to = DONE_TO.match(word)
        if tokens.is_new(word):
            yield from filter(None, LOOSE.split(word))
        elif done_to and not tokens.is_new(done_to[2]):
            yield from done_to.groups()
        else:
            yield word


def search_words(matched: str, report: Report) -> tuple[str, ...]:
    """The words to look for as they are asked: neither fillers, nor years, nor the report's own place."""
    stop = fillers()
    own = [word for word in tokens.search_words(matched) if word not in stop and not is_own_place(word, report)]
    return tuple([word for word in own if not re.fullmatch(r"(?:19|20)\d\d|\d", word)] or own)


def other_words(terms: tuple[Term, ...], own: tuple[str, ...]) -> tuple[str, ...]:
    """The words of the other names of what is asked for, uncut: 轨道交通 for 地铁, not 轨道 and 交通."""
    names = [name for term in terms for name in term.names if name != term.text]
    return tuple(word for word in dict.fromkeys(w for name in names for w in tokens.words(name)) if word not in own)

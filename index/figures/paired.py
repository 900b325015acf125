"""Lists: measures and numbers that 分别 pairs, and a bound that holds for all numbers of a list."""

from index.figures.clauses import Clause, Draft, SentenceDraft, Word, is_mark, joined
from index.figures.subject import AND, is_filler, subject
from index.lexicon import load
from index.records import COUNTED


def is_listed(draft: Draft) -> bool:
    """Whether only 、 or 和 stands between a number and the one before it."""
    return bool(draft.left) and all(is_mark(word) or word.text in AND for word in draft.left)


def share_bounds(sentence: SentenceDraft) -> None:
    """超过8万元、4.5万元 and 90%和98%以上: the bound before the first goes with each, and that behind the last."""
    for earlier, draft in zip(sentence.drafts, sentence.drafts[1:], strict=False):
        if _same_list(earlier, draft) and earlier.before and not draft.before and not draft.after:
            draft.before = earlier.before
    for earlier, draft in reversed([*zip(sentence.drafts, sentence.drafts[1:], strict=False)]):
        if _same_list(earlier, draft) and draft.after and not earlier.after and not earlier.before:
            earlier.after = draft.after


def _same_list(earlier: Draft, draft: Draft) -> bool:
    same = (earlier.mention.unit, earlier.kind) == (draft.mention.unit, draft.kind)
    return same and earlier.clause is draft.clause and is_listed(draft)


def distribute(sentence: SentenceDraft) -> None:
    """分别 hands out a list of measures to a list of numbers: 肉、蛋、奶产量分别达到…, or to the numbers before it."""
    for clause in sentence.clauses:
        mark = next((word for word in clause.words if word.text == "分别"), None)
        drafts = [d for d in sentence.of_clause(clause) if d.kind != "duration" and d.role != "threshold"]
        if mark is None:
            _hand_out(drafts, _paired(sentence, clause, drafts) or _as_before(sentence, drafts))
            continue
        earlier = [d for d in drafts if d.mention.span.start < mark.start]
        drafts = [d for d in drafts if d.mention.span.start > mark.start]
        if earlier and earlier[-1].role == "base":
            bases = [d for d in earlier if d.role == "base" or is_listed(d)][-len(drafts) :]
            _hand_out(bases, _listed(sentence, clause, bases[0].mention.span.start, bases))
            _hand_out(drafts, [d.indicator for d in bases])
            continue
        runs = _runs(drafts)
        even = len(runs) > 1 and len({len(run) for run in runs}) == 1  # 分别从209元、280元提高到217元、290元
        if even and (names := _listed(sentence, clause, mark.start, runs[0])):
            for run in runs:
                _hand_out(run, names)
            continue
        names = _listed(sentence, clause, mark.start, drafts) or _measures_before(sentence, drafts)
        _hand_out(drafts, names if len(names) == len(drafts) else _told_before(sentence, clause, drafts))


def _runs(drafts: list[Draft]) -> list[list[Draft]]:
    """Numbers by the lists they stand in."""
    runs: list[list[Draft]] = []
    for draft in drafts:
        if runs and is_listed(draft):
            runs[-1].append(draft)
        else:
            runs.append([draft])
    return runs


def _hand_out(drafts: list[Draft], names: list[str]) -> None:
    if len(names) == len(drafts):
        for draft, name in zip(drafts, names, strict=True):
            draft.indicator = name


def _paired(sentence: SentenceDraft, clause: Clause, drafts: list[Draft]) -> list[str]:
    """甲和乙增长8.4%和11.4%: as many measures as numbers, and nothing between the numbers but "and"."""
    growths = [d for d in drafts if d.kind == "growth"]
    if len(growths) < 2 or growths != drafts or not all(is_listed(d) for d in drafts[1:]):
        return []
    return _listed(sentence, clause, drafts[0].mention.span.start, drafts)


def _as_before(sentence: SentenceDraft, drafts: list[Draft]) -> list[str]:
    """支出分别为774亿元、536亿元，比上年增长29.2%、39.4%: as many growths as the list right before them has levels."""
    growths = len(drafts) > 1 and all(d.kind == "growth" for d in drafts) and all(is_listed(d) for d in drafts[1:])
    if not growths:
        return []
    first = sentence.drafts.index(drafts[0])
    levels = _runs(sentence.drafts[:first])[-1:]
    names = [d.indicator for level in levels for d in level if d.kind in COUNTED]
    return names if len(set(names)) == len(drafts) else []


def _told_before(sentence: SentenceDraft, clause: Clause, drafts: list[Draft]) -> list[str]:
    """甲、乙和丙再次提高，月人均分别提高221元、90元和350元: the list of the nearest clause before that has no number."""
    for before in reversed(sentence.clauses[: sentence.clauses.index(clause)]):
        if sentence.of_clause(before):
            return []
        verb = next((w for w in before.words[1:] if is_filler(w) and w.text not in AND and not is_mark(w)), None)
        names = _listed(sentence, before, verb.start if verb else before.span.end, drafts)
        if names:
            return names
    return []


def _listed(sentence: SentenceDraft, clause: Clause, end: int, drafts: list[Draft]) -> list[str]:
    """The list of measures in a clause up to an offset, where it has as many as there are numbers."""
    left = [word for word in clause.words if word.end <= end]
    alike = len({draft.mention.unit for draft in drafts}) == 1
    for separators in (AND, AND[:1], AND[1:]):  # 城镇和农村居民收入: which of them part the list, its length tells
        kept = [subject(item, sentence.noise) for item in _parted(left, separators)]
        if len(kept) == len(drafts) and len(kept) > 1 and all(kept):
            return _with_shared(sentence.setting.text, kept) if alike else [joined(sentence.setting.text, k) for k in kept]
    return []


def _parted(words: list[Word], separators: tuple[str, ...]) -> list[list[Word]]:
    items: list[list[Word]] = [[]]
    for word in words:
        if word.text in separators:
            items.append([])
        else:
            items[-1].append(word)
    return items


def _with_shared(text: str, kept: list[list[Word]]) -> list[str]:
    """肉、蛋、奶产量: what the last names beyond the kind of thing that they all are goes with the shorter ones before it."""
    last = kept[-1]
    things = {item[-1].text for item in kept[:-1]}  # 城市低保、农村低保标准: all are 低保
    alike = max((i for i, word in enumerate(last[:-1]) if word.text in things), default=0)
    names = []
    for item in kept:
        name = joined(text, item)
        whole = name.endswith(tuple(load("figures")["lists"]["measures"]))  # 养老金 needs nothing of 环卫工人工资
        short = item is not last and len(item) < len(last) and not whole and item[-1].text != last[-1].text
        shared = last[alike + 1 :] if short else []
        names.append(f"{name} {joined(text, shared)}" if shared else name)
    return names


def _measures_before(sentence: SentenceDraft, drafts: list[Draft]) -> list[str]:
    if not drafts:
        return []
    first = sentence.drafts.index(drafts[0])
    names: list[str] = []
    for earlier in sentence.drafts[:first]:
        if earlier.role == "value" and earlier.kind in COUNTED and earlier.indicator not in names:
            names.append(earlier.indicator)
    return names[-len(drafts) :]

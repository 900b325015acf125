"""Kind, direction and role of a number, and what a share is a share of: from the words before it and right after it."""

import re

from index.figures.clauses import Draft, SentenceDraft, Word, joined, text_of
from index.figures.paired import is_listed
from index.figures.subject import is_change, subject
from index.lexicon import load
from index.records import Direction, Kind

LISTED = r"(?:[和、][\d.,]+[^\d,，。;和、]{1,5})*"  # the other numbers of a list: 从46503元和16935元分别提高到
STOOD = r"(?:上年|去年|原来|原先)(?:的|居|位居|列|排)*"  # 由上年居世界第五位上升到第四位
BECAME = r"[^\d,，。;]{1,6}[为成]\d"  # 由71所优化整合为47所
MERGED = re.compile(r"[^\d,，。;]{1,8}(?:整合|合并|重组|归并|压减|精简)[^\d,，。;]{0,4}[为成到至]\d")  # 188个园区整合优化为120个
AIMED = re.compile(r"的(?:预期|年度|规划|计划|预定|约束性)*(?:目标|水平|要求)")


def measure(sentence: SentenceDraft, draft: Draft, previous: Draft | None) -> None:
    """Kind, direction, of and role, from the words before the number and right after it."""
    mention, matched = draft.mention, sentence.setting.matched
    after = matched[mention.span.end + len(draft.after or "") : draft.clause.span.end]
    draft.kind = mention.kind
    change = _change(draft.left)
    listed = previous is not None and (is_listed(draft) or not draft.left)
    if mention.unit in ("%", "‰") and mention.kind != "share":
        if listed and previous is not None and previous.mention.unit == mention.unit:
            draft.kind, draft.direction, draft.of = previous.kind, previous.direction, previous.of
        else:
            _percentage(sentence, draft, previous, change, after)
    elif mention.kind in ("points", "multiple"):
        draft.direction = change or ("up" if mention.kind == "points" or mention.unit == "番" else None)
        if mention.kind == "multiple" and "的" in [word.text for word in draft.left[-1:]]:
            draft.direction = None
    if _is_threshold(draft, after):
        draft.role = "threshold"
    goes_on = listed and previous is not None and previous.role == "base" and previous.mention.unit == mention.unit
    if goes_on or _is_base(text_of(matched, draft.left), after):
        draft.role = "base"


def _is_base(before: str, after: str) -> bool:
    """Whether a number is where a change set out from: 由2010年的…增加到."""
    change = "提高|增加|上升|增长|提升|扩大|缩小|下降|降低|减少|降|增|升|到|至|，"
    start = re.search(rf"[由从](?:{STOOD})?(?:世界|全球|全国|全省|全市|[^,，。;]{{0,8}}年的?)?(?:平均|每[人户月年天日亩])*$", before)
    became = re.match(rf"{LISTED}(?:[^,，。;]{{0,8}}?(?:{change})|{BECAME})", after)
    return (start is not None and became is not None) or MERGED.match(after) is not None


def _percentage(sentence: SentenceDraft, draft: Draft, previous: Draft | None, change: Direction | None, after: str) -> None:
    words, matched = load("figures"), sentence.setting.matched
    left = [word.text for word in draft.left]
    text = text_of(matched, draft.left)
    among = next((i for i, word in enumerate(draft.left) if word.text == "中" and i), None)
    share = re.search(r"占(?:到)?([^占]*?)(?:的)?(?:比重|比例|份额)?(?:[为达至到超约近提高上升下降]*)$", text)
    told = sentence.drafts[-1] if sentence.drafts else None
    if previous is not None and previous.role == "base" and previous.kind == "share" and previous.mention.unit == draft.mention.unit:
        draft.kind, draft.of = previous.kind, previous.of  # 比重从1.07%提高到1.49%
    elif share or any(word in text for word in words["verbs"]["share"]):
        draft.kind = "share"
        draft.of = _whole(text)
        if draft.of is None and among:  # 科技计划项目中企业牵头占比
            draft.of = joined(matched, subject(draft.left[:among])) or None
    elif change is not None:
        draft.kind, draft.direction = "growth", change
    elif re.search(rf"(?:{'|'.join(words['verbs']['growth_nouns'])})", "".join(left[-6:])):
        draft.kind, draft.direction = "growth", "down" if "降幅" in text else "up"
    elif re.match(r"(?:的)?(?:速度|增速|以上速度|幅度|增长率|涨幅|降幅)", after):
        draft.kind, draft.direction = "growth", "down" if "下降" in after else "up"
    elif AIMED.match(after):  # 增长11.3%，低于13%的预期目标
        if told is not None and told.mention.unit == draft.mention.unit:
            draft.kind, draft.direction = told.kind, told.direction
        else:
            draft.kind = "rate"
    elif after.startswith("的"):
        draft.kind = "share"
        draft.of = next((word for word in words["share"]["wholes"] if after.startswith(f"的{word}")), None)
    else:
        draft.kind = "rate"


def _whole(text: str) -> str | None:
    """What a share is a share of: 占农户总数的, 占全市地区生产总值, 畜牧业占农业比重提高到."""
    match = re.search(r"占(?!比)(?:到|了)?(全市|全省|全国|全区|全县|全球|世界)?([^,，。;占]*)", text)
    if not match:
        return None
    whole = re.sub(r"(?:的?(?:最低|平均)?(?:比重|比例|份额|比).*|(?:[由从]|分别|已经|已|均|将|继续|稳定|保持).*)$", "", match[2])
    whole = re.sub(r"(?:的)?(?:提高|上升|下降|增加|降低|提升)?(?:达到|达|为|到|至|超过|超|近|约)?$", "", whole)
    return whole.strip("的") or match[1]


def _change(left: tuple[Word, ...]) -> Direction | None:
    """The last verb of change before a number, unless it says where the measure has got to (提高到)."""
    verbs = load("figures")["verbs"]
    for position in range(len(left) - 1, -1, -1):
        word = left[position]
        if word.text in verbs["reached"] and position and is_change(left[position - 1]):
            return None
        if word.text in ("至", "到", "控制在", "保持在", "稳定在", "占", "提高到", "增至", "升至", "降至"):
            return None
        if word.text in verbs["better"]:
            said = "".join(other.text for other in left[:position])
            return "down" if any(name in said for name in verbs["falling"]) else "up"
        if is_change(word):
            return "up" if word.text in verbs["up"] else "down"
    return None


def _is_threshold(draft: Draft, after: str) -> bool:
    if not (draft.before or draft.after) or draft.mention.kind != "amount":
        return False
    heads = "|".join(load("figures")["threshold"]["heads"])
    apart = rf"的[一-鿿]{{0,6}}?(?:{heads})[^，。;、]*?\d"  # 销售收入超亿元的非公企业达到20家
    return re.match(rf"(?:及以上)?的?(?:{heads})|{apart}", after) is not None


def settled_kind(draft: Draft) -> Kind:
    if draft.mention.unit == "%" and draft.kind == "growth" and draft.role == "base":
        return "rate"
    if draft.mention.unit == "%" and draft.kind == "rate" and re.search(r"(?:占比|比重|份额)$", draft.indicator):
        return "share"
    return draft.kind

"""Which kind of document a text is, by its title, and where it has none by what it says."""

import re

from index.records import Genre

# Titles in normal form, each whole.
A = "[^。;!?，,:]*"
TITLES: tuple[tuple[Genre, str], ...] = (
    ("news", rf"{A}(?:会议|大会)(?:隆重|胜利)?(?:开幕|闭幕|召开|举行)"),
    ("other", rf"{A}(?:法院|检察院|人大常委会|人民代表大会常务委员会|政协[^。;!?，,:]*委员会|监察委员会)工作(?:的)?报告"),
    ("communique", rf"{A}统计(?:公报|年鉴|资料|数据){A}|{A}计划执行(?:结果|情况)的?公报"),
    ("budget", rf"{A}预算{A}(?:报告|草案)(?:的报告)?|{A}决算{A}(?:报告|草案)"),
    (
        "plan",
        rf"{A}(?:五年|“?十[一二三四五六]五”?)(?:规划|计划){A}|{A}(?:规划|计划)纲要{A}|{A}计划执行情况{A}计划{A}(?:报告|草案)(?:的报告)?",
    ),
    ("work_report", rf"{A}(?<![作做向的出])政府工作(?:的)?报告|{A}(?:[省市县区]政总|施政总?)报告"),
    ("news", rf"{A}经济运行(?:情况|简况|简析|分析|概况|综述)?"),
)
AFTER = r"(?:\((?:[^()]{1,12})\))?"  # (书面), (摘要), (口头报告)
NO_TITLE = r"第?[一二三四五六七八九十]+[、篇章节]|\(|.*[作做].{0,14}工作报告"  # a heading; a caption
DOCUMENT = re.compile(rf"(?=.{{4,70}}$)(?!{NO_TITLE})(?:{'|'.join(pattern for _, pattern in TITLES)}){AFTER}")
ADDRESSED = re.compile(r"我代表[^。\n]{2,30}(?:报告|汇报)|^各位(?:代表|委员)", re.MULTILINE)
PRINTED = re.compile(r"^[^。\n]{0,40}政府工作报告\((?:摘登|摘要|全文)\)$", re.MULTILINE)  # as newspapers have it, by pieces
TOLD = (
    r"报告(?:指出|提出|强调|说|全文|摘要)",
    r"(?:会议|大会)[^。\n]{0,12}(?:开幕|闭幕|举行)",
    r"主席台就座|应(?:出席|到)代表",
    r"作(?:了)?《?政府工作报告|作[^。\n]{2,12}政府工作报告",
    r"本报讯|记者",
    r"报告(?:共)?分(?:为)?[一二三四五六七八九十\d]+个?部分",
)
RECKONED = r"(?:初步|统一)核算[^。]*生产总值|生产总值(?:初步|统一)核算"  # whose text this begins, tells of an economy's year
CONTENT: tuple[tuple[Genre, str], ...] = (
    ("work_report", r"工作(?:的)?(?:简要)?回顾|向大会(?:作)?(?:报告|汇报)(?:政府)?工作"),
    ("communique", rf"{RECKONED}|本公报"),
    ("budget", r"预算执行情况[\s\S]*预算(?:草案|安排)"),
    ("plan", r"第一[篇章][\s\S]*(?:规划|计划)期|本(?:纲要|规划)"),
    ("work_report", r"政府工作报告"),
)
HEAD = 3000  # characters in which a report addresses those it is given to


def genre_of(title: str | None, matched: str) -> Genre:
    """The kind of a document by its title and its text, both in normal form."""
    head = matched[:HEAD]
    if PRINTED.search(head):
        return "work_report"
    if not ADDRESSED.search(head) and sum(re.search(told, head) is not None for told in TOLD) > 1:
        return "news"
    for genre, pattern in TITLES:
        if title and re.fullmatch(pattern + AFTER, title):
            return genre
    if title and "公报" not in title and re.search(RECKONED, head) and "本公报" not in matched:
        return "news"  # an account of a year under a title of its own
    return next((genre for genre, pattern in CONTENT if re.search(pattern, matched)), "other")


def is_account(genre: Genre, matched: str) -> bool:
    """Whether a document tells of one year, its own: a communiqué, and news that are of no report."""
    return genre == "communique" or (genre == "news" and re.search(rf"{RECKONED}|经济运行", matched[:HEAD]) is not None)

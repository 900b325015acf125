"""str → list[str]: jieba's words. Search mode (long words and the short ones in them) for BM25, plain for figures."""

from __future__ import annotations

import logging
import math
import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import jieba

SPELLING = "jieba-0.42.1/search/1"  # recorded in the manifest: a change here changes every index
# A word of one in 10^3 is a function word in all but name; one of 10^5 (机票, 封存) says what it is about.
COMMONEST, RAREST = 3.0, 5.0
WORD = re.compile(r"[0-9a-z\u3400-\u9fff]")


def words(matched: str) -> list[str]:
    """All of a text in normal form, cut into words: their concatenation is the text."""
    return list(_jieba().cut(matched))


def search_words(matched: str) -> list[str]:
    """The words of a text in normal form that can be looked for, long words and their parts alike."""
    return [word for word in _jieba().cut_for_search(matched) if WORD.search(word)]


def is_new(word: str) -> bool:
    """Whether a word was only guessed: jieba's dictionary does not have it."""
    return not _jieba().FREQ.get(word)


@lru_cache(maxsize=100_000)  # reports share most of their words, and a sound takes a tenth of a millisecond
def sound(word: str) -> tuple[str, ...]:
    """The syllables of a word, without tones."""
    from pypinyin import lazy_pinyin  # 50 ms to import: only a misspelling needs it

    return tuple(lazy_pinyin(word))


@lru_cache(maxsize=20_000)
def readings(character: str) -> frozenset[str]:
    """The syllables, without tones, that a character may be read as: 行 xing, hang."""
    from pypinyin import Style, pinyin

    return frozenset(pinyin(character, style=Style.NORMAL, heteronym=True)[0])


def rarity(word: str) -> float:
    """How much a word says by itself, 0.3 (参加, 标准) to 1 (私家车), by how seldom general Chinese uses it (jieba's counts)."""
    dictionary = _jieba()
    seldom = math.log10(dictionary.total / max(dictionary.FREQ.get(word) or 0, 1))
    return min(1.0, max(0.3, (seldom - COMMONEST) / (RAREST - COMMONEST)))


def keep_cache() -> None:
    """Where milvus-lite cuts words in this process, by jieba's own tokenizer: its parsed dictionary goes to our folder too."""
    import jieba

    jieba.setLogLevel(logging.WARNING)
    jieba.dt.tmp_dir = _cache_folder()


@cache
def _jieba() -> jieba.Tokenizer:
    return tokenizer()


def tokenizer() -> jieba.Tokenizer:
    """A new tokenizer that knows our words."""
    import jieba

    from index.lexicon import load

    jieba.setLogLevel(logging.WARNING)
    made = jieba.Tokenizer()
    made.tmp_dir = _cache_folder()
    made.initialize()
    for word in load("words")["words"]:
        made.add_word(word)
    return made


def _cache_folder() -> str | None:
    """Where jieba keeps its parsed dictionary: our own folder, not one that everybody can write to."""
    from index.paths import CACHE

    CACHE.mkdir(parents=True, exist_ok=True)
    return str(CACHE)

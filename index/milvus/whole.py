"""Words that Milvus's jieba must be told of, so that it finds in a row the words that ours found there.

A row is given as words with spaces between, which Milvus cuts once more: 房地, a part of 房地产, would fall apart by itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence

from index import tokens

ROUNDS = 5  # a word that is told of may pull another one apart


def kept_whole(vocabulary: Iterable[str]) -> list[str]:
    """The words of the vocabulary that jieba would cut, found by cutting them."""
    tokenizer, words = tokens.tokenizer(), sorted(set(vocabulary))
    found: list[str] = []
    for _ in range(ROUNDS):
        cut = [word for word in words if tokenizer.lcut(word) != [word]]
        if not cut:
            break
        for word in cut:
            tokenizer.add_word(word)
        found += cut
    return sorted(set(found))


def askable(words: Sequence[str], whole: Collection[str]) -> list[str]:
    """The words that come through whole. Of those that do not, no row has any: Milvus would look for their pieces instead."""
    return [word for word in words if word in whole or tokens.words(word) == [word]]

"""bytes → text, by what the bytes are and not by what a file says of itself."""

import codecs

from index.errors import ReadError

# GB18030 decodes almost any bytes, so UTF-8 read as GBK comes out as these instead of failing.
MOJIBAKE = ("銆", "锛", "鐨", "涓€", "鍜")
MOJIBAKE_PER_CHARACTER = 0.01  # in such text every 。，的 is one of them: about 5 in 100
# Big5 too decodes as GB18030, to rare characters. These are the commonest of both scripts; most are written alike in both.
COMMON = frozenset("，。、：的一二三是不在有人了和年大中上月日市政府工作民生加全展为為这這个個国國发發经經济濟会會业業")
PLAUSIBLE = 0.05  # their share of what is not ASCII: in 200 characters of a report at least 0.13, in the other encoding's at most 0.005


def decode(data: bytes, name: str) -> str:
    """Bytes in UTF-8, UTF-16 with a mark, GB18030 or Big5 → text, line ends as LF. Raises ReadError."""
    text = _decoded(data, "utf-16" if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8") or _chinese(data)
    if "\0" in text or (b"\0" in data and not text):
        raise ReadError(f"{name}：含有空字节，不是文本文件；请另存为 UTF-8 文本")
    if data and not text:
        raise ReadError(f"{name}：既不是 UTF-8 也不是 GB18030 或 Big5；请另存为 UTF-8")
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise ReadError(f"{name}：文件是空的")
    if sum(text.count(sign) for sign in MOJIBAKE) > MOJIBAKE_PER_CHARACTER * len(text):
        raise ReadError(f"{name}：是乱码（UTF-8 被当作 GBK 保存过）；请用原文件")
    return text


def _chinese(data: bytes) -> str:
    """GB18030, unless Big5 makes a plausible text of the bytes, and the more plausible one; "" for neither."""
    simplified, traditional = _decoded(data, "gb18030"), _decoded(data, "big5hkscs")
    return traditional if _common(traditional) > max(_common(simplified), PLAUSIBLE) else simplified


def _decoded(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError:
        return ""


def _common(text: str) -> float:
    wide = [character for character in text if ord(character) > 127]
    return sum(character in COMMON for character in wide) / max(1, len(wide))

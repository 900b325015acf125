"""Text files: decoded, the byte-order mark dropped, CRLF as LF, nothing else changed."""

import codecs

from index.errors import ReadError
from index.read.formats import Extracted

# GB18030 decodes almost any bytes, so UTF-8 read as GBK comes out as these instead of failing.
MOJIBAKE = ("銆", "锛", "鐨", "涓€", "鍜")
MOJIBAKE_PER_CHARACTER = 0.01  # in such text every 。，的 is one of them: about 5 in 100


def extract(data: bytes, name: str) -> list[Extracted]:
    return [Extracted(decode(data, name), is_file=True)]


def decode(data: bytes, name: str) -> str:
    """Bytes in UTF-8 (with or without a mark) or GB18030 → text, line ends as LF. Raises ReadError."""
    if b"\0" in data:
        raise ReadError(f"{name}：含有空字节，不是文本文件；请另存为 UTF-8 文本")
    try:
        text = data.decode("utf-8-sig" if data.startswith(codecs.BOM_UTF8) else "utf-8")
    except UnicodeDecodeError:
        try:
            text = data.decode("gb18030")
        except UnicodeDecodeError as error:
            raise ReadError(f"{name}：既不是 UTF-8 也不是 GB18030（第 {error.start} 字节）；请另存为 UTF-8") from None
    text = text.removeprefix("\ufeff").replace("\r\n", "\n")
    if not text.strip():
        raise ReadError(f"{name}：文件是空的")
    if sum(text.count(sign) for sign in MOJIBAKE) > MOJIBAKE_PER_CHARACTER * len(text):
        raise ReadError(f"{name}：是乱码（UTF-8 被当作 GBK 保存过）；请用原文件")
    return text

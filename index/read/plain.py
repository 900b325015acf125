"""Text files: decoded, the byte-order mark dropped, CRLF as LF, nothing else changed; one that is a web page goes to its reader."""

import re

from index.read.decoded import decode
from index.read.formats import Extracted

PAGE = re.compile(r"([\s\[\"']*)<(?:!|[a-z][a-z\d]*[\s>/])", re.IGNORECASE)
BLOCKS = re.compile(r"(?:</?(?:p|div|br|h[1-6]|li|t[dhr])\b.*?){3}", re.IGNORECASE | re.DOTALL)  # fewer may be quoted in a text
ESCAPED = re.compile(r"\\(?:u([\da-fA-F]{4})|(.))", re.DOTALL)
NAMED = {"n": "\n", "r": "", "t": "\t"}
BETWEEN = re.compile(r"(?<=>)[\"']?,\s*[\"']?(?=<)")  # the elements of a printed list


def extract(data: bytes, name: str) -> list[Extracted]:
    text = decode(data, name)
    opening = PAGE.match(text)
    if opening is None or not BLOCKS.search(text):
        return [Extracted(text, is_file=True)]
    from index.read import html  # lxml is loaded by a page

    return [html.of_page(_unpacked(text) if opening[1].strip() else text, name)]


def _unpacked(text: str) -> str:
    """A page as a program printed it: a string with its escapes, the elements of a list."""
    text = ESCAPED.sub(lambda match: chr(int(match[1], 16)) if match[1] else NAMED.get(match[2], match[2]), text)
    return BETWEEN.sub("\n", text.strip().strip("[]\"'"))

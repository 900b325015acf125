"""A report's lines as files of other formats, by the writers that people use; the first line is the title."""

from __future__ import annotations

import csv
import html
import io
import re
import subprocess
from pathlib import Path

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Pt
from fpdf import FPDF

FONT = "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc"
MASTHEAD = 3  # lines: title, session, speaker
PORTAL = """<!DOCTYPE html><html><head><meta http-equiv="Content-Type" content="text/html; charset={charset}">
<title>{title}_政府工作报告_市政府门户网站</title><style>p {{ text-indent: 2em }}</style>
<script>var title = "<p>九月生产总值999亿元</p>"; document.write(title);</script></head><body>
<header><a href="/">首页</a> <a href="/login">登录</a><div>市政府门户网站欢迎您</div></header>
<nav><ul><li><a href="/a">政务公开</a></li><li><a href="/b">办事服务</a></li></ul></nav>
<form id="aspnetForm"><div class="crumb">您的位置：<a href="/">首页</a> &gt; <a href="/gk">政务公开</a> &gt; 正文</div>
<article><header><h1>{title}</h1></header>
<div class="info"><span>发布时间：2007-01-25 09:02</span>&nbsp;&nbsp;<span>来源：沈阳日报</span> <span>浏览次数：12345</span>
<span>【字号：<a>大</a> <a>中</a> <a>小</a>】</span> <a>打印</a> <a>下载</a> <a>分享到：</a></div>
<div class="TRS_Editor">{body}</div></article>
<div>责任编辑：王五</div><div class="bdsharebuttonbox"><a>微信</a><a>微博</a></div>
<div><h3>相关阅读</h3><ul><li><a href="/1">沈阳市2006年国民经济和社会发展统计公报：生产总值增长20%</a></li></ul></div></form>
<aside>热点：新增就业99万人</aside><footer>版权所有：市政府办公室 主办 辽ICP备05000000号 网站标识码2101000000</footer></body></html>"""


def web_page(lines: list[str], charset: str = "utf-8") -> bytes:
    """A portal's page: source broken inside paragraphs, indents as &nbsp;, words in spans."""
    body = "".join(f"<p>&nbsp;&nbsp;&nbsp;&nbsp;<span>{_broken(line)}</span></p>\n" for line in lines[1:])
    page = PORTAL.format(charset=charset, title=html.escape(lines[0]), body=body)
    return page.encode("gb18030" if charset.startswith("gb") else charset)


def _broken(line: str) -> str:
    text = html.escape(line)
    at = len(text) // 2
    plain = re.fullmatch(r"[\u4e00-\u9fff]{2}", text[at - 1 : at + 1]) and "&" not in text
    return f"{text[:at]}\n   {text[at:]}" if plain else text


def markdown(lines: list[str]) -> bytes:
    marked = [f"# {lines[0]}", *lines[1:MASTHEAD]]
    for line in lines[MASTHEAD:]:
        heading = re.match(r"[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）", line)
        depth = 0 if heading is None or len(line) > 40 else 2 if line[0] != "（" else 3
        escaped = re.sub(r"^(\d+)\.", r"\1\\.", line).replace("*", r"\*").replace("_", r"\_")
        marked.append(f"{'#' * depth} {escaped}" if depth else escaped)
    return ("---\ntitle: 报告\n---\n\n" + "\n\n".join(marked) + "\n").encode()


def word(lines: list[str]) -> bytes:
    document = Document()
    document.sections[0].header.paragraphs[0].text = "页眉：内部资料"
    document.add_paragraph(lines[0], style="Title")
    for number, line in enumerate(lines[1:], start=1):
        paragraph = document.add_paragraph()
        half = len(line) // 2
        paragraph.add_run(line[:half])  # Word parts a paragraph into runs as it was typed
        paragraph.add_run(line[half:]).bold = True
        paragraph.paragraph_format.first_line_indent = Pt(24)
        if number < MASTHEAD:
            paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def table(rows: list[dict[str, str]], encoding: str = "utf-8-sig") -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, [*rows[0]])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode(encoding)


def printed(lines: list[str], folder: Path, browser: str) -> bytes:
    """A page as Chromium prints it: its own heads and feet, first lines indented."""
    style = "font-family:'Noto Serif CJK SC';font-size:16px"
    body = "".join(
        f'<p style="{"text-align:center" if number < MASTHEAD else "text-indent:2em;margin:0;line-height:1.8"}">{html.escape(line)}</p>'
        for number, line in enumerate(lines)
    )
    page, out = folder / "page.html", folder / "page.pdf"
    page.write_text(f'<meta charset=utf-8><title>报告</title><body style="{style}">{body}', encoding="utf-8")
    command = [browser, "--headless", "--no-sandbox", "--disable-gpu", f"--print-to-pdf={out}", str(page)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return out.read_bytes()


class _Pages(FPDF):  # type: ignore[misc]
    title_of_all = ""

    def header(self) -> None:
        self.set_font("noto", size=9)
        self.cell(0, 8, self.title_of_all, new_x="LMARGIN", new_y="NEXT", align="C")

    def footer(self) -> None:
        self.set_y(-15)
        self.set_font("noto", size=9)
        self.cell(0, 8, f"— {self.page_no()} —", align="C")


def pages(lines: list[str], *, indent: str = "　　", password: str = "", gap: float = 0) -> bytes:
    """A PDF with running heads and page numbers; paragraphs told by their indent, or by a gap of so many millimetres."""
    document = _Pages()
    document.title_of_all = lines[0]
    document.add_font("noto", "", FONT)
    document.add_page()
    for number, line in enumerate(lines):
        document.set_font("noto", size=18 if number == 0 else 12)
        centred = number < MASTHEAD
        words = line if centred else indent + line
        document.multi_cell(0, 8, words, align="C" if centred else "J", new_x="LMARGIN", new_y="NEXT")
        document.ln(gap)
    if password:
        document.set_encryption(owner_password=password, user_password=password)
    return bytes(document.output())


def scanned() -> bytes:
    """Pages that hold pictures only."""
    from PIL import Image

    document = FPDF()
    for _ in range(3):
        document.add_page()
        document.image(Image.new("RGB", (600, 800), "white"), x=10, y=10, w=180)
    return bytes(document.output())

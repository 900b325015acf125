"""Refusals: one friendly line as JSON, the same shape for each."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.responses import JSONResponse

BUSY = "现在提问的人很多，请过几秒再试。"
LEAVING = "服务正在重新启动，请过一会儿再试。"
TOO_OFTEN = "提问太快了，请过一会儿再试。"
TOO_LARGE = "请求太大了。"
NOT_TEXT = "请求应是 UTF-8 文本。"
NOT_FOUND = "没有这个地址。"
NO_FILES = "这里不收读者自己的报告。"
FOREIGN = "这个请求来自别的网站，不予处理。"
UNKNOWN_HOST = "这里不以这个域名提供服务。"
POST_ALONE = "这个地址只接受 POST。"
NOT_LOGGED_IN = "请先登录。"


def refusal(status: int, line: str, headers: Mapping[str, str] | None = None) -> JSONResponse:
    """A refusal as a response: `{"detail": line}`, which is where Gradio's clients look."""
    return JSONResponse({"detail": line}, status, {"Cache-Control": "no-store", **(headers or {})})

"""`wenbao serve` and `wenbao account`: the page, and who may log in to it."""

import argparse
import getpass
import os
import sys
from pathlib import Path

from index.errors import UsageError
from search.commands.options import Add, add_reranker


def declare(add: Add) -> None:
    served = add("serve", "打开网页", serve)
    served.add_argument("--host", default=os.environ.get("HOST", "127.0.0.1"), metavar="H")
    served.add_argument("--port", type=int, default=int(os.environ.get("PORT", "7860")), metavar="P")
    add_reranker(served)
    served.add_argument("--mcp", action="store_true", help="也给语言模型当工具：/gradio_api/mcp/（见 docs/api.md）")
    public = served.add_argument_group("对外服务（见 docs/deploy.md）")
    public.add_argument("--public", nargs="+", metavar="HOST", help="对外服务，只认这些域名")
    public.add_argument("--rate", type=_per_minute, metavar="N", help="每个客户端每分钟最多几问（默认 120，0 不限）")
    public.add_argument("--accounts", type=Path, metavar="FILE", help="要登录：账号文件，由 wenbao account 写成")
    public.add_argument("--allow-upload", action="store_true", help="读者可以用自己的报告（对外服务时默认不可以）")
    public.add_argument("--log-questions", action="store_true", help="日志里也记下问题原文（默认不记）")
    added = add("account", "给账号文件添一个账号，或换它的密码；密码从终端或标准输入读", account)
    added.add_argument("file", type=Path, metavar="FILE")
    added.add_argument("name", metavar="NAME")


def serve(options: argparse.Namespace) -> int:
    from search.live import LiveEngine

    live = LiveEngine(options.index, options.reranker)
    from app import launch, public_settings

    live.watch()
    settings = None
    if options.public:
        given = (options.public, options.rate, options.accounts, options.log_questions, options.allow_upload)
        settings = public_settings(*given)
    elif options.rate is not None or options.accounts or options.log_questions or options.allow_upload:
        raise UsageError("--rate、--accounts、--log-questions、--allow-upload 要与 --public HOST 一起用")
    launch(live, options.host, options.port, settings=settings, mcp=options.mcp)
    return 0


def account(options: argparse.Namespace) -> int:
    from app import add_account

    password = getpass.getpass("密码：") if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    add_account(options.file, options.name, password)
    print(f"{options.file}：{options.name} 可以登录了（服务重新启动后生效）")
    return 0


def _per_minute(text: str) -> int:
    if not text.isascii() or not text.isdigit() or len(text) > 6:
        raise argparse.ArgumentTypeError(f"{text} 应是不小于 0 的整数")
    return int(text)

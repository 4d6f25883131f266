"""Pure judgement: what may stand as a link, and what is lacking before something counts as published."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

#: Of an address nothing is ever fetched; it is shown as a link, so it must be one that leads to a page and no more.
HOST = re.compile(r"[A-Za-z0-9\u4e00-\u9fff](?:[A-Za-z0-9\u4e00-\u9fff.-]*[A-Za-z0-9\u4e00-\u9fff])?")


def link_fault(link: str) -> str | None:
    """A sentence when this is no address of a page; None for one that is, and for none at all."""
    if not link:
        return None
    try:
        parts = urlsplit(link)
        port = parts.port
    except ValueError:
        return "链接不像网址，请从浏览器的地址栏整条复制。"
    if parts.scheme not in ("http", "https"):
        return "链接要以 http:// 或 https:// 开头。"
    if parts.username is not None or parts.password is not None:
        return "链接里有账号或密码，请去掉再存。"
    whole = HOST.fullmatch(parts.hostname or "") and port != 0 and not re.search(r'[\s<>"\\^`{|}]', link)
    return None if whole else "链接不像网址，请从浏览器的地址栏整条复制。"

"""Markdown as text: the signs that only set it off are taken away, line by line; every word stays."""

from __future__ import annotations

import re

from youju.paper.reading.plain import NEWLINES, decode, gathered
from youju.paper.reading.values import ReadText

_HEAD = re.compile(
    r"\A---[ \t]*+\n(?:(?:[A-Za-z_][\w-]{0,40}[ \t]?:|[ \t]|-[ ])[^\n]{0,500}\n){1,60}(?:---|\.\.\.)[ \t]*+(?:\n|\Z)"
)
_HEADING = re.compile(r" {0,3}#{1,6}[ \t]+(.*)")
_CLOSING = re.compile(r"[ \t]#{1,6}[ \t]*\Z")
_RULE = re.compile(r" {0,3}(?:(?:-[ \t]*+){3,}+|(?:\*[ \t]*+){3,}+|={3,}+[ \t]*+)")
_FENCE = re.compile(r" {0,3}(?:```|~~~)")
_LEAD = re.compile(r"[ \t]{0,12}(?:>[ \t]?){1,6}|[ \t]{0,12}[-*+][ \t]+(?:\[[ xX]\][ \t]+)?")
_TABLE_RULE = re.compile(r"[ \t]*+\|?[ \t]*+:?-++:?[ \t]*+(?:\|[ \t]*+:?-++:?[ \t]*+)*+\|?[ \t]*+")
_IMAGE = re.compile(r"!\[([^\]\n]{0,200})\]\([^()\n]{0,500}\)")
_LINK = re.compile(r"\[([^\[\]\n]{1,300})\]\([^()\n]{0,500}\)")
_BOLD = re.compile(
    r"\*\*(?=[^\s*])([^*\n]{1,300})\*\*|(?<![A-Za-z0-9_])__(?=[^\s_])([^_\n]{1,300})__(?![A-Za-z0-9_])|~~(?=[^\s~])([^~\n]{1,300})~~"
)
_SLANTED = re.compile(r"(?<![*A-Za-z0-9])\*(?=[^\s*])([^*\n]{1,300})\*(?![*A-Za-z0-9])")
_CODE = re.compile(r"`([^`\n]{1,300})`")
_BREAK = re.compile(r"<br[ \t]*/?>", re.IGNORECASE)


def read_markdown(data: bytes) -> ReadText:
    """Lines as they stand, their order kept. Raises UnreadableFile."""
    text = NEWLINES.sub("\n", decode(data))
    text = _without_comments(_HEAD.sub("", text))
    lines = []
    fenced = False
    for line in text.split("\n"):
        if _FENCE.match(line):
            fenced = not fenced
        elif fenced:
            lines.append(line)
        elif not (_RULE.fullmatch(line) or ("--" in line and _TABLE_RULE.fullmatch(line))):
            lines.append(_bare(line))
    return gathered("\n".join(lines), "md")


def _without_comments(text: str) -> str:
    pieces, at = [], 0
    while (begin := text.find("<!--", at)) >= 0:
        end = text.find("-->", begin + 4)
        if end < 0:
            break
        pieces.append(text[at:begin])
        at = end + 3
    pieces.append(text[at:])
    return "".join(pieces)


def _bare(line: str) -> str:
    if heading := _HEADING.fullmatch(line):
        line = _CLOSING.sub("", heading[1])
    else:
        lead = _LEAD.match(line)
        line = line[lead.end() :] if lead else line
    if line.startswith("|") and line.rstrip().endswith("|"):
        line = "\t".join(cell.strip() for cell in line.strip().strip("|").split("|"))
    if "[" in line:
        line = _LINK.sub(r"\1", _IMAGE.sub(r"\1", line))
    for sign, pattern in (("*", _BOLD), ("_", _BOLD), ("~", _BOLD), ("*", _SLANTED), ("`", _CODE)):
        if sign in line:
            line = pattern.sub(lambda found: next(group for group in found.groups() if group is not None), line)
    return _BREAK.sub("\n", line)

"""抄来的痕迹: bodies that are no branch, advertisements of sample-text sites, and gaps where an object is missing."""

from __future__ import annotations

import re

from youju.audit.layout import Taken
from youju.audit.values import Finding, Looked, Verdict
from youju.audit.words import WORDS, Body

_ALONG = re.compile(r"(?:随同?|跟随|列席|参加|应邀)[^，。；：、\n]*\Z")
ALONG_REACH = 14


def wrong_owner(looked: Looked) -> list[Finding]:
    """主体: numbers and words of bodies that are no branch, each wording once."""
    found = [finding for body in WORDS.bodies for finding in _named(looked, body)]
    known = {finding.start for finding in found}
    for judged in looked.judged:
        claim = judged.claim
        if claim.owner and judged.verdict in (None, Verdict.NOT_APPLICABLE) and claim.class_ == "work":
            at = looked.text.rfind(claim.owner, 0, claim.end)
            if at >= 0 and at not in known and not _went_along(looked.text, at):
                known.add(at)
                found.append(
                    Finding(
                        "主体", claim.start, claim.end, judged.quote, f"“{claim.text}”说的是{claim.owner}，不是本支部。",
                        "支部的报告写支部的数目；确实随上级参加的，请写明。",
                    )
                )  # fmt: skip
    return sorted(found, key=lambda finding: finding.start)


def _named(looked: Looked, body: Body) -> list[Finding]:
    unit = looked.ledger.unit_name if looked.ledger else ""
    if any(word in unit for word in body.unless):
        return []
    found: list[Finding] = []
    for word in body.words:
        at = _its_own(looked.text, word)
        if at >= 0 and not any(at < finding.end and finding.start < at + len(word) for finding in found):
            end = at + len(word)
            message = f"“{word}”说的是{body.body}，不是党支部。"
            found.append(Finding("主体", at, end, looked.around(at, end), message, body.advice))
    return found


def _its_own(text: str, word: str) -> int:
    """Where the word first stands as the branch's own doing; -1 where it never does."""
    return next(
        (found.start() for found in re.finditer(re.escape(word), text) if not _went_along(text, found.start())), -1
    )


def _went_along(text: str, at: int) -> bool:
    """随县委理论学习中心组学习5次 says already what the advice asks for."""
    return bool(_ALONG.search(text[max(0, at - ALONG_REACH) : at]))


def ads(looked: Looked) -> list[Finding]:
    """广告: what a sample-text site left behind; one finding a place."""
    found: list[Finding] = []
    taken = Taken()
    for phrase in WORDS.ads:
        for match in phrase.regex.finditer(looked.text):
            if taken.take(*match.span()):
                quote = looked.around(match.start(), match.end(), reach=4)
                found.append(
                    Finding(
                        "广告",
                        match.start(),
                        match.end(),
                        quote,
                        f"这里是范文网站或素材号留下的{phrase.what}。",
                        "请删去。",
                    )
                )
    return sorted(found, key=lambda finding: finding.start)


def lacking(looked: Looked) -> list[Finding]:
    """缺字: an object that was cut out, or two stretches run together."""
    return [
        Finding(
            "缺字", match.start(), match.end(), looked.around(match.start(), match.end()),
            f"“{match.group()}”：{phrase.why}", "请对照原意补上或改正。",
        )
        for phrase in WORDS.lacking
        for match in phrase.regex.finditer(looked.text)
    ]  # fmt: skip

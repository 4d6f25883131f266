"""隐私: what must not leave the branch in a report: telephone numbers, identity numbers, a real place in a text made anonymous."""

from __future__ import annotations

from youju.audit.layout import Taken
from youju.audit.values import Finding, Looked
from youju.prose.private import DETAILS, HIDDEN, NARROW, named_counties


def private(looked: Looked) -> list[Finding]:
    return sorted((*details(looked), *places(looked)), key=lambda finding: finding.start)


def details(looked: Looked) -> list[Finding]:
    """Each kind of detail at each place; where one detail covers another, the longer is named."""
    found: list[Finding] = []
    taken = Taken()
    text = looked.text.translate(NARROW)
    for phrase in DETAILS:
        for match in phrase.regex.finditer(text):
            if taken.take(*match.span()):
                quote = looked.around(match.start(), match.end(), reach=6)
                message = f"这里像是{phrase.what}。"
                found.append(Finding("隐私", match.start(), match.end(), quote, message, "述职报告里用不着，请删去。"))
    return found


def places(looked: Looked) -> list[Finding]:
    """x村 shows that places were taken out; a county that still has its name was forgotten. Each name once."""
    if not HIDDEN.search(looked.text):
        return []
    unit = looked.ledger.unit_name if looked.ledger else ""
    found: list[Finding] = []
    for start, name in named_counties(looked.text):
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

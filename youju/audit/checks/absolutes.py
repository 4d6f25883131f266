"""绝对说法: what no ledger can prove, told as done."""

from __future__ import annotations

from youju.audit.layout import Parts
from youju.audit.values import Finding, Looked
from youju.audit.words import WORDS


def absolutes(looked: Looked) -> list[Finding]:
    """全覆盖, 未出现违纪违法行为, 思想不失察: pointed at where the text tells what was done, not in plans and rules."""
    parts = Parts(looked.text)
    return sorted(
        (
            Finding(
                "绝对", match.start(), match.end(), looked.around(match.start(), match.end()),
                f"“{match.group().strip('“”‘’')}”台账证明不了：{phrase.why}", "请写明依据，或改成能核实的说法。",
            )
            for phrase in WORDS.absolutes
            for match in phrase.regex.finditer(looked.text)
            if parts.done(match.start())
        ),
        key=lambda finding: finding.start,
    )  # fmt: skip

"""`youju audit`: rows for programs, lines for people."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Audit
from youju.cli.audit import _sentences, rows_of

pytestmark = pytest.mark.django_db
KEYS = ["check", "verdict", "start", "end", "quote", "figure", "said", "ledger", "records", "message"]
TEXT = "2026年述职报告\n我召开支委会3次，支委会和党员大会合计3次以上。xx村由AAA负责。"


@pytest.fixture
def audit() -> Audit:
    branch = standing_cast(groups=1).branch
    for month in (1, 2):
        make.activity(branch, "committee_meeting", date(2026, month, 5))
    make.activity(branch, "party_meeting", date(2026, 3, 5))
    return audit_text(TEXT, unit=branch, today=date(2026, 11, 20))


def test_every_row_has_the_same_keys_and_findings_carry_advice_and_records(audit: Audit) -> None:
    rows = rows_of(audit)
    assert all(list(row) == KEYS for row in rows)
    assert [row["start"] for row in rows] == sorted(row["start"] for row in rows)
    claim = next(row for row in rows if row["said"] == "3次")
    assert (claim["check"], claim["verdict"], claim["ledger"]) == ("claim", "不符", 2)
    assert claim["records"] == ["2026-支委-01", "2026-支委-02"]
    lump = next(row for row in rows if row["check"] == "合计")
    assert lump["verdict"] is None
    assert lump["message"].endswith("请把每一类的次数分开写。")
    assert "台账：支委会2次" in lump["message"]
    assert lump["records"] == [*claim["records"], "2026-大会-01"]


def test_the_lines_tell_numbers_first_and_what_to_do(audit: Audit) -> None:
    lines = _sentences(audit)
    assert lines[0] == "按2026年、截至2026年11月20日的台账核对："
    parted = lines.index("要补要改的：")
    assert any(line.startswith("[不符] 3次") for line in lines[:parted])
    assert "    记录：2026-支委-01、2026-支委-02" in lines[:parted]
    blank = next(n for n, line in enumerate(lines) if line.startswith("[占位]"))
    assert blank > parted
    assert lines[blank + 1].startswith("    原文：")
    assert lines[blank + 2] == "    怎么办：请补上真实内容，或删去。"
    assert "不符 1 处" in lines[-1] or "不符 2 处" in lines[-1]
    assert f"要补要改 {len(audit.findings)} 处" in lines[-1]
    assert "合规" not in "".join(lines)

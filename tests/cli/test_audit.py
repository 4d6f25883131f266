"""`youju audit`: rows for programs, lines for people."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.web.report.ledger import busy_year
from youju.audit.queries import audit_text
from youju.audit.values import Audit
from youju.cli import main
from youju.cli.audit import _sentences, rows_of
from youju.records.activities.values import Attendance, RosterEntry
from youju.reports.drafts import actions as drafts
from youju.reports.drafts.paper import docx_of
from youju.reports.drafts.queries import sheet_of

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


def test_without_a_ledger_it_says_so_and_what_prose_alone_shows(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YOUJU_DATA", raising=False)
    Path("稿.txt").write_text(TEXT, encoding="utf-8")
    assert main(["audit", "稿.txt"]) == 1
    said = capsys.readouterr().out
    assert said.startswith("没有连接台账（用 --data 指明数据目录），数字对不对核不了")
    assert "的台账核对" not in said and "[不符]" not in said
    assert "[说法] 3次" in said and "[占位]" in said
    assert "数字 2 处，没有核对" in said
    assert main(["audit", "稿.txt", "--json"]) == 1
    shown = capsys.readouterr()
    assert all(json.loads(line)["verdict"] is None for line in shown.out.splitlines())
    assert "没有连接台账" in shown.err


def test_a_book_is_not_audited(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("YOUJU_DATA", raising=False)
    Path("书.txt").write_text("支委会开了。" * 10_001, encoding="utf-8")
    assert main(["audit", "书.txt"]) == 2
    shown = capsys.readouterr()
    assert "文字有 60006 字，超过 60000 字" in shown.err and not shown.out


class TestWhoReads:
    """``--as``: a superior audits against any unit below him, and hears nothing of its drafts."""

    @pytest.fixture
    def cast(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Cast:
        monkeypatch.setattr("youju.cli.audit.named_folder", lambda args: tmp_path)
        monkeypatch.setattr("youju.cli.audit.open_folder", lambda args: tmp_path)
        monkeypatch.setattr("youju.cli.audit.today", lambda: date(2026, 11, 20))
        return standing_cast()

    def test_a_superior_reads_numbers_and_no_title_of_a_talk(
        self, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        pair = tuple(RosterEntry(person.pk, Attendance.PRESENT) for person in cast.people[:2])
        talk = make.activity(cast.branch, "heart_talk", date(2026, 3, 9), title="与沈知禾谈收入", roster=pair)
        file = tmp_path / "稿.txt"
        file.write_text("2026年述职报告\n谈心谈话1次。谈心谈话。", encoding="utf-8")
        given = ["audit", str(file), "--unit", cast.branch.code, "--as", cast.superior.username]
        main([*given, "--json"])
        main(given)
        said = capsys.readouterr().out
        assert '"verdict": "吻合"' in said and talk.number in said and "沈知禾" not in said
        assert main([*given[:-1], cast.member.username]) == 2
        assert main([*given[:-1], cast.other_clerk.username]) == 2

    def test_a_drafts_tags_speak_to_its_branch(
        self, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        make.activity(cast.branch, "committee_meeting", date(2026, 3, 9))
        day = date(2026, 11, 20)
        draft = drafts.start(unit=cast.branch, year=2026, as_of=day, by=None, at=make.moment(day))
        file = tmp_path / "稿.docx"
        file.write_bytes(docx_of(draft))
        told = {}
        for who in ("clerk", "superior"):
            main(["audit", str(file), "--unit", cast.branch.code, "--as", getattr(cast, who).username])
            told[who] = capsys.readouterr().out
        assert "这是从本系统导出的稿子" in told["clerk"]
        assert "导出" not in told["superior"]

    def test_words_without_tags_are_held_against_the_draft_until_declined(
        self, cast: Cast, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        cast, day = busy_year(months=4), date(2026, 11, 20)
        draft = drafts.start(unit=cast.branch, year=2026, as_of=day, by=None, at=make.moment(day))
        file = tmp_path / "稿.txt"
        file.write_text(sheet_of(draft).text.replace("支委会4次", "支委会5次"), encoding="utf-8")
        given = ["audit", str(file), "--unit", cast.branch.code, "--as", cast.clerk.username]
        main(given)
        said = capsys.readouterr().out
        assert "[出处] 支委会次数：导出时是4次，稿子里改成了5次。" in said and "第1版（2026年11月20日）有 " in said
        main([*given, "--apart"])
        assert "导出" not in capsys.readouterr().out

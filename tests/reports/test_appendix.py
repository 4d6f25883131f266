"""附：数据出处表 of a report that comes back: its rows claim nothing, and nothing hides behind them."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.audit.queries import audit_text
from youju.audit.values import Verdict
from youju.paper.reading import ReadText, read_bytes
from youju.reports.appendix import without_appendix
from youju.reports.back import How, body_of, returned_citations
from youju.reports.docx import SourceLine, Sources, as_docx, sources_table
from youju.reports.queries import report_of

TODAY = date(2026, 12, 31)
ADDED = "全年召开支委会99次。"
REPORT = "2026年，召开支委会12次。"
HEADER = "序号\t指标\t得数\t时段\t记录编号"
ROWS = (
    "1\t支委会次数\t12次\t2026年\t2026-支委-01、2026-支委-02等，共12条\n2\t党员人数\t30名\t2026年12月31日\t名册在册30人"
    "\n3\t联系村数\t2个\t2026年\tV01、河湾村\n5\t补学人次\t20人次\t2026年\t台账登记20条\n4\t走访户覆盖率\t58.5%\t2026年\t1-01、1-02等，共41条"
)
TITLE = "附：数据出处表（台账截至2026年12月31日）（未定稿，第9版）"
OURS = f"{TITLE}\n{HEADER}\n{ROWS}"
# As a PDF gives it back: cells on lines of their own, a lone number lost as a page's.
AS_PDF = (
    f"{TITLE}序号 指标 得数 时段 记录编号\n1 支委会次数 12次 2026年\n2026-支委-01、2026-支\n委-02、2026-支委-03\n"
    "序号 指标 得数 时段 记录编号\n固定学习\n日次数\n4次\n2026年1月\n1日至11月\n21日\n2026-党日-01等，共24条\n3 党员人数 30名 2026年12 月31日 名册在册30人"
)


@pytest.fixture
def branch():
    branch = standing_cast().branch
    for month in range(1, 13):
        make.activity(branch, "committee_meeting", date(2026, month, 5))
    make.activity(branch, "visit", date(2026, 6, 3), title="走访老社员")
    return branch


def judged(branch, text):
    return [(one.said, one.verdict) for one in audit_text(text, unit=branch, today=TODAY, year=2026).judged]


@pytest.mark.parametrize(("figure", "said"), [("补学人次", "台账登记2条"), ("党员人数", "名册在册2人")])
def test_rows_without_a_number_are_said_to_be_of_the_ledger_and_people_of_the_roster(figure, said):
    line = SourceLine(figure, "2", "2026年", (), 2, TODAY)
    ((*_, numbers),) = sources_table(Sources("述职报告", "", TODAY, (line,))).rows
    assert numbers == said


@pytest.mark.django_db
def test_our_own_report_is_judged_without_its_table_and_with_what_was_added_behind_it(branch):
    text = read_bytes(as_docx(report_of(branch, 2026, as_of=TODAY)), "稿.docx").text
    body, _, table = text.partition("\n附：数据出处表")
    assert table.count("\n") > 2 and body_of(ReadText(text, "docx")) == body
    own = judged(branch, text)
    assert own == judged(branch, body) and own
    assert {verdict for _, verdict in own} == {Verdict.MATCHES}
    assert judged(branch, f"{text}\n{ADDED}") == [*own, ("99次", Verdict.DIFFERS)]
    sent = report_of(branch, 2026, as_of=TODAY).sent
    fresh = [one for one in returned_citations(ReadText(f"{text}\n{ADDED}", "txt"), sent) if one.how is How.NEW]
    assert [(one.now, one.start) for one in fresh] == [("99次", len(text) + 1 + ADDED.index("99次"))]


@pytest.mark.django_db
@pytest.mark.parametrize(
    "text",
    [
        f"{REPORT}\n附：数据出处表\n{ADDED}",
        f"{REPORT}\n附：数据出处表（见下页）\n{HEADER}\n{ADDED}",
        f"{REPORT}\n{OURS}\n{ADDED}",
        f"{REPORT}\n{TITLE}\n{HEADER}\n{ADDED}\n{ROWS}",
        f"{REPORT}\n{AS_PDF}\n{ADDED}",
        f"{REPORT}\n附：数据出处表（{ADDED.rstrip('。')}）\n{HEADER}",
    ],
)
def test_nothing_hides_under_the_table_s_name(branch, text):
    assert judged(branch, text) == [("12次", Verdict.MATCHES), ("99次", Verdict.DIFFERS)]


@pytest.mark.django_db
def test_a_table_of_somebody_else_is_read_as_any(branch):
    text = f"{REPORT}\n附：数据出处表\n会议\t次数\n支委会\t召开99次"
    assert ("99次", Verdict.DIFFERS) in judged(branch, text)


@pytest.mark.parametrize(
    "table", [OURS, AS_PDF, OURS.replace("（未定稿，第9版）", "（2026年12月31日定稿，封存 a1b2c3d4）")]
)
def test_the_table_is_set_aside_and_every_place_stays(table):
    assert without_appendix(f"{REPORT}\n{table}") == REPORT
    text = f"{REPORT}\n{table}\n{ADDED}"
    found = without_appendix(text)
    assert found.split() == [REPORT, "附：数据出处表", ADDED] and found.index(ADDED) == text.index(ADDED)
    assert len(without_appendix(text, blank=False)) < len(REPORT + ADDED) + 20

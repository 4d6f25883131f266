"""Every outline of the house over the demonstration's ledger: the docx it goes out as, the audit bears out."""

from collections import Counter
from collections.abc import Iterator
from datetime import date
from typing import ClassVar

import pytest
from django.test import TestCase

from youju.audit.queries import audit_text
from youju.audit.values import Audit, Verdict
from youju.cli.demonstration import builder
from youju.figures.catalogue import FIGURES
from youju.figures.figure import Measure
from youju.kit.periods import chinese_date
from youju.paper.reading import read_bytes
from youju.people.models import Unit
from youju.records.models import ProjectLink
from youju.reports.appendix import APPENDIX
from youju.reports.docx import as_docx
from youju.reports.outline import DEFAULT_OUTLINE, OUTLINES
from youju.reports.queries import report_of
from youju.reports.sources import NOUNS
from youju.reports.values import Report, Told
from youju.web.report.panel import SHARED

ON = date(2026, 11, 20)
YEARS = range(2023, 2027)
BRANCHES = ("QH-GXS", "QH-TSG")
#: It held three of its four 党员大会 and ten of its twelve 主题党日, and nothing that a committee decides.
THIN = "QH-NJZ"
SHAPES = {
    "grassroots": ("落实主体责任", "强化理论武装", "推动党建赋能"),
    "learning": ("示范学", "带动学", "导向学"),
}
#: What the ledgers of the two branches do not hold, so that the report says so.
LACKING = {"没有组织生活会记录", "没有调研走访记录", "没有学以致用记录"}


def test_the_outlines_stand_in_their_order():
    assert list(OUTLINES) == ["grassroots", "learning", "thirds", "half", "project"]
    assert DEFAULT_OUTLINE == "grassroots"


@pytest.mark.django_db
class TestOverTheDemonstration(TestCase):
    """A class, so that the ledger is built once for all of these."""

    @classmethod
    def setUpTestData(cls) -> None:
        builder.build(on=ON, first_year=2022)

    #: Composed, written and audited once; the ledger does not change in this class.
    known: ClassVar[dict[str, list[tuple[str, Report, Audit]]]] = {}

    def each(self, *outlines: str) -> Iterator[tuple[str, Report, Audit]]:
        for outline in outlines:
            if outline not in self.known:
                self.known[outline] = [self._of(outline, code, year) for code in BRANCHES for year in YEARS]
            yield from self.known[outline]

    def _of(self, outline: str, code: str, year: int) -> tuple[str, Report, Audit]:
        """The audit of the docx as it is handed in: nothing but the text that is read back from it."""
        unit = Unit.objects.get(code=code)
        report = report_of(unit, year, as_of=min(ON, date(year, 12, 31)), outline=outline)
        text = read_bytes(as_docx(report), "稿.docx").text
        return f"{outline} {code} {year}", report, audit_text(text, unit=unit, today=ON)

    def test_the_docx_says_what_was_composed_and_behind_it_only_where_it_comes_from(self) -> None:
        for name, report, audit in self.each(*OUTLINES):
            lines = [report.title, report.byline, *report.paragraphs()]
            composed = "\n".join([*lines, report.signed_by, chinese_date(report.as_of)])
            said, mark, table = audit.text.partition(f"\n{APPENDIX}")
            assert said == composed, name
            assert mark and table.count("\n") == len(report.citations) + 1, name  # its header and a row for each

    def test_each_figure_is_borne_out_and_nothing_else_is_claimed(self) -> None:
        for name, report, audit in self.each(*OUTLINES):
            assert {judged.verdict for judged in audit.judged} == {Verdict.MATCHES}, name
            assert len(audit.judged) == len(report.citations) > 0, name
            assert (audit.year, audit.as_of) == (report.year, report.as_of), name

    def test_only_what_the_ledger_lacks_is_found(self) -> None:
        for name, report, audit in self.each("grassroots", "learning", "thirds", "half"):
            assert {finding.check for finding in audit.findings} <= {"缺项"}, name
            assert {gap.text for gap in report.gaps} <= LACKING, name

    def test_of_a_thin_ledger_each_figure_is_borne_out_and_what_it_lacks_is_found(self) -> None:
        found = {outline: self._of(outline, THIN, 2025) for outline in OUTLINES}
        for name, report, audit in found.values():
            assert [(one.said, one.verdict) for one in audit.judged] == [
                (cited.text, Verdict.MATCHES) for cited in report.citations
            ], name
            lacking = Counter(f"还缺：{gap.text}。" for gap in report.gaps)
            assert Counter(one.message for one in audit.findings if one.check == "缺项") == lacking, name
        too_few = {("底线", "台账：3次。"), ("底线", "台账：10次。")}
        rest = {
            outline: {(one.check, one.ledger) for one in audit.findings if one.check != "缺项"}
            for outline, (_, _, audit) in found.items()
        }
        assert rest["grassroots"] == rest["learning"] == too_few
        # A project's report without a project is all gaps, and that is said too.
        assert rest["thirds"] == {("底线", "台账：10次。")} and rest["project"] == {("套话", "")}

    def test_the_shapes_are_the_asked_for_ones(self) -> None:
        for outline, words in SHAPES.items():
            for name, report, _ in self.each(outline):
                headings = [passage.text for passage in report.passages if passage.level == 2]
                assert len(headings) == 3, name
                assert all(word in heading for word, heading in zip(words, headings, strict=True)), name

    def test_thirds_are_thirds_where_the_ledger_has_problems(self) -> None:
        for name, report, _ in self.each("thirds"):
            if "QH-GXS" in name:
                shares = report.shares()
                assert min(shares.values()) / sum(shares.values()) > 0.25, name

    def test_a_half_year_ends_in_june(self) -> None:
        for name, report, _ in self.each("half"):
            assert report.as_of == date(report.year, 6, 30), name
            days = [row.day for cited in report.citations for row in cited.answer.rows]
            assert max(days) <= report.as_of, name
            meetings = next(c for c in report.citations if c.answer.figure.id == "支委会次数")
            assert meetings.text == "6次", name

    def test_the_project_report_tells_of_the_project_its_milestones_and_what_it_rests_on(self) -> None:
        told = with_project = 0
        for name, report, _ in self.each("project"):
            unit = Unit.objects.get(pk=report.unit_id)
            own = set(ProjectLink.objects.filter(project__unit=unit).values_list("session_id", flat=True))
            spans = [span for passage in report.passages for span in passage.spans if isinstance(span, Told)]
            told += len(spans)
            assert all("书记项目" in span.text or span.session_id in own for span in spans), name
            cited = [one for one in report.citations if one.answer.figure.id == "书记项目数"]
            gaps, words = {gap.text for gap in report.gaps}, "".join(report.paragraphs())
            with_project += len(cited)
            assert ("台账里没有书记项目" in gaps) == (not cited) == ("项目各节点的完成情况和佐证" in gaps), name
            assert all(one.answer.rows[0].title in words for one in cited), name
            assert ("已经办结，成效是" in words) != ("项目成效和受益范围" in gaps), name
        assert told and with_project > 4


def test_what_a_number_rests_on_has_a_name_wherever_it_is_told() -> None:
    """A new row type must be named: else a share of it is told in the words of the problems, and a row in English."""
    figures = FIGURES.values()
    assert {figure.of for figure in figures} <= NOUNS.keys()
    shares = {figure.of for figure in figures if figure.measure is Measure.SHARE and figure.amount != "came"}
    assert shares <= SHARED.keys()

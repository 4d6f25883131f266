"""学以致用: a material of the ledger used in a project, a problem or a visit, counted once, withdrawn and never deleted."""

from __future__ import annotations

from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from tests.records.together import together
from youju.figures.queries import ask
from youju.journal.models import Line
from youju.kit.periods import Period
from youju.kit.refusal import NotYours, Overtaken, Refusal
from youju.people.listed import Listed
from youju.people.units.queries import version
from youju.records.activities.actions import remove_activity
from youju.records.activities.models import Session
from youju.records.problems.actions import raise_problem
from youju.records.problems.models import Problem
from youju.records.problems.values import ProblemDraft
from youju.records.problems.values import Source as Named
from youju.records.projects.actions import start_project
from youju.records.projects.models import Project
from youju.records.projects.values import ProjectDraft
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import SourceDraft
from youju.store.actions import keep
from youju.study.models import Use
from youju.study.uses.actions import correct_use, put_to_use, withdraw_use
from youju.study.uses.queries import find, used_in, uses_from, uses_in, uses_of
from youju.study.uses.values import Place, UseDraft
from youju.upkeep.mentions import Mention, mentions
from youju.upkeep.verify import faults

TODAY, DAY = date(2026, 11, 20), date(2026, 5, 6)
AT = make.moment(TODAY)
YEAR = Period.year(2026)
pytestmark = pytest.mark.django_db


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def reader(cast: Cast, title: str = "土地托管服务规范", issued: date | None = date(2026, 2, 1)) -> Source:
    draft = SourceDraft(title, "upper_rule", issued, parts=("第一章", "第二章"))
    return enter_source(unit=cast.branch, draft=draft, by=None, at=AT)


def project(cast: Cast) -> Project:
    draft = ProjectDraft("service", "托管到户", "让农户省心", date(2026, 3, 1))
    return start_project(unit=cast.branch, draft=draft, by=None, at=AT)


def problem(cast: Cast) -> Problem:
    draft = ProblemDraft("学用结合不够", Named.SELF, date(2026, 3, 5), 2026)
    return raise_problem(unit=cast.branch, draft=draft, by=None, at=AT)


def visit(cast: Cast, kind: str = "visit") -> Session:
    return make.activity(cast.branch, kind, DAY, title="走访河湾村")


def words(source: Source, **more: object) -> UseDraft:
    return UseDraft(**({"source_id": source.pk, "outcome": "按规范签了托管合同", "used_on": DAY} | more))  # type: ignore[arg-type]


def count(cast: Cast) -> int | float:
    return ask("学以致用件数", cast.branch, YEAR, as_of=TODAY).value


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def test_in_a_project_a_problem_and_a_visit_it_counts_once_each(cast: Cast) -> None:
    source, before = reader(cast), version(cast.branch, 2026)
    part = source.parts.get(title="第二章")
    works = (project(cast), problem(cast), visit(cast))
    for work in works:
        put_to_use(work=work, draft=words(source, part_id=part.pk), by=cast.clerk, at=AT)
    assert count(cast) == 3 and version(cast.branch, 2026) > before and faults() == []
    answer = ask("学以致用件数", cast.branch, YEAR, as_of=TODAY)
    assert {(row.number, row.title, row.note, row.day) for row in answer.rows} == {
        ("2026-学用-01", "《土地托管服务规范》第二章", "项目", DAY),
        ("2026-学用-02", "《土地托管服务规范》第二章", "问题整改", DAY),
        ("2026-学用-03", "《土地托管服务规范》第二章", "走访和办实事", DAY),
    }
    assert [use.place for work in works for use in uses_in(work)] == list(Place)
    assert len(uses_of(cast.branch, year=2026)) == 3 and uses_of(cast.branch, year=2025) == []
    assert [row.part_id for row in used_in(Listed([cast.branch.pk]), YEAR)] == [part.pk] * 3
    assert used_in(Listed([cast.other.pk]), YEAR) == [] and len(uses_from(source.pk)) == 3


def test_what_rests_on_a_removed_record_or_was_withdrawn_counts_no_more(cast: Cast) -> None:
    source, walk = reader(cast), visit(cast)
    put_to_use(work=walk, draft=words(source, used_on=None), by=None, at=AT)
    other = put_to_use(work=project(cast), draft=words(source), by=None, at=AT)
    counted = version(cast.branch, 2026)
    assert refused(lambda: withdraw_use(use=other, revision=1, reason=" ", by=None, at=AT))[0] == "reason"
    withdraw_use(use=other, revision=1, reason="写错了项目", by=None, at=AT)
    assert count(cast) == 1 and version(cast.branch, 2026) > counted
    assert refused(lambda: withdraw_use(use=other, revision=2, reason="再撤", by=None, at=AT))[1] == "这一件已经撤回。"
    remove_activity(session=walk, reason="记重了", by=None, at=AT)
    assert count(cast) == 0 and uses_of(cast.branch, year=2026) == [] and faults() == []
    assert (found := find(cast.branch, other.number)) and found.reason == "写错了项目"


def test_the_same_material_stands_once_in_one_place(cast: Cast) -> None:
    source, work = reader(cast), project(cast)
    first = put_to_use(work=work, draft=words(source), by=None, at=AT)
    field, sentence = refused(lambda: put_to_use(work=work, draft=words(source), by=None, at=AT))
    assert field == "source" and first.number in sentence
    part = source.parts.get(title="第一章")
    put_to_use(work=work, draft=words(source, part_id=part.pk), by=None, at=AT)
    withdraw_use(use=first, revision=1, reason="重写", by=None, at=AT)
    put_to_use(work=work, draft=words(source), by=None, at=AT)
    assert count(cast) == 2


def test_what_cannot_be_is_refused_beside_its_field(cast: Cast) -> None:
    source, work, walk = reader(cast), project(cast), visit(cast, "seminar")
    foreign = enter_source(unit=cast.other, draft=SourceDraft("别处的书"), by=None, at=AT)
    part = reader(cast, "另一本").parts.first()
    assert part

    def field(work: Project | Session = work, **more: object) -> str:
        return refused(lambda: put_to_use(work=work, draft=words(source, **more), by=None, at=AT))[0]

    assert field(outcome=" ") == field(outcome="长" * 201) == "outcome"
    assert field(source_id=0) == field(source_id=foreign.pk) == field(part_id=part.pk) == "source"
    assert field(used_on=None) == field(used_on=date(2026, 11, 21)) == field(used_on=date(2026, 2, 28)) == "used_on"
    assert refused(lambda: put_to_use(work=walk, draft=words(source), by=None, at=AT))[1].startswith("只有走访")
    late, walked = reader(cast, "新规范", date(2026, 6, 1)), visit(cast)
    assert refused(lambda: put_to_use(work=work, draft=words(late), by=None, at=AT))[0] == "used_on"
    assert refused(lambda: put_to_use(work=walked, draft=words(late), by=None, at=AT))[0] == "source"
    gone = keep(data=b"gone", by=None, at=AT)
    gone.erased_at = AT
    gone.save()
    assert refused(lambda: put_to_use(work=work, draft=words(source), file=gone, by=None, at=AT))[0] == "file"
    assert not Use.objects.exists()


def test_a_correction_keeps_where_it_was_used_and_moves_the_day(cast: Cast) -> None:
    source = reader(cast)
    use = put_to_use(work=project(cast), draft=words(source), by=None, at=AT)
    proof = keep(data=b"contract", by=None, at=AT)
    changed = words(source, used_on=date(2026, 7, 1), outcome="签了二十户")
    correct_use(use=use, draft=changed, file=proof, revision=1, reason="补写成效", by=None, at=AT)
    found = find(cast.branch, use.number)
    assert found and (found.day, found.outcome, found.shown_file, found.revision) == (
        date(2026, 7, 1), "签了二十户", proof, 2,
    )  # fmt: skip
    with pytest.raises(Overtaken):
        correct_use(use=use, draft=changed, revision=1, reason="再改", by=None, at=AT)
    correct_use(use=use, draft=words(source), revision=2, reason="改回", by=None, at=AT)
    assert (again := find(cast.branch, use.number)) and again.shown_file == proof  # one that was not sent anew stays
    assert faults() == []
    Use.objects.filter(pk=use.pk).update(outcome="背后改的")
    assert [fault.sentence for fault in faults()] == ["2026-学用-01 与最后一次修订不一致。"]


def test_nobody_writes_into_another_ledger(cast: Cast) -> None:
    use = put_to_use(work=project(cast), draft=words(reader(cast)), by=None, at=AT)
    use.ledger = cast.other
    with pytest.raises(NotYours):
        withdraw_use(use=use, revision=1, reason="别人的", by=cast.other_clerk, at=AT)
    assert find(cast.other, use.number) is None


def test_a_name_in_it_is_found_before_forgetting(cast: Cast) -> None:
    use = put_to_use(work=project(cast), draft=words(reader(cast), outcome="由钱学用牵头"), by=None, at=AT)
    assert mentions("钱学用") == [Mention("学以致用", cast.branch.pk, use.number)]


@pytest.mark.django_db(transaction=True)
def test_two_clicks_at_once_write_one(cast: Cast) -> None:
    source, work = reader(cast), project(cast)

    def click() -> str:
        try:
            return put_to_use(work=work, draft=words(source), by=None, at=AT).number
        except Refusal as refusal:
            return refusal.field

    assert sorted(together(click, click)) == ["2026-学用-01", "source"]
    assert Use.objects.count() == 1

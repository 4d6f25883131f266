"""名册: entered by hand or from a table, left by a day, and little said of people."""

from datetime import date

import pytest

from tests import make
from tests.cast import standing_cast
from youju.journal.actions import seal
from youju.journal.models import Revision, RevisionText
from youju.journal.queries import breaks
from youju.journal.values import Owner
from youju.kit.refusal import Refusal
from youju.paper.reading.columns import Line
from youju.people.units.queries import version
from youju.records.models import Subject
from youju.records.queries import about
from youju.records.registers import actions
from youju.records.registers.queries import standing_on
from youju.records.registers.rules import code_fault, person_fault, words_fault
from youju.records.registers.values import SubjectDraft
from youju.upkeep.mentions import mentions
from youju.upkeep.verify import faults

pytestmark = pytest.mark.django_db
SINCE, AT = date(2025, 1, 1), make.moment(date(2026, 3, 1))


@pytest.fixture
def cast():
    return standing_cast()


def entered(unit, kind="village", code="V01", name="河湾村", since=SINCE, **more):
    draft = SubjectDraft(kind, code, name, since, **more)
    return actions.enter_subject(unit=unit, draft=draft, by=None, at=AT)


def refused(unit, **more):
    before = Subject.objects.count()
    with pytest.raises(Refusal) as caught:
        entered(unit, **more)
    assert Subject.objects.count() == before and caught.value.sentence
    return caught.value.field


def test_a_household_lies_in_its_village_and_leaves_on_a_day(cast):
    village = entered(cast.branch)
    house = entered(cast.branch, "household", "1-03", "", place_id=village.pk, partner_id=cast.people[1].pk)
    before = version(cast.branch, 2025), version(cast.branch, 2026)
    assert (house.said, house.paired_since) == ("河湾村 1-03", SINCE)
    draft = SubjectDraft("", "1-03", "李户", SINCE, date(2026, 2, 1), village.pk)
    left = actions.change_subject(subject=house, draft=draft, revision=1, by=None, at=AT)
    assert (left.kind, left.revision) == ("household", 2)
    assert standing_on(cast.branch, date(2026, 1, 31)) == [village, left]
    assert standing_on(cast.branch, date(2026, 2, 1)) == [village]
    assert (version(cast.branch, 2025), version(cast.branch, 2026)) == (before[0] + 1, before[1] + 1)
    with pytest.raises(Refusal):  # seen before the change
        actions.change_subject(subject=house, draft=draft, revision=1, by=None, at=AT)
    assert faults() == []
    Subject.objects.filter(pk=house.pk).update(code="1-04")
    assert [fault.where for fault in faults()] == ["名册"]


@pytest.mark.parametrize(
    ("field", "more"),
    [
        ("code", {"code": ""}),
        ("code", {"code": "1 03"}),
        ("code", {"code": "13800138000"}),
        ("name", {"name": ""}),
        ("name", {"name": "张户13800138000"}),
        ("note", {"note": "电话 5551234567"}),
        ("note", {"note": "电话 138 0013 8000"}),
        ("code", {"code": "138-0013-8000"}),
        ("name", {"kind": "household", "name": "李户138-0013-8000"}),
        ("name", {"kind": "household", "name": "李户１３８００１３８０００"}),
        ("name", {"kind": "household", "name": "幺三八零零一三八零零零"}),
        ("name", {"kind": "household", "name": "37140019800101123X"}),
        ("name", {"kind": "household", "name": "户主李某某和他的儿子李某"}),
        ("kind", {"kind": "nobody"}),
        ("since", {"since": date(2026, 3, 2)}),
        ("until", {"until": SINCE}),
        ("place", {"place_id": 10**9}),
        ("partner", {"partner_id": 10**9}),
        ("partner", {"kind": "cooperative", "paired_words": "县农科所"}),
        ("paired_since", {"paired_words": "县农科所", "paired_since": date(2030, 1, 1)}),
    ],
)
def test_wrong_input_writes_nothing_and_names_its_field(cast, field, more):
    assert refused(cast.branch, **more) == field


def test_a_code_stands_once_in_its_register_and_another_units_place_is_no_place(cast):
    theirs = entered(cast.other)
    entered(cast.branch)
    assert refused(cast.branch, code="V01", name="另一个村") == "code"
    assert refused(cast.branch, kind="household", code="1", place_id=theirs.pk) == "place"
    assert refused(cast.branch, code="V02", partner_id=make.member(cast.other).pk) == "partner"


def test_a_table_is_taken_over_row_by_row_and_brought_again_changes_nothing(cast):
    secretary = cast.people[0].name
    rows = [
        Line(2, {"kind": "村", "code": "V01", "name": "河湾村", "since": "2025-01-01", "partner": secretary}),
        Line(3, {"kind": "农户", "code": "1-01", "since": "2025-01-01", "place": "河湾村"}),
        Line(4, {"kind": "户", "code": "1-01", "since": "2025-01-01", "place": "V01"}),
        Line(5, {"kind": "户", "code": "1-02", "since": "2025-01-01", "place": "没有的村"}),
        Line(6, {"kind": "谁", "code": "", "since": "明天", "name": "13800138000"}),
        Line(8, {"kind": "户", "code": "1-08", "name": "李户 138-0013-8000", "since": "2025-01-01"}),
        Line(7, {"kind": "合作社", "code": "H01", "name": "丰禾社", "since": "2025-01-01", "partner": "没有这人"}),
    ]
    done = actions.import_subjects(unit=cast.branch, rows=rows, by=None, at=AT)
    assert (done.kept, done.skipped) == (2, 0)
    wrong = {row.line.number: {fault.column for fault in row.faults} for row in done.faulty}
    assert wrong == {4: {"code"}, 5: {"place"}, 6: {"kind", "code", "since", "name"}, 7: {"partner"}, 8: {"name"}}
    house = Subject.objects.get(code="1-01")
    assert house.place.name == "河湾村" and house.place.partner == cast.people[0]
    again = actions.import_subjects(unit=cast.branch, rows=rows[:2], by=None, at=AT)
    assert (again.kept, again.skipped, again.faulty) == (0, 2, ())
    assert about(cast.people[0])["结对的村和户"] == [{"对象": "河湾村", "自": SINCE, "至": None}]


def test_what_is_called_of_a_family_is_short_and_the_sentence_says_what_to_write():
    assert person_fault("老李家", "姓氏或户主称呼") is None and person_fault("李户 3号", "姓氏或户主称呼") is None
    assert "不写身份证号、电话号码" in person_fault("李 138 0013 8000", "姓氏或户主称呼")
    for text in ("2026-03-01 至 2026-04-15 外出", "2025年起"):
        assert words_fault(text) is None  # a day is no number of a person
    assert code_fault("371402001001-03") is None  # nor is the code of a village


def test_a_family_has_its_name_taken_out_and_the_seal_stays_whole(cast):
    village = entered(cast.branch)
    house = entered(cast.branch, "household", "1-03", "田大有户", place_id=village.pk, note="田大有常年在外")
    draft = SubjectDraft("", "1-03", "田户", SINCE, place_id=village.pk, note="田大有的儿子在家")
    house = actions.change_subject(subject=house, draft=draft, revision=1, by=None, at=AT)
    seal(at=AT, occasion="试")
    before = version(cast.branch, 2026)
    gone = actions.erase_subject(subject=house, by=None, at=AT)
    assert (gone.said, gone.note, gone.since) == ("河湾村 1-03", "", SINCE)
    assert not RevisionText.objects.filter(text__contains="田").exists() and not mentions("田大有")
    assert Revision.objects.of(Owner("records", "subject", house.pk)).count() == 3
    assert faults() == [] and breaks() == [] and version(cast.branch, 2026) == before + 1
    for row, said in ((gone, "已经清除"), (village, "不是人名")):
        with pytest.raises(Refusal, match=said):
            actions.erase_subject(subject=row, by=None, at=AT)
    assert Subject.objects.get(pk=village.pk).name == "河湾村"

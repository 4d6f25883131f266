"""An item of a list: entered, looked at in its rhythm, ended; its versions; every step a revision and a line."""

from __future__ import annotations

import io
import zipfile
from datetime import date

import pytest

from tests import make
from tests.cast import Cast, standing_cast
from youju.duties.queries import outlook, standings
from youju.figures.queries import ask
from youju.journal.models import Line
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.units.queries import version
from youju.records.activities.values import RosterEntry
from youju.records.lists import actions
from youju.records.lists.kinds import LIST_KINDS
from youju.records.lists.models import ListItem
from youju.records.lists.queries import find, stage_of
from youju.records.lists.rules import current, owed, stage
from youju.records.lists.values import ItemDraft, Owed, Rhythm, Stage, VersionDraft
from youju.records.queries import about
from youju.reports.box import box
from youju.reports.boxed import Contents, items_in
from youju.store.actions import keep
from youju.upkeep.mentions import mentions
from youju.upkeep.verify import faults
from youju.web.lists.pages import offered

pytestmark = pytest.mark.django_db
TODAY, BEGAN, YEAR = date(2026, 11, 20), date(2026, 2, 10), Period.year(2026)
AT = make.moment(TODAY)
WHEN = {"by": None, "at": AT}


@pytest.fixture
def cast() -> Cast:
    return standing_cast()


def draft(**more: object) -> ItemDraft:
    given: dict[str, object] = {"kind": "ideology", "title": "专题研究", "since": BEGAN, "rhythm": Rhythm.HALF_YEARLY}
    return ItemDraft(**(given | more))  # type: ignore[arg-type]


def added(cast: Cast, **more: object) -> ListItem:
    return actions.add_item(unit=cast.branch, draft=draft(**more), **WHEN)  # type: ignore[arg-type]


def now(item: ListItem) -> ListItem:
    found = find(item.unit, item.number)
    assert found
    return found


def refused(call: object) -> tuple[str, str]:
    before = Line.objects.count()
    with pytest.raises(Refusal) as caught:
        call()  # type: ignore[operator]
    assert before == Line.objects.count()
    return caught.value.field, caught.value.sentence


def test_an_item_is_owed_in_its_rhythm_and_done_by_a_check(cast: Cast) -> None:
    before = version(cast.branch, 2026)
    item = added(cast, owner_id=cast.people[0].pk, requirement="请柳小满通知")
    assert item.number == "2026-意识-01" and version(cast.branch, 2026) > before
    assert stage_of(now(item), TODAY) is Stage.LATE and stage_of(now(item), date(2026, 3, 1)) is Stage.OPEN
    dues = [s.due for s in standings(cast.branch, 2026, on=TODAY) if s.due.source == "item"]
    assert [(due.key, due.owed_by) for due in dues] == [
        (f"item/{item.pk}-2026-H1", date(2026, 6, 30)),
        (f"item/{item.pk}-2026-H2", date(2026, 12, 31)),
    ]
    assert {due.title for due in dues} == {"检查2026-意识-01"}  # what it says is for the unit alone
    held = make.activity(cast.branch, "ideology_study", date(2026, 5, 9))
    actions.check_item(item=item, text="研究了一次", on=date(2026, 5, 9), record=held.number, **WHEN)  # type: ignore[arg-type]
    assert stage_of(now(item), TODAY) is Stage.OPEN
    late = actions.check_item(item=item, text="又研究一次", on=date(2026, 11, 18), **WHEN)  # type: ignore[arg-type]
    assert stage_of(now(item), TODAY) is Stage.DONE
    view = [s for s in outlook(cast.branch, on=TODAY).single if s.due.source == "item"]
    assert [(s.status.value, s.day) for s in view] == [("done", date(2026, 11, 18))]
    actions.drop_check(check=late, **WHEN)  # type: ignore[arg-type]
    assert "已经撤销" in refused(lambda: actions.drop_check(check=late, **WHEN))[1]  # type: ignore[arg-type]
    assert stage_of(now(item), TODAY) is Stage.OPEN and now(item).revision == 4 and faults() == []
    assert [row["编号"] for row in about(cast.people[0])["负责的清单事项"]] == ["2026-意识-01"]  # type: ignore[attr-defined]
    assert [row.said for row in mentions("柳小满")] == ["清单事项 2026-意识-01"]


def test_the_figures_come_from_the_same_rows(cast: Cast) -> None:
    item = added(cast)
    added(cast, kind="system", title="三会一课制度", rhythm=Rhythm.NONE, words={"level": "本支部制度"})
    gone = added(cast, title="旧的一项", rhythm=Rhythm.MONTHLY)
    actions.end_item(item=gone, reason="合并", on=BEGAN, revision=1, **WHEN)  # type: ignore[arg-type]
    actions.check_item(item=item, text="研究了", on=date(2026, 5, 9), **WHEN)  # type: ignore[arg-type]

    def asked(name: str, as_of: date = TODAY) -> float | None:
        return ask(name, cast.branch, YEAR, as_of=as_of).value

    names = ("意识形态工作事项数", "制度数", "渠道数", "清单检查次数", "意识形态清单落实率")
    assert [asked(name) for name in names] == [1, 1, 0, 1, 100]
    assert asked("意识形态清单落实率", date(2026, 12, 31)) == 50  # the second half year is owed now
    assert asked("责任清单落实率", date(2026, 12, 31)) == 50


def test_when_it_is_owed_is_judged_by_days_alone() -> None:
    days = {"since": date(2026, 2, 10), "first": None, "until": None, "asked": YEAR}
    assert owed(rhythm=Rhythm.NONE, checks=[TODAY], **days) == []  # type: ignore[arg-type]
    months = owed(rhythm=Rhythm.MONTHLY, checks=[date(2026, 3, 1), date(2026, 3, 9)], **days)  # type: ignore[arg-type]
    assert len(months) == 11 and [one.done_on for one in months if one.done_on] == [date(2026, 3, 1)]
    from_may = owed(rhythm=Rhythm.QUARTERLY, checks=[], **(days | {"first": date(2026, 5, 8)}))  # type: ignore[arg-type]
    assert [one.owed_by.month for one in from_may] == [6, 9, 12]
    until = days | {"until": date(2026, 6, 30)}
    ended = owed(rhythm=Rhythm.QUARTERLY, checks=[date(2026, 5, 1), date(2026, 8, 1)], **until)  # type: ignore[arg-type]
    # What was done stays, what was missed before stays missed, and of the quarter it was ended in nothing more is owed.
    assert [(one.owed_by.month, one.done_on) for one in ended] == [(3, None), (6, date(2026, 5, 1))]
    assert owed(rhythm=Rhythm.MONTHLY, checks=[], **(days | {"until": date(2026, 2, 28)})) == []  # type: ignore[arg-type]
    day = date(2026, 8, 1)
    for until_day, missed in ((date(2026, 8, 1), 0), (date(2026, 8, 2), 1)):
        given = days | {"first": day, "until": until_day}
        assert len(owed(rhythm=Rhythm.ONCE, checks=[], **given)) == missed  # type: ignore[arg-type]
    once = owed(rhythm=Rhythm.ONCE, checks=[date(2026, 9, 2)], **(days | {"first": day}))  # type: ignore[arg-type]
    assert once == [Owed(Period(date(2026, 2, 10), day), day, date(2026, 9, 2))]
    assert stage(times=once, ended=False, on=date(2026, 8, 1)) is Stage.OPEN  # the last day is not late
    assert stage(times=once, ended=False, on=date(2026, 8, 2)) is Stage.LATE
    assert stage(times=once, ended=False, on=TODAY) is Stage.DONE
    assert (
        stage(times=(), ended=False, on=TODAY) is Stage.QUIET and stage(times=once, ended=True, on=TODAY) is Stage.ENDED
    )
    assert current([date(2020, 1, 1), date(2026, 1, 1), date(2027, 1, 1)], TODAY) == date(2026, 1, 1)


def test_what_is_done_once_is_carried_until_it_is(cast: Cast) -> None:
    item = added(cast, since=date(2025, 3, 1), rhythm=Rhythm.ONCE, first_due=date(2025, 6, 1))
    carried = [s for s in outlook(cast.branch, on=TODAY).single if s.due.source == "item"]
    assert [s.due.key for s in carried] == [f"item/{item.pk}"] and carried[0].days_late == 537
    actions.check_item(item=item, text="办了", on=TODAY, **WHEN)  # type: ignore[arg-type]
    assert stage_of(now(item), TODAY) is Stage.DONE


def test_ending_an_item_does_not_wipe_out_what_was_missed(cast: Cast) -> None:
    item = added(cast, rhythm=Rhythm.QUARTERLY)
    actions.check_item(item=item, text="查了", on=date(2026, 5, 9), **WHEN)  # type: ignore[arg-type]

    def seen() -> tuple[list[tuple[date, str]], float | None]:
        dues = [s for s in standings(cast.branch, 2026, on=TODAY) if s.due.source == "item"]
        share = ask("意识形态清单落实率", cast.branch, YEAR, as_of=TODAY).value
        return [(s.due.owed_by, s.status.value) for s in dues], share

    first, second, third, last = (date(2026, *day) for day in ((3, 31), (6, 30), (9, 30), (12, 31)))
    before = [(first, "late"), (second, "done"), (third, "late")]
    assert seen() == ([*before, (last, "open")], 33.3)
    actions.end_item(item=item, reason="并入别处", on=date(2026, 10, 8), revision=2, **WHEN)  # type: ignore[arg-type]
    assert seen() == (before, 33.3) and stage_of(now(item), TODAY) is Stage.ENDED


def test_a_talk_proves_no_check(cast: Cast) -> None:
    item = added(cast)
    first, second = (RosterEntry(person.pk) for person in cast.people[:2])
    talk = make.activity(cast.branch, "heart_talk", date(2026, 5, 9), roster=(first, second), title="同柳小满谈心")
    check = {"item": item, "text": "谈了", "on": date(2026, 5, 9), "record": talk.number} | WHEN
    field, sentence = refused(lambda: actions.check_item(**check))  # type: ignore[arg-type]
    assert field == "record" and "不能作检查的佐证" in sentence and not now(item).checks.exists()
    meeting = make.activity(cast.branch, "committee_meeting", date(2026, 5, 10))
    assert offered(item) == (meeting,)


def test_each_version_stays_and_one_is_in_force(cast: Cast) -> None:
    item = added(cast, kind="system", title="议事制度", rhythm=Rhythm.NONE, words={"level": "本支部制度"})

    def version_of(in_force: date, text: str, revision: int, file: object = None) -> object:
        new = VersionDraft(in_force, "修订", text)
        return actions.add_version(item=item, draft=new, file=file, revision=revision, **WHEN)  # type: ignore[arg-type]

    assert refused(lambda: version_of(BEGAN, " ", 1)) == ("text", "请写正文，或传一份文件。")
    version_of(date(2024, 1, 1), "第一版", 1)
    assert refused(lambda: version_of(date(2024, 1, 1), "又一版", 2))[0] == "in_force"
    assert "刚刚被别人改过" in refused(lambda: version_of(BEGAN, "第二版", 1))[1]
    version_of(BEGAN, "", 2, keep(data=b"rules", **WHEN))  # type: ignore[arg-type]
    assert [one.in_force for one in now(item).versions.all()] == [date(2024, 1, 1), BEGAN] and faults() == []
    other = added(cast)
    lone = VersionDraft(BEGAN, text="甲")
    assert refused(lambda: actions.add_version(item=other, draft=lone, file=None, revision=1, **WHEN))[1] == (  # type: ignore[arg-type]
        "意识形态工作清单没有版本。"
    )


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"kind": "nothing"}, "kind"),
        ({"title": " "}, "title"),
        ({"since": date(2026, 12, 1)}, "since"),
        ({"first_due": date(2026, 1, 1)}, "first_due"),
        ({"rhythm": Rhythm.ONCE}, "first_due"),
        ({"owner_id": 999999}, "owner"),
        ({"kind": "post_duty"}, "post"),
        ({"post": "king"}, "post"),
        ({"kind": "channel", "words": {"type": "工作群"}}, "purpose"),
        ({"kind": "channel", "words": {"type": "朋友圈", "purpose": "看"}}, "type"),
    ],
)
def test_wrong_input_is_refused_beside_its_field(cast: Cast, more: dict[str, object], field: str) -> None:
    assert refused(lambda: added(cast, **more))[0] == field
    assert not ListItem.objects.exists()


def test_twice_the_same_and_two_at_once(cast: Cast) -> None:
    item = added(cast)
    assert refused(lambda: added(cast))[1] == "清单里已有这一项，编号 2026-意识-01。"
    for post in ("secretary", "deputy"):
        added(cast, kind="post_duty", title="一起部署", post=post)  # the same duty of two posts is two
    changed = draft(title="专题研究意识形态", note="改过")
    actions.change_item(item=item, draft=changed, revision=1, **WHEN)  # type: ignore[arg-type]
    assert "刚刚被别人改过" in refused(lambda: actions.change_item(item=item, draft=changed, revision=1, **WHEN))[1]  # type: ignore[arg-type]
    check = {"item": item, "text": "查了", "on": TODAY} | WHEN
    actions.check_item(**check)  # type: ignore[arg-type]
    assert refused(lambda: actions.check_item(**check))[0] == "text"  # type: ignore[arg-type]
    for wrong, field in (
        ({"text": " "}, "text"), ({"on": date(2026, 11, 21)}, "done_on"), ({"on": date(2026, 1, 1)}, "done_on"),
        ({"record": "2026-支委-99"}, "record"),
    ):  # fmt: skip
        assert refused(lambda wrong=wrong: actions.check_item(**(check | wrong)))[0] == field  # type: ignore[arg-type, misc]
    assert refused(lambda: actions.end_item(item=item, reason="", on=TODAY, revision=3, **WHEN))[0] == "reason"  # type: ignore[arg-type]
    actions.end_item(item=item, reason="合并到别处", on=TODAY, revision=3, **WHEN)  # type: ignore[arg-type]
    assert refused(lambda: actions.check_item(**check))[0] == "done_on"  # type: ignore[arg-type]
    assert "先重新启用" in refused(lambda: actions.change_item(item=item, draft=changed, revision=4, **WHEN))[1]  # type: ignore[arg-type]
    actions.resume_item(item=item, revision=4, **WHEN)  # type: ignore[arg-type]
    assert now(item).until is None and faults() == []


def test_every_kind_can_be_entered_by_what_its_own_sample_says(cast: Cast) -> None:
    for kind in LIST_KINDS.values():
        words = {field.id: (field.choices or ("写明",))[0] for field in kind.fields}
        one = draft(
            kind=kind.id, title=kind.sample[0], rhythm=kind.rhythm, words=words,
            post="secretary" if kind.post == "must" else "",
        )  # fmt: skip
        assert actions.add_item(unit=cast.branch, draft=one, **WHEN).number == f"2026-{kind.code}-01"  # type: ignore[arg-type]
    assert faults() == []


def test_what_a_report_cites_goes_into_the_box(cast: Cast) -> None:
    item = added(cast)
    proof = keep(data=b"proof", **WHEN)  # type: ignore[arg-type]
    actions.check_item(item=item, text="研究了一次", on=date(2026, 5, 9), file=proof, **WHEN)  # type: ignore[arg-type]
    rows = ask("清单检查次数", cast.branch, YEAR, as_of=TODAY).rows
    assert items_in((row.noun, row.id) for row in rows) == {item.pk}
    cited = Contents(
        "青禾", 2026, TODAY, "报告", b"", (), (), (), (), items=tuple(items_in((row.noun, row.id) for row in rows))
    )
    for units, inside in (((cast.branch.pk,), True), ((), False)):
        with zipfile.ZipFile(io.BytesIO(b"".join(box(cited, open_units=units, talks_in=(), at=AT)))) as archive:
            names = archive.namelist()
            assert ("清单/2026-意识-01 专题研究.docx" in names) is inside
            assert any(name.startswith("佐证/2026-意识-01/1 检查2026-05-09") for name in names) is inside
            if inside:
                sheet = zipfile.ZipFile(io.BytesIO(archive.read("清单/2026-意识-01 专题研究.docx")))
                assert "2026年5月9日：研究了一次" in sheet.read("word/document.xml").decode()


def test_the_same_duty_of_another_post_is_another_item(cast: Cast) -> None:
    first, second = (
        added(cast, kind="post_duty", title="抓分管领域", post=post) for post in ("secretary", "discipline")
    )
    changed = draft(kind="post_duty", title="抓分管领域", post="discipline")
    assert refused(lambda: actions.change_item(item=first, draft=changed, revision=1, **WHEN))[0] == "title"  # type: ignore[arg-type]
    actions.end_item(item=first, reason="分工调整", on=TODAY, revision=1, **WHEN)  # type: ignore[arg-type]
    actions.resume_item(item=first, revision=2, **WHEN)  # type: ignore[arg-type]
    assert now(first).until is None and now(second).until is None

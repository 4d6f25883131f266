"""核对 by a superior: any unit below him, numbers and heads of records, and nothing that is the branch's own."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from tests import make
from tests.cast import Cast
from tests.paper.reading.make import docx
from tests.web.forms import signed_in
from tests.web.report.ledger import TODAY, busy_year
from youju.audit.ignored.actions import ignore
from youju.audit.ignored.values import Key
from youju.audit.runs.models import Run
from youju.people.terms.actions import state_term
from youju.people.units.values import UnitKind
from youju.records.activities.values import Attendance, LeaveCategory, RosterEntry
from youju.reports.drafts import actions as drafts
from youju.reports.drafts.paper import docx_of

pytestmark = pytest.mark.django_db
CHECK = "/report/check/"
REPORT = (
    "2026年度抓基层党建工作述职报告",
    "我主持召开支委会4次，党课4次，谈心谈话1次，形成决议4项。查摆问题1个。现有党员9名。",
    "按要求开展谈心谈话、组织生活会。",
)
AGAIN = re.compile(r"另有 (\d+) 条无权查看")


@pytest.fixture
def cast() -> Cast:
    cast = busy_year(months=4)
    people = cast.people
    pair = tuple(RosterEntry(person.pk, Attendance.PRESENT) for person in people[:2])
    make.activity(cast.branch, "heart_talk", date(2026, 3, 9), title="与沈知禾谈收入", roster=pair)
    away = (
        *(RosterEntry(person.pk, Attendance.PRESENT) for person in people[1:]),
        RosterEntry(people[0].pk, Attendance.LEAVE, LeaveCategory.SICK),
    )
    make.activity(cast.branch, "party_meeting", date(2026, 4, 9), title="四月大会", roster=away)
    return cast


@pytest.fixture
def above(cast: Cast) -> Client:
    return signed_in(cast.superior)


def audited(client: Client, *lines: str, status: int = 200, query: str = "", **more: str) -> str:
    file = SimpleUploadedFile("述职报告.docx", docx(*lines or REPORT))
    answer = client.post(CHECK + query, {"file": file, **more})
    assert answer.status_code == status
    return answer.content.decode()


def card(page: str, said: str) -> str:
    number = re.search(rf'id="c(\d+)"[^>]*>{said}<', page)
    assert number, said
    return page.split(f'id="k{number[1]}"')[1].split("</article>")[0]


def test_he_sees_the_numbers_and_the_heads_of_records(cast: Cast, above: Client) -> None:
    page = audited(above, query=f"?unit={cast.branch.pk}")
    meetings = card(page, "4次")
    assert "吻合" in meetings and "研究春耕农资供应</a>" in meetings
    assert f'href="{reverse("ledger:record", args=[cast.branch.pk, "2026-支委-01"])}"' in meetings
    assert above.get(f"/ledger/{cast.branch.pk}/2026-支委-01/").status_code == 200
    assert "党课写了4次，记录是0次" in page or "党课写了4次，记录只有0次" in page
    assert "去补录" not in page and "/ledger/new/" not in page  # he writes nobody's ledger


def test_what_is_the_branchs_own_stays_its_own(cast: Cast, above: Client) -> None:
    own = audited(signed_in(cast.clerk))
    assert "定春耕农资供应方案" in own and "青年党员领学偏少" in own
    assert "与沈知禾谈收入" not in own  # what is derived of a talk never carries its title, whoever reads it
    assert cast.people[0].name in own
    page = audited(above, query=f"?unit={cast.branch.pk}")
    for word in ("沈知禾", "定春耕农资供应方案", "青年党员领学偏少", "病假", cast.people[0].name):
        assert word not in page, word
    assert "谈心谈话</a>" in card(page, "1次")
    assert AGAIN.findall(card(page, "1个")) == ["1"]  # a problem
    assert AGAIN.findall(card(page, "9名")) == ["9"]  # names
    assert "2026-支委-01</a>" in card(page, "4项")  # of a resolution the record it stands in
    told = page.split(">无数<")[1] if ">无数<" in page else page
    assert "谈心谈话" in told


def test_the_text_says_whose_report_it_is(cast: Cast, above: Client) -> None:
    page = audited(above, f"{cast.branch.name}述职报告", *REPORT[1:])
    assert f"对照 {cast.branch.name} 2026年的台账" in page
    page = audited(above, f"{cast.other.name}述职报告", *REPORT[1:])
    assert f"对照 {cast.other.name} 2026年的台账" in page
    page = audited(above, f"{cast.other.name}述职报告", *REPORT[1:], unit=str(cast.branch.pk))
    assert f"稿子里写的是{cast.other.name}，这里对照的是{cast.branch.name}" in page


def test_where_it_does_not_say_he_chooses_and_drops_nothing_twice(cast: Cast, above: Client) -> None:
    page = audited(above, status=422)
    assert "稿子里读不出是哪个组织的" in page
    assert REPORT[1] in page.split("<textarea")[1]
    offered = re.findall(r'<option value="(\d+)"', page.split('name="unit"')[1].split("</select>")[0])
    assert offered == [str(unit.pk) for unit in (cast.above, cast.branch, cast.other)]
    again = above.post(CHECK, {"text": "\n".join(REPORT), "unit": str(cast.branch.pk)}).content.decode()
    assert f"对照 {cast.branch.name}" in again


def test_another_subtree_does_not_exist_for_him(cast: Cast, above: Client) -> None:
    far = make.unit(name="远山县直机关工委", kind=UnitKind.COMMITTEE)
    branch = make.unit(name="远山县粮站党支部", parent=far)
    assert above.get(f"{CHECK}?unit={branch.pk}").status_code == 404
    audited(above, status=404, query=f"?unit={branch.pk}")
    audited(above, status=404, unit=str(branch.pk))
    page = audited(above, "远山县粮站党支部述职报告", *REPORT[1:], status=422)  # its name helps nobody
    assert f'value="{branch.pk}"' not in page
    assert signed_in(make.user("远山工委", unit=far)).get(f"{CHECK}?unit={cast.branch.pk}").status_code == 404


def test_a_group_is_its_branch(cast: Cast, above: Client) -> None:
    page = above.get(f"{CHECK}?unit={cast.groups[0].pk}").content.decode()
    assert f'<option value="{cast.branch.pk}" selected>' in page


def test_a_drafts_tags_say_nothing_to_him(cast: Cast, above: Client) -> None:
    draft = drafts.start(unit=cast.branch, year=2026, as_of=TODAY, by=None, at=make.moment(TODAY))
    data = docx_of(draft)
    make.activity(cast.branch, "committee_meeting", date(2026, 11, 9))

    def sent(client: Client) -> str:
        more = {"file": SimpleUploadedFile("稿.docx", data), "unit": str(cast.branch.pk)}
        return client.post(CHECK, more).content.decode()

    assert "这是从本系统导出的稿子" in sent(signed_in(cast.clerk))
    page = sent(above)
    assert "导出" not in page
    assert "解决3个实际困难" in page and ">3个<" not in page  # a record's own words claim nothing, whoever reads


def test_what_the_branch_ignored_stands_and_its_reason_stays_there(cast: Cast, above: Client) -> None:
    page = audited(signed_in(cast.clerk))
    quote = re.search(r"党课4次", page)
    assert quote
    key = Key("说法", f"4次：{REPORT[1].split('。')[0]}")
    ignore(unit=cast.branch, year=2026, key=key, reason="另有旁证", by=None, at=make.moment(TODAY))
    page = audited(above, unit=str(cast.branch.pk))
    assert "与记录不符" in page and "另有旁证" not in page


def test_he_keeps_nothing(cast: Cast, above: Client) -> None:
    page = audited(above, unit=str(cast.branch.pk))
    assert "上级核对只看不留存" in page and "/report/kept/" not in page
    given = {"unit": str(cast.branch.pk), "year": "2026", "as_of": TODAY.isoformat(), "name": "稿", "text": REPORT[1]}
    refused = above.post("/report/kept/keep/", given)
    assert refused.status_code == 403 and "上级核对只看不留存" in refused.content.decode()
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("who", "page", "named"),
    [
        ("clerk", "/ledger/", True),
        ("superior", "/overview/", False),
        ("superior", "/ledger/?unit={branch}", True),
        ("superior", "/report/handed/", False),
        ("member", "/me/", None),
        ("admin", "/people/accounts/", None),
    ],
)
def test_every_page_takes_a_file_from_who_may_audit(cast: Cast, who: str, page: str, named: bool | None) -> None:
    client = signed_in(getattr(cast, who))
    said = client.get(page.format(branch=cast.branch.pk)).content.decode()
    drop = re.search(r'<body[^>]* data-audit="([^"]*)"', said)
    wanted = None if named is None else f"{CHECK}?unit={cast.branch.pk}" if named else CHECK
    assert (drop[1] if drop else None) == wanted


def test_a_term_has_no_record_to_open(cast: Cast) -> None:
    state_term(unit=cast.branch, elected_on=date(2026, 3, 10), years=3, basis="批复", by=None, at=make.moment(TODAY))
    page = audited(signed_in(cast.clerk), REPORT[0], "完成换届选举1次。")
    assert "选举产生" in card(page, "1次")

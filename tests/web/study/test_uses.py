"""学以致用 on its pages: written from a project, a problem or a record, read by the branch, and by nobody else."""

from __future__ import annotations

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from tests import make
from tests.cast import Cast
from tests.web.days import TODAY
from tests.web.forms import refused, signed_in
from tests.web.tables import cells
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import ProblemDraft
from youju.records.problems.values import Source as Named
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.sources.actions import enter_source
from youju.records.sources.models import Source
from youju.records.sources.values import SourceDraft
from youju.study.models import Use
from youju.study.uses.actions import put_to_use
from youju.study.uses.values import UseDraft

pytestmark = pytest.mark.django_db
DAY = date(2026, 5, 6)
AT = make.moment(TODAY)


def reader(cast: Cast) -> Source:
    draft = SourceDraft("托管规范", "upper_rule", parts=("第一章", "第二章"))
    return enter_source(unit=cast.branch, draft=draft, by=None, at=AT)


def project(cast: Cast) -> str:
    draft = ProjectDraft("service", "托管到户", "让农户省心", date(2026, 3, 1))
    return start_project(unit=cast.branch, draft=draft, by=None, at=AT).number


def sent(**more: str) -> dict[str, str]:
    return {
        "work": "2026-项目-01",
        "source": "《托管规范》第二章",
        "outcome": "合同按规范签",
        "used_on": "2026-05-06",
    } | more


def test_from_the_project_to_the_figure_that_opens_it(cast: Cast) -> None:
    reader(cast)
    number, clerk = project(cast), signed_in(cast.clerk)
    page = clerk.get(f"/work/projects/{cast.branch.pk}/{number}/").content.decode()
    assert f"/study/uses/new/?unit={cast.branch.pk}&amp;work=2026-%E9%A1%B9%E7%9B%AE-01" in page
    form = clerk.get("/study/uses/new/", {"unit": cast.branch.pk, "work": number}).content.decode()
    assert 'value="2026-项目-01"' in form and "《托管规范》第二章" in form and 'value="2026-11-20"' in form
    file = SimpleUploadedFile("合同.txt", "托管合同".encode())
    answer = clerk.post(f"/study/uses/new/?unit={cast.branch.pk}", {**sent(), "file": file}, follow=True)
    (use,) = Use.objects.all()
    assert f"已记下，编号 {use.number}" in answer.content.decode() and use.shown_file
    for who in (cast.clerk, cast.secretary, cast.committee):
        read = signed_in(who).get(f"/work/projects/{cast.branch.pk}/{number}/").content.decode()
        assert "《托管规范》第二章" in read and "合同按规范签" in read
    assert (
        "记学以致用" not in signed_in(cast.committee).get(f"/work/projects/{cast.branch.pk}/{number}/").content.decode()
    )
    report = clerk.get(f"/report/{cast.branch.pk}/2026/?outline=learning").content.decode()
    assert "学以致用<" in report or "落实学以致用" in report
    got = clerk.get(f"/study/uses/{cast.branch.pk}/{use.number}/file/")
    assert b"".join(got.streaming_content).decode() == "托管合同"  # type: ignore[attr-defined]


def test_a_record_gives_its_own_day_and_a_meeting_takes_none(cast: Cast) -> None:
    reader(cast)
    walk = make.activity(cast.branch, "visit", DAY, title="走访河湾村")
    clerk = signed_in(cast.clerk)
    assert "记学以致用" in clerk.get(f"/ledger/{cast.branch.pk}/{walk.number}/").content.decode()
    clerk.post("/study/uses/new/", sent(work=walk.number, used_on="2026-08-08"))
    assert Use.objects.get().day == DAY
    meeting = make.activity(cast.branch, "committee_meeting", DAY)
    assert "记学以致用" not in clerk.get(f"/ledger/{cast.branch.pk}/{meeting.number}/").content.decode()
    assert "只有走访、调研" in refused(clerk.post("/study/uses/new/", sent(work=meeting.number)))


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"work": "2026-项目-99"}, "本组织没有这个编号"),
        ({"source": "《没有的书》"}, "学习材料里没有《没有的书》"),
        ({"source": "《托管规范》第九章"}, "没有“第九章”这一篇"),
        ({"outcome": ""}, "请写成效。"),
        ({"used_on": "2026-12-01"}, "日期不能在将来"),
        ({"used_on": ""}, "请写哪天用上的"),
    ],
)
def test_what_is_wrong_is_said_beside_it_and_nothing_typed_is_lost(
    cast: Cast, more: dict[str, str], sentence: str
) -> None:
    reader(cast)
    project(cast)
    page = refused(signed_in(cast.clerk).post("/study/uses/new/", sent(**({"outcome": "写了半天的成效"} | more))))
    assert sentence in page and not Use.objects.exists()
    assert more.get("outcome") == "" or "写了半天的成效" in page


def test_corrected_withdrawn_and_listed(cast: Cast) -> None:
    source = reader(cast)
    problem = raise_problem(unit=cast.branch, draft=ProblemDraft("学用脱节", Named.SELF, DAY, 2026), by=None, at=AT)
    use = put_to_use(work=problem, draft=UseDraft(source.pk, "定了学用清单", used_on=DAY), by=None, at=AT)
    clerk, at = signed_in(cast.clerk), f"/study/uses/{cast.branch.pk}/{use.number}/"
    changed = {
        "source": "《托管规范》",
        "outcome": "清单上墙",
        "used_on": "2026-06-01",
        "reason": "写细",
        "revision": "1",
    }
    assert clerk.post(at + "change/", changed).status_code == 302
    stale = refused(clerk.post(at + "change/", changed | {"outcome": "旧的人又改"}))
    assert "刚刚被别人改过" in stale and "旧的人又改" in stale
    listed = clerk.get("/study/uses/").content.decode()
    assert (
        "清单上墙" in listed
        and "问题整改 1" in listed
        and "还没有记学以致用" in clerk.get("/study/uses/?year=2025").content.decode()
    )
    assert cells(clerk.get("/study/uses/export.xlsx").content)[1][2:7] == [
        "《托管规范》",
        "问题整改",
        problem.number,
        "学用脱节",
        "清单上墙",
    ]
    assert "清单上墙" in clerk.get(f"/problems/{cast.branch.pk}/{problem.number}/").content.decode()
    assert clerk.post(at + "withdraw/", {"reason": "", "revision": "2"}).status_code == 422
    assert clerk.post(at + "withdraw/", {"reason": "记重了", "revision": "2"}).status_code == 302
    page = clerk.get(at).content.decode()
    assert "已撤回，不计数：记重了" in page and "更正</a>" not in page
    assert "清单上墙" not in clerk.get("/study/uses/").content.decode()


def test_it_is_found_by_its_words_and_by_nobody_elsewhere(cast: Cast) -> None:
    source = reader(cast)
    project(cast)
    signed_in(cast.clerk).post("/study/uses/new/", sent(source=f"《{source.title}》"))
    assert "学以致用　2026-学用-01" in signed_in(cast.committee).get("/find/?words=合同按规范").content.decode()
    assert "2026-学用-01" not in signed_in(cast.other_clerk).get("/find/?words=合同按规范").content.decode()
    listed = signed_in(cast.other_clerk).get("/study/uses/").content.decode()
    assert "合同按规范签" not in listed
    assert signed_in(cast.other_clerk).post("/study/uses/new/", sent()).status_code == 422  # no such project there

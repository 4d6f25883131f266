"""Every export, found by its address, walked as each role: no leave category, no talk, no draft and no name gets out.

An export that is new is walked without a word here; one whose address asks for something unknown fails the first test.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from tests import make
from tests.cast import Cast, standing_cast
from tests.library.making import document
from tests.web.forms import signed_in
from tests.web.unpacked import said
from youju.duties.notices.actions import send_notice
from youju.duties.notices.values import NoticeDraft
from youju.duties.replies.actions import answer_with
from youju.people.corrections.actions import ask
from youju.people.looks.actions import note_looks
from youju.people.looks.values import Place
from youju.people.members.queries import memberships_on
from youju.people.models import Member, Unit
from youju.people.roles.rules import Role
from youju.records.activities.actions import plan_session
from youju.records.activities.values import AgendaDraft, Attendance, LeaveCategory, PlanDraft, RosterEntry
from youju.records.campaigns.actions import start_campaign
from youju.records.campaigns.values import CampaignDraft
from youju.records.campaigns.values import TaskDraft as CampaignTaskDraft
from youju.records.joining.actions import ask as ask_to_join
from youju.records.joining.actions import confirm, decline
from youju.records.lists.actions import add_item
from youju.records.lists.values import ItemDraft, Rhythm
from youju.records.problems.actions import raise_problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.records.projects.actions import start_project
from youju.records.projects.values import ProjectDraft
from youju.records.publicity.actions import enter_publication
from youju.records.publicity.values import PublicationDraft
from youju.records.registers.actions import enter_subject
from youju.records.registers.values import SubjectDraft
from youju.records.requests.actions import raise_request
from youju.records.requests.values import RequestDraft
from youju.records.steps.values import StepDraft
from youju.reports.drafts import actions as drafts

pytestmark = pytest.mark.django_db
TODAY, DAY = date(2026, 11, 20), date(2026, 11, 5)
#: What leaves the house: a file, or a page made for paper.
EXPORT = re.compile(
    r"(\.(xlsx|docx|json|pdf|csv|ics)|(docx|pdf|sources|box)/|print/|signsheet/|notice/|export[^/]*/?)$"
)
WHO = ("clerk", "secretary", "committee", "member", "superior", "admin", "other_clerk", "stranger")


def exports(patterns: list[object] | None = None, before: str = "", space: str = "") -> list[tuple[str, str]]:
    """(name, route) of every export of the house."""
    found = []
    for one in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            found += exports(one.url_patterns, before + str(one.pattern), inside)
        elif isinstance(one, URLPattern) and EXPORT.search(before + str(one.pattern)):
            found.append((f"{space}{one.name}", before + str(one.pattern)))
    return sorted(found)


@dataclass
class Branch:
    """A branch with one of each thing that must stay inside, each with a word that stands nowhere else."""

    unit: Unit
    away: Member
    mark: str
    numbers: list[str] = field(default_factory=list)
    papers: dict[str, int] = field(default_factory=dict)  # by the name of the address: a draft, and what was handed in

    def words(self, *what: str) -> set[str]:
        return {f"{self.mark}{one}" for one in what}


def furnished(unit: Unit, people: list[Member], mark: str) -> Branch:
    away, other = people[-1], people[-2]
    branch = Branch(unit, away, mark)
    roster = [RosterEntry(p.pk, Attendance.PRESENT) for p in people if p not in (away, other)]
    roster += [RosterEntry(p.pk, Attendance.LEAVE, LeaveCategory.SICK) for p in (away, other)]
    meeting = make.activity(
        unit, "party_meeting", DAY, title=f"{mark}大会", roster=tuple(roster), outcome=f"{mark}成效",
        agenda=(AgendaDraft(f"{mark}议题", f"{mark}发言"),),
    )  # fmt: skip
    pair = (RosterEntry(people[0].pk, Attendance.PRESENT), RosterEntry(people[1].pk, Attendance.PRESENT))
    talk = make.activity(unit, "heart_talk", DAY, title=f"{mark}谈话", roster=pair)
    plan = PlanDraft(
        ("theme_day",), f"{mark}排期", make.moment(date(2026, 11, 25)), agenda=(AgendaDraft(f"{mark}草案"),)
    )
    planned = plan_session(unit=unit, draft=plan, by=None, at=make.moment(DAY))
    problem = raise_problem(
        unit=unit, draft=ProblemDraft(f"{mark}问题", Source.SELF, DAY, 2026, cause=f"{mark}原因"),
        measures=(MeasureDraft(f"{mark}措施", owner_id=people[0].pk),), by=None, at=make.moment(DAY, 20),
    )  # fmt: skip
    work = ProjectDraft("secretary", f"{mark}项目", f"{mark}目标", DAY, business=f"{mark}业务")
    project = start_project(
        unit=unit,
        draft=work,
        milestones=(StepDraft(f"{mark}节点", owner_id=people[0].pk),),
        by=None,
        at=make.moment(DAY, 20),
    )
    drive = CampaignDraft("theme_education", f"{mark}专项", DAY, TODAY, f"{mark}要求")
    tasks = (CampaignTaskDraft(f"{mark}任务", owner_id=people[0].pk),)
    campaign = start_campaign(unit=unit, draft=drive, tasks=tasks, by=None, at=make.moment(DAY, 20))
    enter_subject(unit=unit, draft=SubjectDraft("village", "V01", f"{mark}村", DAY), by=None, at=make.moment(TODAY))
    wish = raise_request(unit=unit, draft=RequestDraft(f"{mark}诉求", DAY), by=None, at=make.moment(TODAY))
    news = PublicationDraft("role_model", f"{mark}报道", DAY, text=f"{mark}正文", outsider=f"{mark}村民")
    printed = enter_publication(unit=unit, draft=news, by=None, at=make.moment(TODAY))
    add_item(
        unit=unit, draft=ItemDraft("main_duty", f"{mark}清单", DAY, f"{mark}依据", people[0].pk, rhythm=Rhythm.YEARLY),
        by=None, at=make.moment(DAY, 20),
    )  # fmt: skip
    ask(member=other, unit=unit, record=meeting.number, text=f"{mark}更正", by=None, at=make.moment(DAY, 21))
    old, draft = (
        drafts.start(unit=unit, year=year, as_of=TODAY, by=None, at=make.moment(TODAY)) for year in (2025, 2026)
    )
    drafts.finalise(draft=old, base=old.version, by=None, at=make.moment(TODAY))
    handed = drafts.hand_in(draft=old, by=None, at=make.moment(TODAY))
    branch.papers = dict.fromkeys(("draft_docx", "draft_pdf", "draft_sources", "draft_box"), draft.pk)
    branch.papers["handed_docx"] = handed.pk
    paper = document(f"{mark}素材的一段。", title=f"{mark}素材", unit=unit)
    branch.papers |= {"document": paper.pk, "copy": paper.copies.get().pk}
    branch.numbers = [
        meeting.number,
        talk.number,
        planned.number,
        problem.number,
        project.number,
        campaign.number,
        wish.number,
        printed.number,
    ]
    return branch


@dataclass(frozen=True)
class Scene:
    cast: Cast
    ours: Branch
    theirs: Branch
    notice_id: int

    def urls(self, name: str, route: str, branch: Branch) -> list[str]:
        """The address of an export for a branch: without a key its ``?unit=``, with a number one for each record."""
        known = {
            "ledger_id": branch.unit.pk, "unit_id": branch.unit.pk, "year": 2026, "notice_id": self.notice_id,
            "member_id": branch.away.pk, "token": "0" * 43,  # of a calendar: whoever has a right one needs no role
            "pk": branch.papers.get(name.removeprefix("report:"), 0),
            "document_id": branch.papers.get("document", 0), "copy_id": branch.papers.get("copy", 0),
        }  # fmt: skip
        keys = re.findall(r"<\w+:(\w+)>", route)
        unknown = [key for key in keys if key not in known and key != "number"]
        assert not unknown, f"{name} asks for {unknown}: say in Scene.urls what that is"
        each = [{"number": number} for number in branch.numbers] if "number" in keys else [{}]
        given = {key: known[key] for key in keys if key != "number"}
        return [f"{reverse(name, kwargs=given | more)}?unit={branch.unit.pk}" for more in each]


@pytest.fixture
def scene(monkeypatch: pytest.MonkeyPatch) -> Scene:
    monkeypatch.setenv("YOUJU_TODAY", TODAY.isoformat())
    cast = standing_cast(groups=2)
    for index, person in enumerate(cast.people):  # names that stand nowhere else, not even as a part of 正式党员7人
        person.name = f"青青名{index}"
        person.save(update_fields=["name"])
    theirs = [row.member for row in cast.other.memberships.select_related("member").order_by("pk")]
    ours = furnished(cast.branch, list(cast.people), "青青")
    other = furnished(cast.other, theirs, "柳柳")
    draft = NoticeDraft(title="报送活动", text="请回应。", due_on=date(2026, 11, 25))
    notice = send_notice(sender=cast.above, draft=draft, by=cast.superior, at=make.moment(DAY))
    for number in ours.numbers[:2]:
        session = cast.branch.ledger_sessions.get(number=number)
        answer_with(unit=cast.branch, key=notice.key, session=session, by=None, at=make.moment(TODAY))
    note_looks(
        viewer=cast.committee, member_ids=[cast.people[0].pk], unit=cast.branch, role=Role.COMMITTEE,
        place=Place.MEMBER, on=TODAY,
    )  # fmt: skip
    return Scene(cast, ours, other, notice.pk)


def told(scene: Scene, who: str, branch: Branch) -> dict[str, str]:
    """Everything one reader gets of a branch, by address. A refusal is an answer too, and must say nothing."""
    client = signed_in(getattr(scene.cast, who))
    return {url: said(client.get(url)) for name, route in exports() for url in scene.urls(name, route, branch)}


def leaks(texts: dict[str, str], words: set[str]) -> list[tuple[str, str]]:
    return sorted((url, word) for url, text in texts.items() for word in words if word in text)


def names(people: list[Member] | tuple[Member, ...]) -> set[str]:
    return {f"{person.name}" for person in people}


ALL = (
    "报道",
    "正文",
    "村民",
    "清单",
    "依据",
    "专项",
    "要求",
    "任务",
    "村",
    "诉求",
    "项目",
    "目标",
    "业务",
    "节点",
    "大会",
    "成效",
    "议题",
    "发言",
    "谈话",
    "排期",
    "草案",
    "问题",
    "原因",
    "措施",
    "更正",
)
LEAVE = {category.zh for category in LeaveCategory if category is not LeaveCategory.OTHER}


def test_there_are_exports_and_each_is_found() -> None:
    found = {name for name, _ in exports()}
    assert found >= {
        "ledger:export", "ledger:year_docx", "ledger:record_docx", "ledger:print", "ledger:signsheet", "ledger:notice",
        "people:export", "problems:export", "today:export", "overview:export", "report:docx", "report:pdf",
        "report:box", "report:draft_box", "report:draft_pdf", "notices:export",
        "notices:export_replies", "me:export_json", "me:export_xlsx",
    }  # fmt: skip


def test_the_clerk_takes_along_what_is_looked_for_below(scene: Scene) -> None:
    """Else the other tests would find nothing because nothing is there."""
    texts = "\n".join(told(scene, "clerk", scene.ours).values())
    inside = (
        "素材",
        "报道",
        "正文",
        "村民",
        "村",
        "诉求",
        "清单",
        "依据",
        "大会",
        "成效",
        "议题",
        "发言",
        "谈话",
        "排期",
        "草案",
        "问题",
        "原因",
        "措施",
        "专项",
        "要求",
        "任务",
        "项目",
        "目标",
        "业务",
        "节点",
    )
    assert [word for word in scene.ours.words(*inside) if word not in texts] == []
    assert "病假" in texts and all(name in texts for name in names(scene.cast.people))


def test_a_superior_reads_heads_and_numbers(scene: Scene) -> None:
    secret = scene.ours.words(
        "素材",
        "报道",
        "正文",
        "村民",
        "清单",
        "依据",
        "专项",
        "要求",
        "任务",
        "项目",
        "目标",
        "业务",
        "节点",
        "成效",
        "议题",
        "发言",
        "谈话",
        "草案",
        "问题",
        "原因",
        "措施",
        "更正",
        "村",
        "诉求",
    )
    texts = told(scene, "superior", scene.ours)
    handed = {url for url in texts if url.startswith("/report/handed/")}
    assert handed  # what the branch handed in is his to read, whoever it names
    texts = {url: text for url, text in texts.items() if url not in handed}
    assert leaks(texts, secret | LEAVE | names(scene.cast.people)) == []
    assert any("青青大会" in text for text in texts.values())  # the head of a record he does read
    assert leaks(told(scene, "superior", Branch(scene.cast.above, scene.ours.away, "")), secret | LEAVE) == []


def test_a_talk_that_answers_a_notice_bears_no_title_above(scene: Scene) -> None:
    """The pages of the reply, where the export comes from."""
    pages = (
        reverse("notices:notice", args=[scene.notice_id]),
        reverse("today:single") + f"?unit={scene.cast.branch.pk}&key=notice/{scene.notice_id}",
    )
    for page in pages:
        above = signed_in(scene.cast.superior).get(page).content.decode()
        assert "青青大会" in above and scene.ours.numbers[1] in above and "青青谈话" not in above
    assert "青青谈话" in signed_in(scene.cast.clerk).get(pages[1]).content.decode()


@pytest.mark.parametrize("who", ["clerk", "secretary", "committee"])
def test_nothing_of_another_unit(scene: Scene, who: str) -> None:
    texts = told(scene, who, scene.theirs)
    assert leaks(texts, scene.theirs.words(*ALL, "素材") | names([scene.theirs.away])) == []


def test_nothing_of_ours_to_another_units_clerk_who_does_read_his_own(scene: Scene) -> None:
    assert (
        leaks(told(scene, "other_clerk", scene.ours), scene.ours.words(*ALL, "素材") | names(scene.cast.people)) == []
    )
    assert any("柳柳谈话" in text for text in told(scene, "other_clerk", scene.theirs).values())


@pytest.mark.parametrize("who", ["admin", "stranger"])
def test_nothing_at_all_to_who_reads_no_ledger(scene: Scene, who: str) -> None:
    for branch in (scene.ours, scene.theirs):
        assert leaks(told(scene, who, branch), branch.words(*ALL, "素材") | LEAVE | names(scene.cast.people)) == []


def test_the_committee_reads_of_a_talk_that_there_was_one(scene: Scene) -> None:
    """Who with whom is for clerk, secretary and the two: to a member of the committee who was not there it is a number."""
    texts = told(scene, "committee", scene.ours)
    assert leaks(texts, scene.ours.words("谈话")) == []
    inside = {url: text for url, text in texts.items() if scene.ours.numbers[1] in url}
    assert leaks(inside, names(scene.cast.people)) == []  # nothing that is made of the talk itself
    assert any("青青大会" in text for text in texts.values()) and any("谈心谈话" in text for text in texts.values())
    assert all(leaks(told(scene, who, scene.ours), scene.ours.words("谈话")) for who in ("clerk", "secretary"))


def test_the_two_read_their_own_talk(scene: Scene) -> None:
    people, number = scene.cast.people, scene.ours.numbers[1]
    page, listed = reverse("ledger:record", args=[scene.cast.branch.pk, number]), reverse("ledger:index")
    reader = signed_in(scene.cast.committee)
    shut = reader.get(page).content.decode() + reader.get(listed).content.decode()
    assert "青青谈话" not in shut and people[1].name not in reader.get(page).content.decode() and number in shut
    assert reader.get(listed + "?words=青青谈话").content.decode().count(number) == 0
    Member.objects.filter(user=scene.cast.committee).update(user=None)
    Member.objects.filter(pk=people[1].pk).update(user=scene.cast.committee)
    opened = signed_in(scene.cast.committee).get(page).content.decode()
    assert "青青谈话" in opened and people[0].name in opened
    assert "青青谈话" in signed_in(scene.cast.committee).get(listed).content.decode()


def test_a_member_takes_himself_along_and_nobody_else(scene: Scene) -> None:
    texts = told(scene, "member", scene.ours)
    own = {url: text for url, text in texts.items() if url.startswith("/me/")}
    assert any("病假" in text and "青青大会" in text for text in own.values())  # his own
    rest = names(scene.cast.people[:-1]) | scene.ours.words(
        "谈话", "草案", "问题", "原因", "措施", "更正", "成效", "发言"
    )
    assert leaks(texts, rest) == []
    others = {url: text for url, text in texts.items() if url not in own}
    assert leaks(others, scene.ours.words(*ALL) | LEAVE | names(scene.cast.people)) == []


@pytest.mark.parametrize("who", WHO)
def test_no_export_breaks(scene: Scene, who: str) -> None:
    client = signed_in(getattr(scene.cast, who))
    for name, route in exports():
        for url in scene.urls(name, route, scene.ours):
            assert client.get(url).status_code in (200, 302, 400, 403, 404), url


def test_who_is_not_signed_in_takes_nothing_along(scene: Scene) -> None:
    for name, route in exports():
        for url in scene.urls(name, route, scene.ours):
            answer = Client().get(url)
            if name == "today:calendar":  # a phone asks for it without an account: its address is the key
                assert answer.status_code == 404
            else:
                assert answer.status_code == 302 and answer["Location"].startswith("/login/"), url


def test_a_joint_meeting_takes_no_name_from_one_side_to_the_other(scene: Scene) -> None:
    """Two meetings, each hosting the other once; what the one says to the other in declining stays on the page, too."""
    sides = ((scene.ours, scene.theirs, "other_clerk"), (scene.theirs, scene.ours, "clerk"))
    people = {side.mark: [row.member for row in memberships_on(side.unit, DAY)] for side in (scene.ours, scene.theirs)}
    for mark, found in people.items():
        for index, one in enumerate(found):  # a name that stands nowhere else, not even as a part of 党员7日
            Member.objects.filter(pk=one.pk).update(name=f"{mark}名{index}")
    for host, guest, who in sides:
        held = make.activity(host.unit, "theme_day", DAY, title=f"{host.mark}联合", outcome=f"{host.mark}联合成效")
        row = ask_to_join(session=held, unit_id=guest.unit.pk, by=None, at=make.moment(TODAY))
        roster = make.everyone(guest.unit, ("theme_day",), DAY, leave=people[guest.mark][:1])
        confirm(invitation=row, revision=1, roster=roster, by=getattr(scene.cast, who), at=make.moment(TODAY))
        once = make.activity(host.unit, "theme_day", DAY, title=f"{host.mark}未去")
        row = ask_to_join(session=once, unit_id=guest.unit.pk, by=None, at=make.moment(TODAY))
        decline(invitation=row, word=f"{guest.mark}回话", by=None, at=make.moment(TODAY))
        host.numbers += [held.number, once.number]
    for host, guest, who in ((scene.ours, scene.theirs, "clerk"), (scene.theirs, scene.ours, "other_clerk")):
        texts = told(scene, who, host)
        assert any(f"{host.mark}联合成效" in text for text in texts.values())
        assert leaks(texts, guest.words(*ALL, "联合成效", "回话")) == []
        assert leaks(texts, guest.words("名")) == [] and leaks(texts, host.words("名"))

"""docs/coverage.md: each of the 103 kinds of work has its place, opens in the demonstration, and can be entered once more.

What is entered is looked for where a clerk would look: in its list, and in the figure that counts it.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.test import Client, TestCase

from tests.web.forms import Fields, signed_in
from youju.accounts.models import User
from youju.cli.demonstration import builder
from youju.figures.catalogue import FIGURES
from youju.figures.figure import Measure
from youju.figures.queries import ask
from youju.kit.periods import Period
from youju.people.models import Member, Membership, Unit
from youju.records.activities.models import Session
from youju.records.activities.rules import OPEN_ROSTER_KINDS, TALK_KINDS
from youju.records.models import Coverage, Subject

ON, DAY = date(2026, 11, 20), "2026-11-18"
TABLE = Path(__file__).resolve().parents[2] / "docs" / "coverage.md"
ROW = re.compile(r"^\| ([AB]\d\d) \| (.+?) \| ([KCR]) \| (.*?) \| (.*?) \|$", re.MULTILINE)
WHAT = re.compile(r"([a-z_]+):([^\s（、]+)")
REFUSED = {"A26", "A42", "A45", "B15", "B31", "B32"}


@dataclass(frozen=True)
class Item:
    id: str
    words: str
    boundary: str
    what: tuple[tuple[str, str], ...]  # (sort of thing, its id), in the order in which the table names them
    url: str


def items() -> list[Item]:
    found = ROW.findall(TABLE.read_text(encoding="utf-8"))
    return [
        Item(pk, words, boundary, tuple(WHAT.findall(what)), url.strip("` "))
        for pk, words, boundary, what, url in found
    ]


def test_every_work_item_has_its_row_and_six_are_refused() -> None:
    rows = {item.id: item for item in items()}
    assert list(rows) == [f"A{n:02d}" for n in range(1, 57)] + [f"B{n:02d}" for n in range(1, 48)]
    assert {pk for pk, item in rows.items() if item.boundary == "R"} == REFUSED
    for item in rows.values():
        assert bool(item.what) == (item.boundary != "R"), item.id
        assert item.url.startswith("/") or item.url == "docs/boundary.md", item.id
    boundary = (TABLE.parent / "boundary.md").read_text(encoding="utf-8")
    assert [pk for pk in sorted(REFUSED) if pk not in boundary] == []


@dataclass(frozen=True)
class Desk:
    """The clerk of the home branch at his pages."""

    client: Client
    unit: Unit

    @cached_property
    def member(self) -> int:
        """Somebody of the branch, by whom an open roster begins."""
        return (
            Membership.objects.in_unit(self.unit).on(ON).order_by("member__rank").values_list("member_id", flat=True)[0]
        )

    def form(self, url: str) -> dict[str, list[str]]:
        answer = self.client.get(url)
        assert answer.status_code == 200, f"{url}: {answer.status_code}"
        return Fields(answer.content.decode()).data

    def sent(self, url: str, typed: dict[str, Any]) -> str:
        """The address one is led to; the sentences of the page when it came back."""
        answer = self.client.post(url, typed)
        if answer.status_code != 302:
            said = re.findall(
                r'<li>(?:<a href="#[^"]*">)?([^<]+)', answer.content.decode().split('role="alert"')[-1][:1500]
            )
            raise AssertionError(f"{url}: {answer.status_code} {said[:3]}")
        return str(answer["Location"])

    def asked(self, figure: str, year: int) -> float:
        return float(ask(figure, self.unit, Period.year(year), as_of=ON).value)


def record(desk: Desk, kinds: str, title: str, **typed: Any) -> str:
    """记一次 of these kinds; who takes part in an open roster is one member, in a talk two."""
    url = f"/ledger/new/?{urlencode({'unit': desk.unit.pk, 'kinds': kinds, 'on': DAY})}"
    data: dict[str, Any] = desk.form(url) | {"title": title, "start": "14:30", "end": "16:00"} | typed
    if set(kinds.split(",")) <= OPEN_ROSTER_KINDS:
        data[f"r_{desk.member}"] = "present"
    if kinds == "group_meeting":
        group = Unit.objects.filter(parent=desk.unit).order_by("pk").first()
        assert group is not None
        data = desk.form(f"{url}&unit={group.pk}".replace(f"unit={desk.unit.pk}&", "", 1)) | {
            "title": title,
            "start": "14:30",
        }
    desk.sent("/ledger/new/", data)
    assert Session.objects.filter(title=title).exists() or set(kinds.split(",")) <= TALK_KINDS
    return title


def counting(of: str, **where: str) -> str:
    """The figure of the catalogue that counts just these."""
    for figure in FIGURES.values():
        chosen = figure.where.model_dump(exclude_defaults=True)
        if (
            figure.of == of
            and figure.measure is Measure.COUNT
            and chosen == {key: (value,) for key, value in where.items()}
        ):
            return figure.id
    raise AssertionError(f"no figure counts {of} {where}")


def activity(desk: Desk, kind: str) -> str:
    return record(desk, kind, f"再记一次{kind}")


def study(field: str) -> Callable[[Desk, str], str]:
    """A 集中学习 of which this is said in one of the fields of 专题、形式、面向."""
    return lambda desk, thing: record(
        desk, "group_study", f"学习{thing}", **{field: thing if field == "f-more_topics" else [thing]}
    )


def source(desk: Desk, kind: str) -> str:
    title = f"再登记一份{kind}"
    typed = {"title": title, "kind": kind, "issued_on": DAY, "origin": "县委", "parts": "第一章"}
    desk.sent(f"/ledger/studies/new/?unit={desk.unit.pk}", typed)
    record(desk, "group_study", f"学习{title}", **{"f-text0": f"《{title}》第一章"})
    return title


def project(desk: Desk, kind: str) -> str:
    title, new = f"再立一个{kind}", f"/work/projects/new/?unit={desk.unit.pk}&kind={kind}"
    typed = {"kind": kind, "title": title, "goal": "见到成效", "since": "2026-11-01"}
    desk.sent(new, desk.form(new) | typed)
    return title


def campaign(desk: Desk, kind: str) -> str:
    title, new = f"再开一项{kind}", f"/work/campaigns/new/?unit={desk.unit.pk}&kind={kind}"
    typed = {"kind": kind, "title": title, "since": "2026-11-01", "until": "2026-11-30", "task0-text": "做完一件"}
    if kind == "joint_plan":
        typed |= {"task0-business": "收购", "task0-deployed": "会上", "task0-assessed": "年底"}
    where = desk.sent(new, desk.form(new) | typed)
    desk.sent(f"{where}tasks/0/", desk.form(f"{where}tasks/0/") | {"proof": "做完了", "done_on": DAY})
    return title


def problem(desk: Desk, source: str) -> str:
    title, new = f"再列一个问题{source}", f"/problems/new/?unit={desk.unit.pk}&source={source}"
    desk.sent(new, desk.form(new) | {"title": title, "measure-text": "限期整改"})
    return title


def fee(desk: Desk, _: str) -> str:
    """A month that lies before the demonstration's first."""
    where = f"/people/fees/2024/3/?unit={desk.unit.pk}"
    desk.sent(where, desk.form(where))
    return "已登记 1 个月"


def reading(desk: Desk, _: str) -> str:
    where = f"/ledger/readings/?unit={desk.unit.pk}"
    desk.sent(where, {"member": desk.member, "title": "再读一本", "read_on": DAY})
    return "再读一本"


def subject(desk: Desk, kind: str) -> str:
    new = f"/work/registers/new/?unit={desk.unit.pk}&kind={kind}"
    title = f"新{kind}"  # of a household at most ten letters
    desk.sent(new, desk.form(new) | {"kind": kind, "code": "X99", "name": title, "since": DAY})
    return title


def visit(desk: Desk, kind: str) -> str:
    """记一户 of one that is on the register and has not been visited this year."""
    reached = Coverage.objects.filter(session__held_on__year=ON.year).values("subject_id")
    one = Subject.objects.filter(unit=desk.unit, kind=kind, until__isnull=True).exclude(pk__in=reached).first()
    assert one is not None, f"every {kind} was reached"
    new = f"/work/visits/new/?unit={desk.unit.pk}"
    desk.sent(
        new, desk.form(new) | {"who": f"{one.code} {one.name}", "day": DAY, "went": desk.member, "said": "问了春耕用肥"}
    )
    return one.code if kind == "household" else one.name


def request(desk: Desk, _: str) -> str:
    new = f"/work/requests/new/?unit={desk.unit.pk}"
    desk.sent(new, desk.form(new) | {"text": "再修一段机耕路", "raised_on": DAY})
    return "再修一段机耕路"


LIST_WORDS = {
    "post_duty": {"post": "secretary"}, "system": {"word_level": "本支部制度"}, "venue": {"word_place": "三楼"},
    "channel": {"word_type": "工作群", "word_purpose": "通知会议"},
}  # fmt: skip


def list_item(desk: Desk, kind: str) -> str:
    new, title = f"/lists/new/?unit={desk.unit.pk}&kind={kind}", f"再列一项{kind}"
    desk.sent(new, desk.form(new) | {"title": title, "since": DAY, "rhythm": "none"} | LIST_WORDS.get(kind, {}))
    return title


def publicity(desk: Desk, kind: str) -> str:
    new, title = f"/work/publicity/new/?unit={desk.unit.pk}&kind={kind}", f"再发一篇{kind}"
    typed = {
        "kind": kind,
        "title": title,
        "dated_on": DAY,
        "status": "published",
        "channel": "paper",
        "channel_name": "县报",
    }
    if kind == "experience":
        typed |= {"practice": "逐户上门", "outcome": "少跑一趟", "use": "各基层社"}
    if kind == "role_model":
        typed |= {"outsider": "育苗能手", "consent_on": DAY, "consent_by": str(desk.member)}
    desk.sent(new, desk.form(new) | typed)
    return title


def talk(desk: Desk, _: str) -> str:
    """A talk between two; the matrix names them for who keeps the ledger."""
    with_whom = (
        Membership.objects.in_unit(desk.unit).on(ON).order_by("-member__rank").values_list("member_id", flat=True)[0]
    )
    record(desk, "heart_talk", "谈了一次心", **{f"r_{with_whom}": "present"})
    return Member.objects.get(pk=with_whom).name


def plan_line(desk: Desk, _: str) -> str:
    """One more line in the plan of the next year, which is being drafted."""
    edit = f"/plan/edit/?unit={desk.unit.pk}&year={ON.year + 1}"
    page = desk.client.post(edit, desk.form(edit) | {"more": "1"}).content.decode()
    typed = Fields(page).data
    empty = next(name for name, value in typed.items() if name.endswith("-title") and value == [""])
    day = {empty.replace("title", "rhythm"): ["day"], empty.replace("title", "by_day"): [f"{ON.year + 1}-06-30"]}
    desk.sent(edit, typed | day | {empty: ["再定一件事"]})
    return "再定一件事"


def check(desk: Desk, _: str) -> str:
    """A text whose words no record can bear out is dropped on the check."""
    text = "一年来，支部没有发生违纪违法行为，党员教育实现全覆盖。"
    answer = desk.client.post(f"/report/check/?unit={desk.unit.pk}&year={ON.year}", {"text": text})
    assert answer.status_code == 200 and "绝对" in answer.content.decode()
    return "核对"


def unit_above(desk: Desk, _: str) -> str:
    """The unit above stands in the tree; a report is handed in to it."""
    assert desk.unit.parent is not None
    return desk.unit.parent.name


@dataclass(frozen=True)
class Way:
    """How another of one sort is entered; the list where it must stand; the figure that must grow by one, and of which year.

    ``{}`` stands for the id of the kind of thing in ``listed``, the unit is asked of every list. No figure counts the lines
    of a plan or what is checked: they lead to figures of their own.
    """

    add: Callable[[Desk, str], str]
    listed: str
    figure: Callable[[str], str] | None
    year: int = ON.year


def always(figure: str) -> Callable[[str], str]:
    return lambda _: figure


OF_CAMPAIGNS = {"deployment": "部署任务完成数", "study_plan": "学习计划完成数", "joint_plan": "联合计划完成数"}
OF_SUBJECTS = {
    "village": "联系村数", "household": "联系户数", "cooperative": "联系合作社数", "grassroots_coop": "联系基层社数",
    "service_centre": "联系服务中心数", "service_body": "联系服务主体数",
}  # fmt: skip
OF_VISITS = {"village": "走访覆盖村数", "household": "走访覆盖户数"}
OF_LISTS = {
    "main_duty": "主体责任事项数", "post_duty": "一岗双责事项数", "ideology": "意识形态工作事项数", "integrity": "廉政责任事项数",
    "system": "制度数", "venue": "阵地数", "channel": "渠道数", "standard": "标准化事项数", "guidance": "培养措施数",
}  # fmt: skip
OF_PUBLICITY = {
    "report": "宣传报道篇数", "submission": "宣传报道篇数", "brief": "信息简报篇数", "experience": "经验做法条数",
    "role_model": "先进典型人数",
}  # fmt: skip
WAYS = {
    "kind": Way(activity, "/ledger/?kind={}&year=2026", lambda kind: counting("activity", kinds=kind)),
    "topic": Way(study("f-more_topics"), "/ledger/?topic={}&year=2026", always("集中学习次数")),
    "form": Way(study("f-forms"), "/ledger/?form={}&year=2026", always("集中学习次数")),
    "group": Way(study("f-groups"), "/ledger/?group={}&year=2026", always("集中学习次数")),
    "source": Way(source, "/ledger/studies/?", always("集中学习次数")),
    "project": Way(project, "/work/projects/?kind={}", lambda kind: counting("project", kinds=kind)),
    "campaign": Way(campaign, "/work/campaigns/?kind={}", lambda kind: OF_CAMPAIGNS.get(kind, "专项活动数")),
    "problem": Way(problem, "/problems/?source={}", always("查摆问题数")),
    "subject": Way(subject, "/work/registers/?kind={}", OF_SUBJECTS.__getitem__),
    "visit": Way(visit, "/work/visits/?kind={}&state=reached", OF_VISITS.__getitem__),
    "request": Way(request, "/work/requests/?", always("收到诉求数")),
    "list": Way(list_item, "/lists/{}/?", OF_LISTS.__getitem__),
    "publicity": Way(publicity, "/work/publicity/?kind={}", OF_PUBLICITY.__getitem__),
    "talk": Way(talk, "/ledger/talks/?", always("谈心谈话次数")),
    "fee": Way(fee, "/people/fees/?year=2024", always("党费登记次数"), year=2024),
    "plan": Way(plan_line, f"/plan/?year={ON.year + 1}", None),
    "check": Way(check, "/report/check/?", None),
    "unit": Way(unit_above, "/report/{unit}/2026/?", None),
    "reading": Way(reading, "/ledger/readings/?", always("自学登记篇数")),
}


@pytest.mark.django_db
class TestCoverage(TestCase):
    """The demonstration of one day, made once for all of these."""

    home: Unit
    clerk: User

    @classmethod
    def setUpTestData(cls) -> None:
        builder.build(on=ON)
        cls.home = Unit.objects.get(short_name__contains="机关党支部")
        cls.clerk = User.objects.get(grants__unit=cls.home, grants__role="clerk")

    @pytest.fixture(autouse=True)
    def the_day(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("YOUJU_TODAY", ON.isoformat())

    def test_each_opens_in_the_demonstration(self) -> None:
        client, faults = signed_in(self.clerk), []
        for item in items():
            if item.boundary == "R":
                continue
            url = re.sub(r"^(/[a-z]+/(?:[a-z]+/)?)2/", rf"\g<1>{self.home.pk}/", item.url)
            answer = client.get(url)
            if answer.status_code != 200:
                faults.append(f"{item.id} {url}: {answer.status_code}")
        assert faults == []

    def test_another_of_each_is_entered_listed_and_counted(self) -> None:
        desk, faults = Desk(signed_in(self.clerk), self.home), []
        for sort, thing in dict.fromkeys(what for item in items() for what in item.what):
            try:
                fault = self._one_more(desk, sort, thing)
            except AssertionError as error:
                fault = str(error)
            if fault:
                faults.append(f"{sort}:{thing}: {fault}")
        assert faults == []

    def _one_more(self, desk: Desk, sort: str, thing: str) -> str:
        """What is wrong with entering one more; nothing when all is well."""
        way = WAYS[sort]
        figure = way.figure(thing) if way.figure else ""
        before = desk.asked(figure, way.year) if figure else 0
        title = way.add(desk, thing)
        listed = f"{way.listed.format(quote(thing), unit=desk.unit.pk)}&unit={desk.unit.pk}"
        if title not in desk.client.get(listed).content.decode():
            return f"{title} does not stand in {listed}"
        grown = desk.asked(figure, way.year) - before if figure else 1
        return "" if grown == 1 else f"{figure} grew by {grown}"

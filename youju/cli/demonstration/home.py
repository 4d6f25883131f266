"""The year of the supply-and-marketing branch (供销社机关党支部): which session on which day, with which text.

The kinds and counts of a year are fixed here, so that what its report says can be counted by hand.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from random import Random

from youju.cli.demonstration import days
from youju.cli.demonstration.occasions import Item, Occasion, first_topic, item_of, items_of
from youju.cli.demonstration.texts import FIRST_YEAR, Entry, fieldwork, meetings, of_year, studies, themes

CLERK, SECRETARY, DEPUTY = "陈望舒", "周砚秋", "沈知禾"
LEADERS = {"first": "顾云帆", "second": "罗小满", "third": "丁立夏"}
GROUP_RECORDERS = {"first": "白霁", "second": "许清扬", "third": "方时雨"}
GROUP_DAYS = {"first": 12, "second": 13, "third": 24}
COMMITTEE = (SECRETARY, DEPUTY, "林朝暮", "何青松")
LECTURERS = {1: DEPUTY, 2: SECRETARY, 3: "林朝暮", 4: "何青松"}
# 固定学习日 by month: the first years were still finding their rhythm.
STUDY_MONTHS = {2022: (3, 4, 5, 6, 8, 9, 10, 11), 2023: (2, 3, 4, 5, 6, 8, 9, 10, 11)}
STUDY_MONTHS_LATER = (2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
PAPER_BOOK = "2022年党支部工作手册第1—18页"


def discipline(day: date) -> str:
    return "谢长河" if day < date(2024, 12, 20) else "马春和"


def year_of(year: int) -> Iterator[Occasion]:
    """Every session of the year, in no order. Days that lie after the demonstration's day are left out by the builder."""
    for part in (
        _committee,
        _party,
        _groups,
        _theme_days,
        _studies,
        _lectures,
        _member_days,
        _work,
        _org_life,
        _fieldwork,
        _talks,
    ):
        yield from part(year)


def _branch(kinds: tuple[str, ...], day: date, entry: Entry, **more: object) -> Occasion:
    facts: dict[str, object] = {
        "unit": "home", "kinds": kinds, "day": day, "title": entry.title, "chair": SECRETARY, "recorder": CLERK,
        "agenda": items_of(entry), "outcome": entry.outcome, "told": entry,
    }  # fmt: skip
    if entry.place:
        facts |= {"place": entry.place, "outdoors": True}
    return Occasion(**(facts | more))  # type: ignore[arg-type]


def _committee(year: int) -> Iterator[Occasion]:
    text = meetings()
    for month in range(1, 13):
        day = days.nth(year, month, days.FRIDAY, 1)
        topic = first_topic(of_year(text.first_topics, year, month - 1, a_year=12))
        matters = [of_year(text.committee[month], year, number, a_year=2) for number in (0, 1)]
        kinds: tuple[str, ...] = ("committee_meeting",)
        agenda = [topic, *(item_of(matter) for matter in matters)]
        if month in (6, 12):
            kinds += ("ideology_study",)
            agenda.append(item_of(of_year(text.ideology, year, month // 6 - 1, a_year=2)))
        agenda += _candidates(year, month)
        yield Occasion(
            unit="home", kinds=kinds, day=day, hour=9, minutes=110, title=f"研究{matters[0].title}和{matters[1].title}",
            chair=SECRETARY if month != 8 else DEPUTY, recorder=CLERK, sitting_in=(CLERK,), agenda=tuple(agenda),
            outcome=matters[0].decision.replace("同意", "议定", 1),
        )  # fmt: skip


# Who came before the branch: year → (person, what was decided).
ADMISSIONS = {2022: ("梁晓岚", "接收"), 2023: ("梁晓岚", "转正"), 2025: ("秦岭月", "接收"), 2026: ("秦岭月", "转正")}


def _candidates(year: int, month: int) -> list[Item]:
    if month != 9 or year not in ADMISSIONS:
        return []
    name, step = ADMISSIONS[year]
    what = "发展对象材料" if step == "接收" else "预备党员转正材料"
    note = "介绍人汇报培养教育考察情况，支委会逐项审查材料，手续完备。"
    return [Item(f"审查{name}同志{what}", note, f"同意将{name}同志{what}提交支部党员大会讨论。")]


def _admission(year: int) -> list[Item]:
    if year not in ADMISSIONS:
        return []
    name, step = ADMISSIONS[year]
    what = f"讨论接收{name}同志为预备党员" if step == "接收" else f"讨论{name}同志预备党员转正"
    end = (
        f"同意接收{name}同志为中共预备党员，报上级党组织审批。"
        if step == "接收"
        else f"同意{name}同志按期转为中共正式党员，报上级党组织审批。"
    )
    note = "本人汇报思想和工作情况，介绍人介绍培养考察情况，与会党员发表意见，采取无记名投票方式表决。"
    return [Item(what, note, end, rule="admission")]


def _party(year: int) -> Iterator[Occasion]:
    pools = meetings().party
    dates = {
        1: days.nth(year, 3, days.FRIDAY, 3), 2: days.nth(year, 6, days.FRIDAY, 4),
        3: days.nth(year, 9, days.FRIDAY, 3), 4: days.nth(year, 12, days.FRIDAY, 3),
    }  # fmt: skip
    for quarter, day in dates.items():
        entry = of_year(pools[quarter], year, 0, a_year=1)
        kinds: tuple[str, ...] = ("party_meeting",)
        agenda = items_of(entry)
        if quarter == 3:
            agenda = (*_admission(year), *agenda)
        if quarter == 4 and _elects(year):
            agenda = (_election(), *agenda)
        if quarter == 4:  # December's theme day is held together with the members' meeting
            theme = of_year(themes().months[12], year, 0, a_year=1)
            kinds, agenda = ("party_meeting", "theme_day"), (*agenda, *items_of(theme))
            if _elects(year):
                kinds = (*kinds, "election_meeting")
        yield Occasion(
            unit="home", kinds=kinds, day=day, hour=14, minute=30, title=entry.title, chair=SECRETARY, recorder=CLERK,
            agenda=agenda, outcome=entry.outcome, planned=True,
        )  # fmt: skip


def _elects(year: int) -> bool:
    return year % 3 == 2024 % 3


def _election() -> Item:
    note = "听取上届支部委员会工作报告，通过选举办法，采取无记名投票方式差额选举产生新一届支部委员会。"
    return Item("支部委员会换届选举", note, "新一届支部委员会委员选举产生，结果报上级党组织备案。", rule="election")


def _groups(year: int) -> Iterator[Occasion]:
    pool = meetings().groups
    for month in range(1, 13):
        for number, group in enumerate(LEADERS):
            entry = of_year(pool, year, (month - 1) * 3 + number, a_year=1)
            yield Occasion(
                unit=group, kinds=("group_meeting",), day=days.near(year, month, GROUP_DAYS[group]), hour=16, minutes=60,
                title=entry.title, chair=LEADERS[group], recorder=GROUP_RECORDERS[group], place="机关党员活动室",
                agenda=items_of(entry), outcome=entry.outcome,
            )  # fmt: skip


def theme_day_on(year: int, month: int) -> date:
    """每月相对固定一天: the 25th or the workday after it; in December with the members' meeting."""
    return days.nth(year, 12, days.FRIDAY, 3) if month == 12 else days.near(year, month, 25)


def _theme_days(year: int) -> Iterator[Occasion]:
    for month in range(1, 12):
        entry = of_year(themes().months[month], year, 0, a_year=1)
        kinds = ("theme_day", "member_day") if month == 10 else ("theme_day",)
        yield _branch(kinds, theme_day_on(year, month), entry, planned=True, chair=DEPUTY if month == 4 else SECRETARY)


def _studies(year: int) -> Iterator[Occasion]:
    text = studies()
    for number, month in enumerate(STUDY_MONTHS.get(year, STUDY_MONTHS_LATER)):
        entry = of_year(text.fixed, year, number, a_year=10)
        yield _branch(
            ("fixed_study_day",),
            days.nth(year, month, days.FRIDAY, 2),
            entry,
            hour=16,
            minutes=80,
            chair=COMMITTEE[number % 4],
        )
    for number, month in enumerate((2, 4, 5, 7, 9, 11)):
        entry = of_year(text.group, year, number, a_year=6)
        yield _branch(("group_study",), days.nth(year, month, days.WEDNESDAY, 3), entry, minutes=120)
    for number, month in enumerate((5, 10)):
        entry = of_year(text.seminars, year, number, a_year=2)
        yield _branch(("seminar",), days.nth(year, month, days.TUESDAY, 3), entry, hour=9, minutes=120)
    for number, month in enumerate((3, 6, 9, 12)):
        entry = of_year(meetings().self_checks, year, number, a_year=4)
        checked = some(f"check{year}{month}", 7)
        yield _branch(
            ("self_study_check",), days.nth(year, month, days.THURSDAY, 3), entry, hour=10, minutes=60, chair=DEPUTY,
            people=(DEPUTY, "何青松", *(name for name in checked if name not in (DEPUTY, "何青松"))),
        )  # fmt: skip


def _lectures(year: int) -> Iterator[Occasion]:
    on = {
        1: days.near(year, 2, 26), 2: days.near(year, 6, 30), 3: days.nth(year, 8, days.THURSDAY, 3), 4: days.nth(year, 10, days.THURSDAY, 4),
    }  # fmt: skip
    for quarter, day in on.items():
        entry = of_year(fieldwork().lectures[quarter], year, 0, a_year=1)
        kinds = ("party_lecture", "member_day") if quarter == 2 else ("party_lecture",)
        yield _branch(
            kinds, day, entry, lecturer=LECTURERS[quarter], chair=DEPUTY if quarter == 2 else SECRETARY, minutes=90
        )


def _member_days(year: int) -> Iterator[Occasion]:
    """Two of their own; June's is held with the lecture, October's with the theme day."""
    for number, month in ((0, 4), (1, 8)):
        entry = of_year(fieldwork().member_days[number], year, 0, a_year=1)
        yield _branch(("member_day",), days.nth(year, month, days.THURSDAY, 2), entry)


def _work(year: int) -> Iterator[Occasion]:
    for number, month in enumerate((2, 7)):
        entry = of_year(meetings().deployment, year, number, a_year=2)
        yield _branch(("deployment_meeting",), days.nth(year, month, days.TUESDAY, 4), entry, hour=9, minutes=90)


def _org_life(year: int) -> Iterator[Occasion]:
    """The yearly one is held at the start of a year for the year before it; a special one in summer for the year itself."""
    special = of_year(meetings().special_life, year, 0, a_year=1)
    yield _branch(("org_life_meeting",), days.nth(year, 8, days.TUESDAY, 4), special, hour=14, minute=30, minutes=150)
    entry = of_year(meetings().org_life, year, 0, a_year=1)
    kinds = ("org_life_meeting", "member_review")
    yield _branch(kinds, days.near(year, 2, 6), entry, hour=14, minute=30, minutes=170, for_year=year - 1)


FIELD = {
    "visit": ((1, 3, 5, 8, 9, 10), "visits", 4),
    "research": ((4, 7, 11), "research", 4),
    "outreach": ((3, 9, 11), "outreach", 5),
    "training": ((4, 10), "training", 6),
    "volunteer": ((3, 7, 9), "volunteer", 11),
}


def _fieldwork(year: int) -> Iterator[Occasion]:
    text = fieldwork()
    for kind, (months, pool, size) in FIELD.items():
        for number, month in enumerate(months):
            entry: Entry = of_year(getattr(text, pool), year, number, a_year=len(months))
            day = days.near(
                year, month, {"visit": 17, "research": 9, "outreach": 20, "training": 14, "volunteer": 5}[kind]
            )
            people = (SECRETARY, *some(f"{kind}{year}{month}", size))
            lecturer = people[1] if kind == "outreach" else ""
            yield _branch((kind,), day, entry, hour=9, minutes=150, people=people, lecturer=lecturer)
    for number, month in enumerate((5, 9)):
        entry = of_year(text.warning, year, number, a_year=2)
        day = days.nth(year, month, days.TUESDAY, 4)
        yield _branch(("warning_education",), day, entry, minutes=90, chair=discipline(day))


# Those who are there in every year; a talk or a visit picks among them.
STEADY = (
    "林朝暮", "何青松", "马春和", "顾云帆", "罗小满", "丁立夏", "苏秉文", "方时雨", "白霁", "许清扬", "郑一苇", "谢长河", "曹景行", "唐棣",
    "孟春山", "邵远山", "叶知秋", CLERK, DEPUTY,
)  # fmt: skip


# First and last year in which they were there from its first day; who came during a year is met when he has come.
LATER = {"梁晓岚": (2023, 9999), "韩子墨": (2025, 9999), "秦岭月": (2026, 9999), "江若川": (FIRST_YEAR, 2023)}
NEWCOMERS = {2022: "梁晓岚", 2024: "韩子墨", 2025: "秦岭月"}


def some(key: str, size: int) -> tuple[str, ...]:
    return tuple(Random(key).sample(STEADY, size))


def _talks(year: int) -> Iterator[Occasion]:
    """谈心谈话: each pair of the committee, the committee with every member; nothing but who with whom and when."""
    committee = (*COMMITTEE, discipline(date(year, 12, 31)))
    january = days.near(year, 1, 15)
    for number, other in enumerate(committee[1:]):
        yield _talk(january + timedelta(days=number // 2), 9 + number, SECRETARY, other, "支委之间谈心谈话")
    months = (2, 4, 6, 8, 12, 12)  # the last two of a year come in December: of this one they are still owed
    for number, (one, other) in enumerate(combinations(committee[1:], 2)):
        yield _talk(days.near(year, months[number], 8 + number * 2), 16, one, other, "支委之间谈心谈话")
    members = [name for name in (*STEADY, *LATER) if name not in committee]
    for number, member in enumerate(members):
        first, last = LATER.get(member, (FIRST_YEAR, year))
        if first <= year <= last:
            yield _talk(
                days.near(year, 2 + number % 10, 9 + number), 10, committee[number % 5], member, "支委与党员谈心谈话"
            )
    if year in NEWCOMERS:
        yield _talk(days.near(year, 11, 17), 15, SECRETARY, NEWCOMERS[year], "书记与党员谈心谈话")


def _talk(day: date, hour: int, one: str, other: str, title: str) -> Occasion:
    return Occasion(
        unit="home", kinds=("heart_talk",), day=days.near(day.year, day.month, day.day), hour=hour, minutes=40, title=title,
        chair=one, recorder="", people=(one, other), place="机关党员活动室",
    )  # fmt: skip

"""The years of the two other branches: the library, which studies, and the small station, which is behind."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from random import Random

from youju.cli.demonstration import days
from youju.cli.demonstration.occasions import Item, Occasion, first_topic, item_of, items_of
from youju.cli.demonstration.texts import Entry, branch, of_year

LIBRARIANS = ("陆见深", "柳含烟", "闻笛", "傅书白", "许知行", "岑夏", "卓一鸣", "桑榆晚", "简宁")
READING_ROOM = "图书馆三楼研讨室"
STATION_ROOM = "农机推广站会议室"


def library_year(year: int) -> Iterator[Occasion]:
    yield from _library_meetings(year)
    yield from _library_study(year)
    yield from _library_people(year)


def _library(kinds: tuple[str, ...], day: date, entry: Entry, **more: object) -> Occasion:
    facts: dict[str, object] = {
        "unit": "library", "kinds": kinds, "day": day, "title": entry.title, "chair": "温如故", "recorder": "简宁", "place": READING_ROOM,
        "agenda": items_of(entry), "outcome": entry.outcome, "told": entry,
    }  # fmt: skip
    if entry.place:
        facts |= {"place": entry.place, "outdoors": True}
    return Occasion(**(facts | more))  # type: ignore[arg-type]


def _library_meetings(year: int) -> Iterator[Occasion]:
    text = branch("library")
    for month in range(1, 13):
        matters = [of_year(text.matters, year, month * 2 - 2 + number, a_year=24) for number in (0, 1)]
        topic = of_year(text.first_topics, year, month - 1, a_year=12)
        kinds = ("committee_meeting", "ideology_study") if month in (5, 11) else ("committee_meeting",)
        agenda: list[Item] = [first_topic(topic), *(item_of(matter) for matter in matters)]
        yield Occasion(
            unit="library", kinds=kinds, day=days.nth(year, month, days.MONDAY, 1), hour=9, title=f"研究{matters[0].title}和{matters[1].title}",
            chair="温如故", recorder="简宁", sitting_in=("简宁",), place=READING_ROOM, agenda=tuple(agenda),
        )  # fmt: skip
    for number, month in enumerate((3, 6, 9, 12)):
        entry = of_year(text.pools["party_meeting"], year, number, a_year=4)
        yield _library(("party_meeting",), days.nth(year, month, days.THURSDAY, 4), entry)
    entry = of_year(text.pools["org_life"], year, 0, a_year=1)
    kinds = ("org_life_meeting", "member_review")
    yield _library(kinds, days.nth(year, 2, days.TUESDAY, 4), entry, hour=14, minutes=160, for_year=year - 1)
    entry = of_year(text.pools["deployment"], year, 0, a_year=1)
    yield _library(("deployment_meeting",), days.nth(year, 3, days.TUESDAY, 1), entry, hour=9)


def _library_study(year: int) -> Iterator[Occasion]:
    pools = branch("library").pools
    for month in range(1, 13):
        entry = of_year(pools["theme_day"], year, month - 1, a_year=12)
        yield _library(("theme_day",), days.near(year, month, 15), entry)
        entry = of_year(pools["group_study"], year, month - 1, a_year=12)
        leader = leader_of(year, month)
        yield _library(("group_study",), days.nth(year, month, days.WEDNESDAY, 4), entry, led=(leader,), chair=leader)
    for number, month in enumerate((2, 4, 6, 8, 9, 11)):
        entry = of_year(pools["seminar"], year, number, a_year=6)
        day, spoke = days.nth(year, month, days.FRIDAY, 3), tuple(Random(f"seminar{year}{month}").sample(LIBRARIANS, 5))
        yield _library(("seminar",), day, entry, hour=9, minutes=120, led=("温如故",), spoke=spoke)
    for number, month in enumerate((3, 6, 9, 11)):
        entry = of_year(pools["party_lecture"], year, number, a_year=4)
        lecturer = "温如故" if month == 6 else LIBRARIANS[number]
        yield _library(("party_lecture",), days.near(year, month, 28), entry, lecturer=lecturer)
        check = of_year(pools["self_study_check"], year, number, a_year=4)
        people = ("陆见深", *checked_in(year, month))
        yield _library(("self_study_check",), days.near(year, month, 19), check, chair="陆见深", people=people, hour=10)


def leader_of(year: int, month: int) -> str:
    """Who leads the month's study: they take turns."""
    return LIBRARIANS[(year + month) % len(LIBRARIANS)]


def checked_in(year: int, month: int) -> tuple[str, ...]:
    """Whose reading is looked at in a quarter; 陆见深 is the one who looks."""
    return tuple(name for name in Random(f"{year}{month}").sample(LIBRARIANS, 4) if name != "陆见深")


def _library_people(year: int) -> Iterator[Occasion]:
    pools = branch("library").pools
    for kind, months, day, size in (
        ("outreach", (4, 7, 10), 23, 4),
        ("training", (5, 9), 12, 4),
        ("volunteer", (3, 6, 8), 6, 7),
    ):
        for number, month in enumerate(months):
            entry = of_year(pools[kind], year, number, a_year=len(months))
            people = ("温如故", *Random(f"{kind}{year}{month}").sample(LIBRARIANS, size))
            lecturer = people[1] if kind == "outreach" else ""
            yield _library(
                (kind,), days.near(year, month, day), entry, hour=9, minutes=120, people=people, lecturer=lecturer
            )
    committee = ("温如故", "陆见深", "柳含烟")
    others = [name for name in (*LIBRARIANS, "黎野") if name not in committee and (name != "黎野" or year > 2023)]
    pairs = [("温如故", "陆见深"), ("温如故", "柳含烟"), *((committee[i % 3], name) for i, name in enumerate(others))]
    for number, (one, other) in enumerate(pairs):
        yield Occasion(
            unit="library", kinds=("heart_talk",), day=days.near(year, 1 + number, 11), hour=15, minutes=40, chair=one, recorder="",
            title="支委之间谈心谈话" if other in committee else "支委与党员谈心谈话", people=(one, other), place=READING_ROOM,
        )  # fmt: skip


# What the station did not get round to: months without a theme day, quarters without a members' meeting.
STATION_SKIPS = {
    2022: ((7, 10), (4,)),
    2023: ((5, 9), (3,)),
    2024: ((8,), (2,)),
    2025: ((6, 10), (4,)),
    2026: ((5, 9, 10), (3,)),
}
STATION_SKIPS_LATER = ((4, 8), (3,))


def station_year(year: int) -> Iterator[Occasion]:
    pools = branch("station").pools
    no_theme, no_meeting = STATION_SKIPS.get(year, STATION_SKIPS_LATER)
    for month in range(1, 13):
        if month in no_theme:
            continue
        entry = of_year(pools["theme_day"], year, month - 1, a_year=12)
        yield _station(("theme_day",), days.near(year, month, 27), entry, late=9 if month % 4 == 2 else 0)
    for quarter, month in enumerate((3, 6, 9, 12), start=1):
        if quarter in no_meeting:
            continue
        entry = of_year(pools["party_meeting"], year, quarter - 1, a_year=4)
        yield _station(("party_meeting",), days.near(year, month, 21), entry, late=12 if quarter == 2 else 0)
    for number, month in enumerate((2, 5, 8, 11)):
        entry = of_year(pools["group_study"], year, number, a_year=4)
        yield _station(("group_study",), days.near(year, month, 10), entry)
    yield _station(
        ("party_lecture",), days.near(year, 7, 1), of_year(pools["party_lecture"], year, 0, a_year=1), lecturer="贺川"
    )
    kinds = ("org_life_meeting", "member_review")
    yield _station(
        kinds, days.near(year, 3, 3), of_year(pools["org_life"], year, 0, a_year=1), for_year=year - 1, minutes=130
    )
    for number, other in enumerate(("石满仓", "岳平", "米兰香")):
        yield Occasion(
            unit="station", kinds=("heart_talk",), day=days.near(year, 4 + number * 3, 18), hour=16, minutes=30, chair="贺川", recorder="",
            title="书记与党员谈心谈话", people=("贺川", other), place=STATION_ROOM, late=6,
        )  # fmt: skip


def _station(kinds: tuple[str, ...], day: date, entry: Entry, **more: object) -> Occasion:
    facts: dict[str, object] = {
        "unit": "station", "kinds": kinds, "day": day, "title": entry.title, "chair": "贺川", "recorder": "田小禾", "place": STATION_ROOM,
        "agenda": items_of(entry), "outcome": entry.outcome,
    }  # fmt: skip
    if entry.place:
        facts |= {"place": entry.place}
    return Occasion(**(facts | more))  # type: ignore[arg-type]

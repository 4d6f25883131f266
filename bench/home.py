"""本月应做 of a unit with 50 members and ten years of records: CPU of one page, beside that of a page that only has the frame.

python3 run.py bench home
"""

from __future__ import annotations

import os
import sys
import tempfile
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from _settled import report, settle

TODAY = date(2026, 11, 20)
BUSIEST = date(2026, 3, 20)  # until the end of March the year before is looked at as well
YEARS = range(2017, 2027)
MEMBERS = 50
GOAL = 50.0  # milliseconds

if TYPE_CHECKING:
    from youju.people.models import Unit


def fill() -> Unit:
    """Ten years of a busy branch, through the actions a clerk would cause."""
    from tests import make
    from youju.people.posts.values import Title
    from youju.people.units.values import UnitKind

    branch = make.unit(name="青禾县供销社机关党支部")
    groups = [make.unit(name=f"第{n}党小组", kind=UnitKind.GROUP, parent=branch) for n in "一二三四"]
    people = [make.member(groups[i % len(groups)]) for i in range(MEMBERS)]
    for person, title in zip(people, Title, strict=False):
        make.appoint(member=person, unit=branch, title=title, since=make.LONG_AGO, by=None, at=make.START)
    for year in YEARS:
        for month in range(1, 13):
            _month(branch, groups, people, year, month)
    return branch


def _month(branch: Unit, groups: list[Unit], people: list[object], year: int, month: int) -> None:
    from tests import make
    from youju.records.activities.values import RosterEntry

    def held(unit: Unit, kinds: object, day: int, **more: object) -> None:
        if date(year, month, day) < TODAY:
            make.activity(unit, kinds, date(year, month, day), **more)  # type: ignore[arg-type]

    held(branch, "committee_meeting", 6)
    held(branch, "theme_day", 25)
    held(branch, "fixed_study_day", 8)
    held(branch, "group_study", 15)
    for group in groups:
        held(group, "group_meeting", 12)
    if month % 3 == 0:
        held(branch, ("party_meeting", "party_lecture"), 18)
    if month == 2:
        held(branch, ("org_life_meeting", "member_review"), 6, for_year=year - 1)
    pair = (people[month * 4 % MEMBERS], people[(month * 4 + 1) % MEMBERS])
    held(branch, "heart_talk", 20, roster=tuple(RosterEntry(person.pk) for person in pair))  # type: ignore[attr-defined]


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        settle(Path(folder), TODAY)
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from tests import make
        from youju.people.roles.rules import Role
        from youju.records.models import RosterRow, Session

        print("正在造数据……", file=sys.stderr)
        branch = fill()
        client = Client()
        client.force_login(make.user("党务员", unit=branch, role=Role.CLERK))
        print(f"{MEMBERS} 名党员，{Session.objects.count()} 场，名单 {RosterRow.objects.count()} 行")
        frame = report("只有外框", lambda: client.get("/shared/more/"))
        for day in (TODAY, BUSIEST):
            os.environ["YOUJU_TODAY"] = day.isoformat()
            assert client.get("/").status_code == 200
            with CaptureQueriesContext(connection) as queries:
                client.get("/")
            asked = len(queries)  # the next request empties the list
            home = report(f"本月应做 {day}", lambda: client.get("/"))
            print(f"　　查询 {asked} 次；是外框的 {home / frame:.1f} 倍；占目标 {GOAL:.0f} ms 的 {home / GOAL:.0%}")
        connection.close()
        return 0


if __name__ == "__main__":
    raise SystemExit(main())

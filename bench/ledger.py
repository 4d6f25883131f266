"""台账 of one branch with 20,000 records: CPU of a page of the list, filtered, beside the bare frame and the query alone.

python3 run.py bench ledger
"""

from __future__ import annotations

import gc
import os
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

from _settled import settle
from home import report

TODAY = date(2026, 11, 20)
RECORDS, MEMBERS, YEARS = 20_000, 12, 10
GOAL = 50.0  # milliseconds
KINDS = (
    "committee_meeting",
    "theme_day",
    "group_study",
    "visit",
    "heart_talk",
    "group_meeting",
    "training",
    "outreach",
)
TOPICS = ("二十大精神", "廉政", "土地托管", "乡村振兴")
FILTERS = (
    "", "kind=theme_day", "year=2026", "kind=group_study&year=2025&quarter=2", "topic=廉政", "topic=廉政&form=quiz&year=2024",
    "group=young", "status=filed&words=第 号", "kind=visit&page=40",
)  # fmt: skip

if TYPE_CHECKING:
    from youju.people.models import Unit


def fill() -> Unit:
    """Twenty thousand sessions, each with its roster, agenda and facets; written in bulk, since only reading is measured."""
    from tests import make

    branch = make.unit(name="青禾县供销社机关党支部")
    people = make.members(branch, MEMBERS)
    for first in range(0, RECORDS, 2000):
        _write(branch, people, range(first, first + 2000))
    return branch


def _write(branch: Unit, people: list[Any], numbers: range) -> None:
    from tests import make
    from youju.records.models import AgendaItem, Resolution, RosterRow, Session, SessionFacet, SessionKind

    days = [TODAY - timedelta(days=1 + number * 365 * YEARS // RECORDS) for number in numbers]
    sessions = Session.objects.bulk_create(
        Session(
            ledger=branch, unit=branch, number=f"{day.year}-学习-{number}", status="filed" if number % 3 else "held",
            title=f"第{number}号学习和讨论", held_on=day, starts_at=make.moment(day), for_year=day.year, place="二楼会议室",
            ends_at=make.moment(day) + timedelta(hours=2), entered_at=make.moment(day, 20), recorder=people[1], chair=people[0],
        )
        for number, day in zip(numbers, days, strict=True)
    )  # fmt: skip
    SessionKind.objects.bulk_create(
        SessionKind(session=row, kind=KINDS[number % len(KINDS)], position=0)
        for number, row in zip(numbers, sessions, strict=True)
    )
    SessionFacet.objects.bulk_create(
        SessionFacet(session=row, facet=facet, value=value, position=position)
        for number, row in zip(numbers, sessions, strict=True)
        for position, (facet, value) in enumerate(
            (("topic", TOPICS[number % len(TOPICS)]), ("form", ("quiz", "together")[number // 4 % 2]), ("group", ("young", "public")[number % 5 > 0]))
        )
    )  # fmt: skip
    items = AgendaItem.objects.bulk_create(
        AgendaItem(session=row, position=0, kind="ordinary", title="学习", note="领学和讨论。") for row in sessions
    )
    Resolution.objects.bulk_create(
        Resolution(item=item, position=0, text="同意", rule="ordinary", votes_expected=12, votes_present=12, yes=12)
        for item in items
    )
    RosterRow.objects.bulk_create(
        (
            RosterRow(
                session=row, member=person, unit=branch, attendance="present", expected=True, votes=True, position=place
            )
            for row in sessions
            for place, person in enumerate(people)
        ),
        batch_size=5000,
    )


def main() -> int:
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        settle(Path(folder), TODAY)
        os.environ["YOUJU_TODAY"] = TODAY.isoformat()
        from django.db import connection
        from django.test import Client
        from django.test.utils import CaptureQueriesContext

        from tests import make
        from youju.cli.serve import load_pages
        from youju.people.roles.rules import Role
        from youju.records.models import RosterRow, Session

        print("正在造数据……", file=sys.stderr)
        branch = fill()
        client = Client()
        client.force_login(make.user("党务员", unit=branch, role=Role.CLERK))
        load_pages()
        client.get("/ledger/")
        gc.collect()
        gc.freeze()  # as a worker of the server does once it has loaded its pages; and what filling left is no part of one
        print(f"{Session.objects.count()} 条记录，名单 {RosterRow.objects.count()} 行")
        frame = report("只有外框", lambda: client.get("/shared/more/"))
        worst = 0.0
        for query in FILTERS:
            address = f"/ledger/?{query}"
            assert client.get(address).status_code == 200
            with CaptureQueriesContext(connection) as queries:
                client.get(address)
            said = [(one["sql"], float(one["time"])) for one in queries]
            middle = report(f"台账 {query or '（不筛选）'}", lambda address=address: client.get(address))
            raw = report("　　只有查询", lambda said=said: _again(connection, said))
            slowest = max(said, key=lambda one: one[1])[0]
            print(
                f"　　查询 {len(said)} 次；是外框的 {middle / frame:.1f} 倍，查询的 {middle / max(raw, 0.1):.1f} 倍；占目标 {middle / GOAL:.0%}"
            )
            if "--explain" in sys.argv:
                print("　　最慢：", slowest[:600])
            worst = max(worst, middle)
        connection.close()
        print(f"最慢的一页 {worst:.1f} ms，目标 {GOAL:.0f} ms：{'够快' if worst <= GOAL else '太慢'}")
        return 0 if worst <= GOAL else 1


def _again(connection: Any, said: list[tuple[str, float]]) -> None:
    """The same queries without a page around them."""
    with connection.cursor() as cursor:
        for sql, _ in said:
            if sql.startswith("SELECT"):
                cursor.execute(sql.replace("%", "%%"))
                cursor.fetchall()


if __name__ == "__main__":
    raise SystemExit(main())

"""Coverage of 5,000 households after five years of visits: CPU of the answer, beside that of the bare SQL query.

python3 run.py bench coverage
"""

from __future__ import annotations

import sys
import tempfile
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from _settled import cpu, settle

TODAY = date(2026, 11, 20)
YEARS = range(2022, 2027)
HOUSEHOLDS, VISITS_A_YEAR, AT_ONCE = 5_000, 220, 20
GOAL = 50.0  # milliseconds
ROUNDS = 30
AT = datetime(2026, 11, 20, 8, tzinfo=ZoneInfo("Asia/Shanghai"))

#: What nothing that knows the same may be faster than: which households a visit of the year reached.
BARE = """
    SELECT subject.id, COUNT(reached.held_on) FROM records_subject AS subject
    LEFT JOIN (
        SELECT coverage.subject_id, session.held_on FROM records_coverage AS coverage
        JOIN records_session AS session ON session.id = coverage.session_id
        WHERE session.ledger_id = %s AND session.held_on BETWEEN '2026-01-01' AND '2026-12-31'
        AND session.status IN ('held', 'filed')
        AND EXISTS (SELECT 1 FROM records_sessionkind AS k WHERE k.session_id = session.id AND k.kind IN ('visit', 'research'))
    ) AS reached ON reached.subject_id = subject.id
    WHERE subject.unit_id = %s AND subject.kind = 'household' AND subject.since <= '2026-12-31'
    AND (subject.until IS NULL OR subject.until > '2026-01-01')
    GROUP BY subject.id
"""

if TYPE_CHECKING:
    from youju.people.models import Unit


def fill() -> Unit:
    """The register and five years of visits. Rows are put in as the actions leave them: five thousand one by one take minutes."""
    from tests import make
    from youju.records.models import Coverage, Session, SessionKind, Subject

    branch = make.unit(name="青禾县供销社机关党支部")
    since = date(2021, 1, 4)
    villages = Subject.objects.bulk_create(
        Subject(unit=branch, kind="village", code=f"V{n:02d}", name=f"第{n}村", since=since, entered_at=AT)
        for n in range(1, 51)
    )
    houses = Subject.objects.bulk_create(
        Subject(
            unit=branch, kind="household", code=f"{n // 100 + 1}-{n % 100:02d}", name="李户", since=since, entered_at=AT,
            place=villages[n % len(villages)],
        )
        for n in range(HOUSEHOLDS)
    )  # fmt: skip
    sessions, kinds, reached = [], [], []
    for year in YEARS:
        for n in range(VISITS_A_YEAR):
            day = date(year, n * 10 // VISITS_A_YEAR + 1, n % 28 + 1)
            starts = datetime(day.year, day.month, day.day, 9, tzinfo=AT.tzinfo)
            sessions.append(
                Session(
                    ledger=branch, unit=branch, number=f"{year}-走访-{n + 1:03d}", status="held", title="入户走访", held_on=day,
                    starts_at=starts, for_year=year, entered_at=AT,
                )
            )  # fmt: skip
    sessions = Session.objects.bulk_create(sessions)
    for number, session in enumerate(sessions):
        kinds.append(SessionKind(session=session, kind="visit", position=0))
        first = number * AT_ONCE * 3
        reached += [Coverage(session=session, subject=houses[(first + step) % HOUSEHOLDS]) for step in range(AT_ONCE)]
    SessionKind.objects.bulk_create(kinds, batch_size=1000)
    Coverage.objects.bulk_create(reached, batch_size=1000)
    return branch


def main() -> int:
    with tempfile.TemporaryDirectory() as folder:
        settle(Path(folder), TODAY)
        branch = fill()
        from django.db import connection

        from youju.kit.periods import Period
        from youju.records.models import Coverage, Subject
        from youju.web.work.visits_pages import covered

        def bare() -> int:
            with connection.cursor() as cursor:
                cursor.execute(BARE, [branch.pk, branch.pk])
                return len(cursor.fetchall())

        year = Period.year(TODAY.year)

        def asked() -> object:
            one = next(one for one in covered(branch, year, TODAY) if one.kind.id == "household")
            return one.answer.value, one.missed

        print(
            f"对象 {Subject.objects.count()} 个，走到 {Coverage.objects.count()} 次，{len(YEARS)} 年；覆盖率、没走到的户：{asked()}"
        )
        low, ours = cpu(bare, rounds=ROUNDS), cpu(asked, rounds=ROUNDS)
        middle, limit = ours[ROUNDS // 2], low[ROUNDS // 2]
        print(f"覆盖率和没走到的名单：中位 {middle:.1f} ms CPU（目标 {GOAL:.0f} ms），最慢 {ours[-1]:.1f} ms")
        print(f"同一次里只跑那条 SQL：中位 {limit:.1f} ms CPU；是它的 {middle / limit:.1f} 倍")
        return int(middle > GOAL)


if __name__ == "__main__":
    sys.exit(main())

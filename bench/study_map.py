"""学习地图 over 500 topics and ten years: what the question costs, and the page that draws it.

    python3 run.py bench study_map [--topics 500] [--sessions 1200]

Topics are a tree of four levels; every month ten sessions name topics or study a material that stands at some. They are
laid down in bulk: through the actions of a clerk ten years of records would take minutes and give the same rows.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from datetime import date, timedelta
from pathlib import Path

from _settled import middle_cpu, settle

TODAY = date(2026, 11, 20)
YEARS = tuple(range(TODAY.year - 9, TODAY.year + 1))
GOAL = 100.0  # milliseconds of CPU
ROUNDS = 7
SOURCES = 300


def lay_down(topics: int, sessions: int) -> int:
    """A branch with its tree, its materials and ten years of sessions; its id."""
    from tests import make
    from youju.records.models import Session, SessionFacet, SessionKind, Source, Studied
    from youju.study.models import Placement, Topic

    branch, at = make.unit(name="青禾县供销社机关党支部"), make.START
    made: list[Topic] = []
    for number in range(topics):
        parent = made[(number - 8) // 4] if number >= 8 else None
        made.append(Topic(ledger=branch, parent=parent, title=f"专题{number}", position=number, entered_at=at))
        made[-1].save()
    sources = Source.objects.bulk_create(
        Source(ledger=branch, number=f"2017-学材-{n}", title=f"读本{n}", kind="book", entered_at=at)
        for n in range(SOURCES)
    )
    Placement.objects.bulk_create(
        Placement(topic=made[n * 7 % topics], source=source) for n, source in enumerate(sources)
    )
    first, span = date(YEARS[0], 1, 3), (TODAY - date(YEARS[0], 1, 3)).days
    held = []
    for number in range(sessions):
        day = first + timedelta(days=number * span // sessions)
        held.append(Session(
            ledger=branch, unit=branch, number=f"{day.year}-学习-{number}", status="held", title=f"第{number}次学习",
            held_on=day, starts_at=make.moment(day), for_year=day.year, entered_at=make.moment(day, 20),
        ))  # fmt: skip
    Session.objects.bulk_create(held)
    kinds = ("group_study", "seminar", "theme_day")
    SessionKind.objects.bulk_create(
        SessionKind(session=one, kind=kinds[n % 3], position=0) for n, one in enumerate(held)
    )
    SessionFacet.objects.bulk_create(
        SessionFacet(session=one, facet="topic", value=f"专题{(n * 13 + more) % topics}", position=more)
        for n, one in enumerate(held)
        for more in range(2)
    )
    Studied.objects.bulk_create(
        Studied(session=one, position=0, source=sources[n % SOURCES], title="读本") for n, one in enumerate(held)
    )
    return branch.pk


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--topics", type=int, default=500)
    parser.add_argument("--sessions", type=int, default=1200)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="youju-bench-") as folder:
        settle(Path(folder), TODAY)
        from django.test import Client

        from tests import make
        from youju.figures.study_map import study_map
        from youju.people.models import Unit
        from youju.people.roles.rules import Role

        branch = Unit.objects.get(pk=lay_down(args.topics, args.sessions))
        client = Client()
        client.force_login(make.user("党务员", unit=branch, role=Role.CLERK))

        def asked() -> int:
            found = study_map(branch, YEARS, as_of=TODAY)
            return sum(bool(found.cell(node.id, year).touches) for node in found.tree.nodes for year in YEARS)

        def page() -> None:
            assert client.get("/study/map/?years=10").status_code == 200

        touched, question, drawn = asked(), middle_cpu(asked, rounds=ROUNDS), middle_cpu(page, rounds=ROUNDS)
        print(f"{args.topics} 个专题、{len(YEARS)} 年、{args.sessions} 次学习，{touched} 格学过")
        print(f"问一次地图：{question:.1f} 毫秒 CPU（目标 {GOAL:.0f}）")
        print(f"十年的地图页：{drawn:.1f} 毫秒 CPU")
        sys.exit(0 if question <= GOAL else 1)


if __name__ == "__main__":
    main()

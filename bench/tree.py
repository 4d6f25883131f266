"""总览 over 100,000 units in five levels with 6,000,000 records: what a page and a stale unit cost, and what writers pay.

python3 run.py bench tree [--branches 91579] [--each 65]

With YOUJU_BENCH_DATABASE_URL the same on that PostgreSQL, in a database of its own that is dropped afterwards.

Units, members, records and unit-years are laid down in bulk: through the actions of a clerk six million records would
take days. Branches that were laid down alike have like scores, so the scores of a few are computed by the product from
the ledger, stored by the product, and copied to those alike with their own path; a sample drawn at random is then
compared with its standings. CPU is that of this process, and on PostgreSQL that of its server process beside it.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from _settled import settle

ROOT = Path(__file__).resolve().parent.parent
TODAY = date(2026, 11, 20)
YEAR = TODAY.year
LEVELS = (1, 20, 400, 8000)  # committees; the branches come below
FORMS = 40  # ways in which branches keep their ledgers
MEMBERS = 4
GOALS = {"root": 100.0, "worst": 100.0, "subtree": 50.0, "stale": 2.0}  # CPU milliseconds
ROUNDS = 7
TITLES = ("secretary", "organisation", "publicity")
DAYS = 330  # of the year in which something was recorded
START = datetime(2015, 1, 1, tzinfo=UTC)


@contextmanager
def bulk() -> Iterator[None]:
    """While laying down nothing need survive a power cut."""
    from django.db import connection, transaction

    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=OFF")
            cursor.execute("PRAGMA foreign_keys=OFF")
        else:
            cursor.execute("SET synchronous_commit=off")
        with transaction.atomic():
            yield
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA synchronous=FULL")
            cursor.execute("PRAGMA foreign_keys=ON")
            cursor.execute("ANALYZE")
        else:
            cursor.execute("SET synchronous_commit=on")
            cursor.execute("VACUUM ANALYZE")


def pour(table: Any, columns: list[str], rows: Iterator[tuple[Any, ...]]) -> int:
    """Rows into a table, as fast as its database takes them."""
    from django.db import connection

    name, count = table._meta.db_table, 0
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            statement = f"INSERT INTO {name} ({','.join(columns)}) VALUES ({','.join('?' * len(columns))})"
            counted = 0

            def each() -> Iterator[tuple[Any, ...]]:
                nonlocal counted
                for row in rows:
                    counted += 1
                    yield row

            connection.connection.executemany(statement, each())
            count = counted
        else:
            with cursor.copy(f"COPY {name} ({','.join(columns)}) FROM STDIN") as copy:
                for row in rows:
                    copy.write_row(row)
                    count += 1
            cursor.execute(f"SELECT setval(pg_get_serial_sequence('{name}','id'), (SELECT max(id) FROM {name}))")
    return count


class Tree:
    """The units: a committee has twenty below it, three times over; branches are dealt out to the lowest ones."""

    def __init__(self, branches: int) -> None:
        self.rows: list[tuple[int, int | None, str, str]] = []
        self.parent_of: dict[str, int] = {}
        level = [("0001", None)]
        for deep, many in enumerate((1, 20, 20, 20)):
            if deep:
                level = [(f"{path}{n:04d}", path) for path, _ in level for n in range(1, many + 1)]
            for path, above in level:
                self._add("committee", path, above)
        lowest = [path for path, _ in level]
        for n in range(branches):
            self._add("branch", f"{lowest[n % len(lowest)]}{n // len(lowest) + 1:04d}", lowest[n % len(lowest)])
        self.branches = [(pk, path) for pk, _, kind, path in self.rows if kind == "branch"]

    def some(self, start: int, many: int) -> list[int]:
        return [self.branches[(start + n) % len(self.branches)][0] for n in range(many)]

    def _add(self, kind: str, path: str, above: str | None) -> None:
        pk = len(self.rows) + 1
        self.parent_of[path] = pk
        self.rows.append((pk, self.parent_of[above] if above else None, kind, path))


def form_of(branch: int) -> int:
    return branch % FORMS


def days_of(form: int, each: int) -> list[tuple[date, str]]:
    """What a branch of this form recorded, the same for all of its form; some are diligent and some are not."""
    drawn = random.Random(form)
    gaps = {month for month in range(1, 11) if drawn.random() < 0.02 * (form % 7)}
    found = []
    for month in range(1, 12):
        if month in gaps:
            continue
        kinds = ["theme_day", "committee_meeting"] + (["party_meeting", "party_lecture"] if month % 3 == 0 else [])
        found += [(date(YEAR, month, drawn.randint(1, 19)), kind) for kind in kinds]
    while len(found) < each:
        found.append((date.fromordinal(date(YEAR, 1, 1).toordinal() + drawn.randrange(DAYS - 12)), "group_study"))
    return sorted(found[:each])


def lay_down(tree: Tree, each: int) -> int:
    from youju.people.models import Member, Membership, Post, Unit, UnitYear
    from youju.records.models import Session, SessionKind

    plain = {form: days_of(form, each) for form in range(FORMS)}
    with bulk():
        columns = ["id", "parent_id", "kind", "name", "short_name", "code", "path", "opened_on", "children_made"]
        pour(
            Unit, columns,
            iter([(pk, up, kind, f"组织{pk}", f"组织{pk}", f"C{pk}", path, date(2015, 1, 1), 9000) for pk, up, kind, path in tree.rows]),
        )  # fmt: skip
        people = [(b * MEMBERS + n + 1, pk, n) for b, (pk, _) in enumerate(tree.branches) for n in range(MEMBERS)]
        since = {"since": date(2015, 1, 1)}
        belongs = [{"id": m, "member_id": m, "unit_id": pk, "standing": "formal"} | since for m, pk, _ in people]
        holds = [{"id": m, "member_id": m, "unit_id": pk, "title": TITLES[n]} | since for m, pk, n in people if n < 3]
        years = [{"unit_id": pk, "year": YEAR, "version": each, "followed": 0} for pk, _ in tree.branches]
        pour(Member, *_rows(Member, [{"id": m, "name": f"党员{m}", "rank": n} for m, _, n in people]))
        pour(Membership, *_rows(Membership, belongs))
        pour(Post, *_rows(Post, holds))
        pour(UnitYear, *_rows(UnitYear, years))
        serial = iter(range(1, 10**9))
        columns, (sample,) = _rows(Session, [_session(1, 1, date(YEAR, 1, 1), 1)])
        rest = sample[len(_session(1, 1, date(YEAR, 1, 1), 1)) :]
        records = pour(
            Session, columns,
            (
                (*_session(next(serial), pk, day, n).values(), *rest)
                for b, (pk, _) in enumerate(tree.branches)
                for n, (day, _) in enumerate(plain[form_of(b)])
            ),
        )  # fmt: skip
        pour(
            SessionKind, ["session_id", "kind", "position"],
            (
                (at + 1, kind, 0)
                for at, kind in enumerate(kind for b in range(len(tree.branches)) for _, kind in plain[form_of(b)])
            ),
        )  # fmt: skip
    return records


def _rows(table: Any, rows: list[dict[str, Any]]) -> tuple[list[str], Iterator[tuple[Any, ...]]]:
    """With what the table wants beside, as its defaults say."""
    more = {}
    for field in table._meta.concrete_fields:
        if field.attname not in rows[0] and not field.null and not field.primary_key:
            more[field.attname] = (
                field.get_default() if field.has_default() else "" if field.empty_strings_allowed else 0
            )
    columns = [*rows[0], *more]
    return columns, (tuple(row.values()) + tuple(more.values()) for row in rows)


def _session(pk: int, unit: int, day: date, n: int) -> dict[str, Any]:
    moment = datetime(day.year, day.month, day.day, 7, tzinfo=UTC)
    return {
        "id": pk, "ledger_id": unit, "unit_id": unit, "number": f"{YEAR}-{n}", "status": "held", "title": "会",
        "held_on": day, "starts_at": moment, "for_year": YEAR, "place": "", "outcome": "", "transcribed_from": "",
        "entered_at": moment, "revision": 1,
    }  # fmt: skip


def fill_scores(tree: Tree) -> float:
    """The product computes and stores one branch of each form; the others get its row with their own path.

    The totals are those of the product's own sums. Returns CPU milliseconds of one unit, the least of some batches of 100.
    """
    from youju.duties.models import ScoreTotal, UnitScore
    from youju.duties.scores.actions import follow, refresh
    from youju.duties.scores.computing import computed
    from youju.duties.scores.packing import packed_tally
    from youju.duties.scores.queries import as_score
    from youju.duties.scores.values import Tally
    from youju.duties.scores.words import packs
    from youju.people.models import UnitYear
    from youju.people.units.values import ancestors

    computed(tree.some(1900, 100), YEAR)
    found = []
    for n in range(ROUNDS):
        batch = tree.some(2000 + 100 * n, 100)
        began = cpu()
        refresh(unit_ids=batch, year=YEAR)
        found.append((cpu() - began) / len(batch))
    one = min(found)
    refresh(unit_ids=[pk for pk, _ in tree.branches[:FORMS]], year=YEAR)
    models = [UnitScore.objects.get(unit_id=pk, year=YEAR) for pk, _ in tree.branches[:FORMS]]
    UnitScore.objects.all().delete()
    ScoreTotal.objects.all().delete()
    tallies: dict[str, Tally] = {}
    forms: dict[str, dict[int, int]] = {}
    for b, (_, path) in enumerate(tree.branches):
        for over in ("", *ancestors(path)[:-1]):
            forms.setdefault(over, {}).setdefault(form_of(b), 0)
            forms[over][form_of(b)] += 1
    for over, counts in forms.items():
        tallies[over] = Tally()
        for form, many in counts.items():
            tallies[over].add(as_score(models[form]), many)
    fields = [f.attname for f in UnitScore._meta.concrete_fields if f.attname != "id"]
    with bulk():
        pour(
            UnitScore, fields,
            (
                tuple({"unit_id": pk, "path": path}.get(name, getattr(models[form_of(b)], name)) for name in fields)
                for b, (pk, path) in enumerate(tree.branches)
            ),
        )  # fmt: skip
        tops = [{"path": p, "year": YEAR, "body": packed_tally(t, YEAR), "packs": packs()} for p, t in tallies.items()]
        pour(ScoreTotal, *_rows(ScoreTotal, tops))
        UnitYear.objects.update(followed=models[0].version)  # bench only: as the follower would leave it
    assert follow(year=YEAR) == 0, "something is still stale"
    return one


def check_sample(tree: Tree, many: int) -> int:
    """Scores of branches drawn at random beside their standings; how many were alike."""
    from youju.duties.queries import standings_many
    from youju.duties.scores.queries import stored_scores
    from youju.duties.values import Status
    from youju.people.models import Unit

    drawn = random.Random(1).sample([pk for pk, _ in tree.branches], many)
    scores = stored_scores(drawn, YEAR)
    alike = 0
    for pk, standings in standings_many(Unit.objects.filter(pk__in=drawn), (YEAR,), on=TODAY).items():
        late = sum(s.status is Status.LATE and not s.due.state for s in standings)
        done = sum(s.status is Status.DONE and not s.due.state for s in standings)
        alike += (late, done) == (len(scores[pk].late(TODAY)), scores[pk].done)
    return alike


# -- measuring ---------------------------------------------------------------------------------------------------------

_TICK = os.sysconf("SC_CLK_TCK")


def cpu() -> float:
    """CPU milliseconds of this process, and of its server process where there is one on this machine."""
    from django.db import connection

    own = time.process_time() * 1000
    if connection.vendor != "postgresql":
        return own
    try:
        stat = Path(f"/proc/{connection.connection.info.backend_pid}/schedstat").read_text().split()
        return own + int(stat[0]) / 1e6
    except (OSError, AttributeError, IndexError):
        return own


def least(ask: Callable[[], object]) -> float:
    """The least CPU of some rounds: what is above it is other people's work."""
    ask()
    found = []
    for _ in range(ROUNDS):
        began = cpu()
        ask()
        found.append(cpu() - began)
    return min(found)


def bare(path: str, width: int) -> float:
    """The bare aggregate over the score rows, group by child: what no page could be quicker than without totals."""
    from django.db import connection

    from youju.people.units.values import after_subtree

    statement = (
        "SELECT substr(path,1,%s), count(*), sum(due), sum(done), sum(CASE WHEN overdue_from <= %s THEN 1 ELSE 0 END)"
        " FROM duties_unitscore WHERE year = %s AND path >= %s AND path < %s GROUP BY 1"
    )

    def ask() -> object:
        with connection.cursor() as cursor:
            cursor.execute(statement, [width, TODAY, YEAR, path, after_subtree(path)])
            return cursor.fetchall()

    return least(ask)


def verdict(name: str, found: float, goal: float, beside: float | None = None) -> None:
    ratio = f"；是裸聚合 {beside:.1f} ms 的 {found / beside:.2f} 倍" if beside else ""
    print(f"{name}：CPU {found:.2f} ms，目标 {goal:g} ms，{'达到' if found <= goal else '未达到'}{ratio}", flush=True)


def pages(tree: Tree) -> None:
    from youju.duties.scores.queries import view
    from youju.people.models import Unit
    from youju.people.units.actions import bump_all
    from youju.web.overview.pages import Filters, overview_page

    def page(path: str, **filters: Any) -> Callable[[], object]:
        unit = Unit.objects.get(path=path)
        return lambda: overview_page(unit, top="0001", on=TODAY, filters=Filters(YEAR, **filters))

    root = page("0001")
    verdict("根（下级、合计、落后最久的50个，全部）", least(root), GOALS["root"], bare("0001", 8))
    verdict(
        "根，某一事项、某一月、只看逾期", least(page("0001", month=10, matter="theme_day", late=True)), GOALS["root"]
    )
    top = Unit.objects.get(path="0001")
    verdict("落后最久的50个", least(lambda: view(top, YEAR).worst(TODAY, 50)), GOALS["worst"])
    for path, name in (
        ("00010003", "5%的子树"),
        ("000100030007", "千分之二的子树"),
        ("0001000300070011", "最下一级党委"),
    ):
        verdict(name, least(page(path)), GOALS["subtree"], bare(path, len(path) + 4))
    clean = least(root)
    some = tree.some(5000, 100)
    bump_all(unit_ids=set(some), years={YEAR})
    verdict("每多一个过时的支部（100个）", (least(root) - clean) / len(some), GOALS["stale"])
    more = set(tree.some(5100, 200))
    bump_all(unit_ids=more, years={YEAR})
    shown = root()
    print(f"300个过时：更新中：{shown.seen.updating}个组织，{least(root):.1f} ms", flush=True)  # type: ignore[attr-defined]
    from youju.duties.scores.actions import follow

    began = cpu()
    done = follow(year=YEAR)
    print(f"后台补上 {done} 个：每个 {(cpu() - began) / max(1, done):.2f} ms", flush=True)


def writers(tree: Tree, seconds: float) -> None:
    """Records a second by four writers on branches of their own, the version bumped in the same transaction."""
    from youju.duties.scores.actions import follow

    without = _write(tree, seconds, None)

    def keep_up(stop: float) -> None:
        while time.perf_counter() < stop:
            follow(year=YEAR, most=100)
            time.sleep(0.05)

    beside = _write(tree, seconds, keep_up)
    print(
        f"写记录（版本号一起改）：{without:.0f} 次/秒；后台同时在补：{beside:.0f} 次/秒（{beside / without:.0%}）",
        flush=True,
    )


def _write(tree: Tree, seconds: float, follower: Callable[[float], None] | None) -> float:
    from django.db import connection, transaction

    from youju.people.units.actions import bump
    from youju.records.models import Session

    stop = time.perf_counter() + seconds
    counts: list[int] = []
    columns = [f.attname for f in Session._meta.concrete_fields]

    def write(lane: int) -> None:
        done = 0
        first = int(time.time() * 1000) % 10**8
        while time.perf_counter() < stop:
            (pk,) = tree.some(lane * 9000 + done % 3000, 1)
            row = _session(0, pk, date(YEAR, 11, 10), first * 100 + lane * 10**7 + done)
            row.pop("id")
            with transaction.atomic():
                Session.objects.create(**{name: value for name, value in row.items() if name in columns})
                bump(unit_id=pk, years={YEAR})
            done += 1
        counts.append(done)
        connection.close()

    threads = [threading.Thread(target=write, args=(lane,)) for lane in range(4)]
    if follower:
        threads.append(threading.Thread(target=lambda: (follower(stop), connection.close())))
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sum(counts) / seconds


def main() -> int:
    parser = argparse.ArgumentParser()
    parser.add_argument("--branches", type=int, default=100_000 - sum(LEVELS))
    parser.add_argument("--each", type=int, default=66)
    parser.add_argument("--seconds", type=float, default=8.0)
    args = parser.parse_args()
    sys.path.insert(0, str(ROOT))
    from bench.signin import own_database

    with own_database(os.environ.get("YOUJU_BENCH_DATABASE_URL")) as url:
        folder = Path(tempfile.mkdtemp(prefix="youju-bench-"))
        try:
            settle(folder, TODAY, url)
            from django.db import connection

            tree = Tree(args.branches)
            began = time.perf_counter()
            records = lay_down(tree, args.each)
            spent = time.perf_counter() - began
            print(f"{connection.vendor}：{len(tree.rows)} 个组织，{records} 条记录，铺数据 {spent:.0f} 秒", flush=True)
            one = fill_scores(tree)
            verdict("算一个支部并存下（一批100个）", one, GOALS["stale"])
            sample = min(300, args.branches)
            print(f"抽查 {sample} 个支部：{check_sample(tree, sample)} 个与逐项判断一致", flush=True)
            pages(tree)
            writers(tree, args.seconds)
            connection.close()
        finally:
            shutil.rmtree(folder, ignore_errors=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())

"""Is everything whole? Seals, revisions, files, the library, each record against its newest revision, scores against a rebuild."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from youju.duties.plans import queries as plans
from youju.duties.scores.checking import differing
from youju.journal import queries as journal
from youju.journal.values import Kept
from youju.library.documents import checking as library
from youju.library.passages import checking as passages
from youju.library.search import checking as search
from youju.people.listed import Listed
from youju.records.activities import queries as activities
from youju.records.campaigns import queries as campaigns
from youju.records.fees import queries as fees
from youju.records.followups import queries as tasks
from youju.records.lists import queries as lists
from youju.records.models import (
    Campaign,
    Coverage,
    ListItem,
    Problem,
    Project,
    Publication,
    Request,
    Session,
    Subject,
    Task,
)
from youju.records.problems import queries as problems
from youju.records.projects import queries as projects
from youju.records.publicity import queries as publicity
from youju.records.registers import queries as registers
from youju.records.requests import queries as requests
from youju.records.sources import queries as sources
from youju.records.submissions import queries as submissions
from youju.records.visits import queries as visits
from youju.reports.drafts import queries as drafts
from youju.store import queries as store
from youju.study.contests import queries as contests
from youju.study.curriculum import queries as curriculum
from youju.study.deliveries import queries as deliveries
from youju.study.points import queries as points
from youju.study.questions import queries as questions
from youju.study.selftests import queries as selftests
from youju.study.spotchecks import queries as spotchecks
from youju.study.units import queries as units
from youju.study.uses import queries as uses


@dataclass(frozen=True)
class Fault:
    """Something that is not as it was written down."""

    where: str
    sentence: str


def faults() -> list[Fault]:
    """Every fault found; empty when all is whole. Reads everything, changes nothing."""
    found = [Fault("封存", broken.sentence) for broken in journal.breaks()]
    found += [Fault("文件", f"文件 {row.sha256[:8]} 丢失或已损坏。") for row in store.damaged()]
    found += [Fault("文件", f"文件 {row.sha256[:8]} 已登记清除，内容却还在。") for row in store.left_behind()]
    found += list(_sessions())
    found += list(_problems())
    found += list(_tasks())
    found += list(_projects())
    found += list(_campaigns())
    found += list(_lists())
    found += [Fault("素材库", sentence) for sentence in library.torn()]
    found += [Fault("学习材料", sentence) for sentence in sources.torn()]
    found += [Fault("题库", sentence) for sentence in questions.torn()]
    found += [Fault("学习体系", sentence) for sentence in curriculum.torn()]
    found += [Fault("自测", sentence) for sentence in selftests.torn()]
    found += [Fault("知识竞赛", sentence) for sentence in contests.torn()]
    found += list(_subjects())
    found += list(_fees())
    found += list(_requests())
    found += list(_coverage())
    found += list(_publications())
    found += [Fault("自学抽查", sentence) for sentence in spotchecks.torn()]
    found += [Fault("学习安排", sentence) for sentence in units.torn()]
    found += [Fault("学习重点", sentence) for sentence in points.torn()]
    found += [Fault("学以致用", sentence) for sentence in uses.torn()]
    found += [Fault("送学上门", sentence) for sentence in deliveries.torn()]
    found += [Fault("年度计划", sentence) for sentence in plans.torn()]
    found += [Fault("报送", sentence) for sentence in submissions.torn()]
    found += [Fault("述职报告", sentence) for sentence in drafts.torn()]
    found += [Fault("办理情况", sentence) for sentence in differing()]
    found += [Fault("检索", sentence) for sentence in search.differing()]
    found += [Fault("相似", sentence) for sentence in passages.differing()]
    return found


def _sessions() -> Iterator[Fault]:
    """A record changed behind the actions' back no longer reads like its newest revision."""
    kept = journal.newest(room="records", noun="session")
    for session in activities.with_parts(Session.objects.order_by("pk")).iterator(chunk_size=500):
        written = kept.pop(session.pk, None)
        if written is None:
            yield Fault("台账", f"{session.number} 没有修订记录。")
        elif written.number != session.revision or written.unlike(*activities.body_of(session)):
            yield Fault("台账", f"{session.number} 与最后一次修订不一致。")
    yield from (
        Fault("台账", f"{written.body.get('number', '一条记录')} 只剩下修订记录。") for written in kept.values()
    )


def _tasks() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="task")
    for task in Task.objects.select_related("session").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(task.pk, None)
        if written is None:
            yield Fault("落实事项", f"{task.session.number} 的一项落实事项没有修订记录。")
        elif written.number != task.revision or written.unlike(*tasks.body_of(task)):
            yield Fault("落实事项", f"{task.session.number} 的一项落实事项与最后一次修订不一致。")
    yield from (Fault("落实事项", "一项落实事项只剩下修订记录。") for _ in kept)


def _problems() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="problem")
    for problem in Problem.objects.prefetch_related("measures__file").order_by("pk").iterator(chunk_size=500):
        written = kept.pop(problem.pk, None)
        if written is None:
            yield Fault("问题", f"{problem.number} 没有修订记录。")
        elif written.number != problem.revision or written.unlike(*problems.body_of(problem)):
            yield Fault("问题", f"{problem.number} 与最后一次修订不一致。")
    yield from (
        Fault("问题", f"{written.body.get('number', '一个问题')} 只剩下修订记录。") for written in kept.values()
    )


def _projects() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="project")
    rows = Project.objects.prefetch_related("aims", "milestones__file", "links__aim", "materials__file")
    for project in rows.order_by("pk").iterator(chunk_size=500):
        yield from _unlike(
            "项目", project.number, project.revision, kept.pop(project.pk, None), projects.body_of(project)
        )
    yield from (Fault("项目", "一个项目只剩下修订记录。") for _ in kept)


def _fees() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="fee_month")
    for row in fees.all_sheets():
        yield from _unlike("党费登记", str(row), row.revision, kept.pop(row.pk, None), fees.body_of(row))
    yield from (Fault("党费登记", "一个月的党费登记只剩下修订记录。") for _ in kept)


def _campaigns() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="campaign")
    for row in Campaign.objects.prefetch_related("tasks__file", "tagged").order_by("pk").iterator(chunk_size=500):
        yield from _unlike("专项活动", row.number, row.revision, kept.pop(row.pk, None), campaigns.body_of(row))
    yield from (Fault("专项活动", "一项专项活动只剩下修订记录。") for _ in kept)


def _lists() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="item")
    for row in lists.whole(ListItem.objects.order_by("pk")).iterator(chunk_size=500):
        yield from _unlike("清单", row.number, row.revision, kept.pop(row.pk, None), lists.body_of(row))
    yield from (Fault("清单", "一项清单事项只剩下修订记录。") for _ in kept)


def _unlike(
    where: str, number: str, revision: int, written: Kept | None, now: tuple[Mapping[str, Any], Mapping[str, str]]
) -> Iterator[Fault]:
    if written is None:
        yield Fault(where, f"{number} 没有修订记录。")
    elif written.number != revision or written.unlike(*now):
        yield Fault(where, f"{number} 与最后一次修订不一致。")


def _subjects() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="subject")
    for row in Subject.objects.order_by("pk").iterator(chunk_size=500):
        yield from _unlike("名册", row.code, row.revision, kept.pop(row.pk, None), registers.body_of(row))
    yield from (Fault("名册", "名册里的一个对象只剩下修订记录。") for _ in kept)


def _requests() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="request")
    for row in Request.objects.order_by("pk").iterator(chunk_size=500):
        yield from _unlike("诉求", row.number, row.revision, kept.pop(row.pk, None), requests.body_of(row))
    yield from (Fault("诉求", "一件诉求只剩下修订记录。") for _ in kept)


def _publications() -> Iterator[Fault]:
    kept = journal.newest(room="records", noun="publication")
    for row in Publication.objects.prefetch_related("told", "files__file").order_by("pk").iterator(chunk_size=500):
        yield from _unlike("宣传", row.number, row.revision, kept.pop(row.pk, None), publicity.body_of(row))
    yield from (Fault("宣传", "一份宣传材料只剩下修订记录。") for _ in kept)


def _coverage() -> Iterator[Fault]:
    """Whom a session reached; a session that never said so has no revision of it."""
    kept = journal.newest(room="records", noun="coverage")
    said = set(Coverage.objects.values_list("session_id", flat=True)) | kept.keys()
    for session in Session.objects.filter(pk__in=Listed(said)).order_by("pk").iterator(chunk_size=500):
        written = kept.pop(session.pk, None)
        if written is None:
            yield Fault("走访", f"{session.number} 走到的对象没有修订记录。")
        elif written.unlike(*visits.body_of(session)):
            yield Fault("走访", f"{session.number} 走到的对象与最后一次修订不一致。")
    yield from (Fault("走访", "一次走访只剩下修订记录。") for _ in kept)

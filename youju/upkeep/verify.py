"""Is everything whole? Seals, revisions, files, each record against its newest revision, scores against a rebuild."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from youju.duties.plans import queries as plans
from youju.duties.scores.checking import differing
from youju.journal import queries as journal
from youju.records.activities import queries as activities
from youju.records.followups import queries as tasks
from youju.records.models import Problem, Session, Task
from youju.records.problems import queries as problems
from youju.records.submissions import queries as submissions
from youju.reports.drafts import queries as drafts
from youju.store import queries as store


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
    found += [Fault("年度计划", sentence) for sentence in plans.torn()]
    found += [Fault("报送", sentence) for sentence in submissions.torn()]
    found += [Fault("述职报告", sentence) for sentence in drafts.torn()]
    found += [Fault("办理情况", sentence) for sentence in differing()]
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

"""Small words of telling: choosing examples, quoting titles, putting a problem into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from youju.records.models import Problem, Project
from youju.records.problems.values import Source
from youju.study.models import Use

T = TypeVar("T")
MOST_RECORDS = 6  # of one project, named in a sentence


def even_spread(items: Sequence[T], most: int) -> list[T]:
    """At most ``most`` items, spread over the whole: a report that tells only January is not a year's report."""
    if len(items) <= most:
        return list(items)
    step = len(items) / most
    return [items[int(i * step + step / 2)] for i in range(most)]


def quoted(text: str) -> str:
    """A title as it stands in a sentence: in quotation marks unless it brings its own (《…》)."""
    text = text.strip().rstrip("。；;，,")
    if text.startswith("《") and text.endswith("》"):
        return text
    return f"“{text.replace('“', '‘').replace('”', '’')}”"


def fill(pattern: str, words: Mapping[str, str]) -> str:
    """The pattern with its slots filled. Slots it does not know stay, and a record's own braces are never read as slots."""
    parts = []
    at = 0
    while True:
        start = pattern.find("{", at)
        end = pattern.find("}", start)
        if start < 0 or end < 0:
            parts.append(pattern[at:])
            return "".join(parts)
        name = pattern[start + 1 : end]
        parts.append(pattern[at:start])
        parts.append(words.get(name, pattern[start : end + 1]))
        at = end + 1


def without_list(pattern: str) -> str:
    """The pattern without the clause that would list records which are not there: the count stands alone."""
    clauses = [clause for clause in pattern.rstrip("。").split("，") if "{list}" not in clause]
    return "，".join(clauses) + "。" if clauses else ""


def problem_words(problem: Problem, *, as_of: date, ahead: bool) -> dict[str, str]:
    """What can be said of a problem; what is missing is said to be missing."""
    measures = [m for m in problem.measures.all() if not ahead or m.done_on is None or m.done_on > as_of]
    done = [m for m in problem.measures.all() if m.proof and m.done_on and m.done_on <= as_of]
    owners = list(dict.fromkeys(m.owner.name for m in measures if m.owner))
    dates = [m.due_on for m in measures if m.due_on and m.due_on > as_of]
    return {
        "found": f"{problem.found_on.month}月",
        "source": Source(problem.source).zh,
        "title": _clean(problem.title),
        "cause": _clean(problem.cause) or "〔缺：原因〕",
        "measures": "，".join(_clean(m.text) for m in measures) or "〔缺：整改措施〕",
        "proofs": "；".join(_clean(m.proof) for m in done) or "〔缺：落实情况〕",
        "owner": "、".join(owners) or "〔缺：责任人〕",
        "due": f"，{max(dates).year}年{max(dates).month}月底前完成" if dates else "",
    }


def project_done(project: Project, day: date) -> bool:
    return project.done_on is not None and project.done_on <= day


def project_records(project: Project, day: date) -> list[tuple[int, str, str]]:
    """The records a project rests on as things stood on a day, in few: (id, number, title)."""
    held = [link.session for link in project.links.all() if link.session.held_on <= day]
    return [(one.pk, one.number, one.title) for one in even_spread(held, MOST_RECORDS)]


def project_words(project: Project, *, as_of: date) -> dict[str, str]:
    """What can be said of a project as things stood on a day; what is missing is said to be missing."""
    steps = list(project.milestones.all())
    reached = [step for step in steps if step.done_on and step.done_on <= as_of]
    waiting = [step for step in steps if step not in reached]
    progress = "；".join(f"{_clean(step.text)}已完成，{_clean(step.proof)}" for step in reached)
    to_do = "，".join(_clean(step.text) for step in waiting)
    ending = [progress, f"尚待完成的是{to_do}" if to_do else ""]
    return {
        "title": _clean(project.title),
        "kind": project.kind_zh,
        "goal": _clean(project.goal),
        "business": _clean(project.business) or "〔缺：业务结合点〕",
        "owner": project.owner.name if project.owner else "〔缺：责任人〕",
        "since": f"{project.since.year}年{project.since.month}月",
        "until": f"{project.until.year}年{project.until.month}月" if project.until else "〔缺：完成时限〕",
        "aims": "，".join(aim.name for aim in project.aims.all()) or "〔缺：分目标〕",
        "progress": "。".join(part for part in ending if part) or "〔缺：节点〕",
        "outcome": _clean(project.outcome) if project_done(project, as_of) else "〔缺：成效〕",
    }


def use_words(use: Use) -> dict[str, str]:
    """What can be said of a material that was put to use."""
    if use.project:
        work = f"{use.project.kind_zh}{quoted(use.project.title)}"
    elif use.problem:
        work = f"{quoted(use.problem.title)}的整改"
    else:
        work = quoted(use.session.head_title if use.session else "")
    return {"studied": use.studied, "work": work, "outcome": _clean(use.outcome)}


def texts_of(problem: Problem) -> tuple[str, ...]:
    """The words by which it is known what a problem is about."""
    return problem.title, problem.cause, *(measure.text for measure in problem.measures.all())


def _clean(text: str) -> str:
    return text.strip().rstrip("。；;，,")

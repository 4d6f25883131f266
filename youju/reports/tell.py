"""Small words of telling: choosing examples, quoting titles, putting a problem into words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import TypeVar

from youju.records.models import Problem
from youju.records.problems.values import Source

T = TypeVar("T")


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


def texts_of(problem: Problem) -> tuple[str, ...]:
    """The words by which it is known what a problem is about."""
    return problem.title, problem.cause, *(measure.text for measure in problem.measures.all())


def _clean(text: str) -> str:
    return text.strip().rstrip("。；;，,")

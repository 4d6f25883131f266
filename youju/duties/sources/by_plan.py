"""What a unit's own plan makes it owe beyond the rules, once a meeting has adopted it (docs/decisions/plans-and-rules.md)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from youju.duties import rules
from youju.duties.asking import Asked
from youju.duties.plans.rules import settled_by_closing
from youju.duties.plans.values import Line
from youju.duties.replies.queries import records_in
from youju.duties.replies.values import Reply
from youju.duties.sources import by_rule
from youju.duties.values import Around, Due, Standing, Status
from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.prose.vocabulary import KINDS


def standings(asked: Asked) -> dict[int, list[Standing]]:
    """Dues of plan lines that no rule asks already."""
    lines = asked.lines
    laid = {place: by_rule.laid(asked, *place) for place in lines}
    keys = {due.key for one in laid.values() for due in one.beyond if due.verb == "answer_plan"}
    replies = records_in({unit_id for unit_id, _ in lines}, keys) if keys else {}
    found: defaultdict[int, list[Standing]] = defaultdict(list)
    for (unit_id, year), one in laid.items():
        by_id = {str(line.id): line for line in lines[unit_id, year]}
        for due in one.beyond:
            found[unit_id].append(_standing(asked, due, by_id[due.source_id], replies.get((unit_id, due.key), ())))
    return found


def _standing(asked: Asked, due: Due, line: Line, replies: tuple[Reply, ...]) -> Standing:
    if line.figure:
        answer = figures.answer(FIGURES[line.figure], asked.materials[due.unit_id], due.period, asked.on)
        around = Around(
            planned=asked.planned.get(due.unit_id, ()), ledger_since=asked.since.get(due.unit_id), told=asked.told
        )
        return rules.judge(due, answer, asked.on, around)
    if line.problem is not None:
        done = settled_by_closing(line.problem, line.year, asked.on)
        sentence = f"{line.problem.number}已销号" if done else f"{line.problem.number}还没有销号"
        day = line.problem.closed_on if done else None
        initial = {"problem": line.problem.number, "unit": str(due.unit_id)}
        return _plain(asked, due, done=done, day=day, sentence=sentence, initial=initial)
    heard = [reply for reply in replies if reply.held_on <= asked.on]
    names = "、".join(dict.fromkeys(KINDS[reply.kinds[0]].zh for reply in heard if reply.kinds))
    return _plain(
        asked, due, done=bool(heard), day=heard[0].held_on if heard else None,
        sentence=f"{names}已记" if heard else "", initial={"host": str(due.unit_id), "title": due.title, "on": min(asked.on, due.owed_by).isoformat()},
    )  # fmt: skip


def _plain(asked: Asked, due: Due, *, done: bool, day: date | None, sentence: str, initial: dict[str, str]) -> Standing:
    """One that counts nothing: done or not by its day."""
    on = asked.on
    late = Status.LATE if on > due.owed_by else Status.NOT_YET if on < due.opens_on else Status.OPEN
    status = Status.DONE if done else late
    return Standing(due=due, on=on, status=status, done=int(done), day=day, sentence=sentence, initial=initial)

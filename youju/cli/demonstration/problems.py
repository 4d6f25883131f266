"""Problems of the demonstration: named at the appraisal or found by the branch, with measures, proofs and closing."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.texts import FIRST_YEAR, Fix, Trouble, branch, troubles
from youju.paper.writing import Paper, Paragraph, write_docx
from youju.records.problems import actions
from youju.records.problems.models import Measure, Problem
from youju.records.problems.values import MeasureDraft, ProblemDraft, Source
from youju.store import actions as store

NOTES = {
    Source.APPRAISAL: "县直机关工委述职评议会点评",
    Source.SELF: "支部对照年度计划自查",
    Source.INSPECTION: "县直机关工委台账抽查",
}


def schedule(world: World) -> None:
    """For every year: what the appraisal named of the year before, and what the branches found in themselves."""
    for year in range(world.first_year, world.on.year + 1):
        text = troubles()
        for number, trouble in enumerate(text.appraisal[(year - FIRST_YEAR) % len(text.appraisal)]):
            found = days.near(year, 2, 20)
            # The first measure of the present year is the one that is overdue and shows in red.
            hung = number == 0 and year == world.on.year and found + timedelta(days=30) < world.on
            _schedule(world, "home", trouble, Source.APPRAISAL, found=found, of=year - 1, hung=hung)
        for number, trouble in enumerate(text.found[(year - FIRST_YEAR) % len(text.found)]):
            found = days.near(year, 7, 8) if number == 0 else days.near(year, 11, 9)
            _schedule(world, "home", trouble, Source.SELF, found=found, of=year)
        for key in ("library", "station"):
            found_here = branch(key).found
            for trouble in found_here[(year - FIRST_YEAR) % len(found_here)]:
                source = Source.SELF if key == "library" else Source.INSPECTION
                _schedule(
                    world,
                    key,
                    trouble,
                    source,
                    found=days.near(year, 11, 12),
                    of=year,
                    hung=key == "station" and year == world.on.year - 1,
                )


def _schedule(
    world: World, unit: str, trouble: Trouble, source: Source, *, found: date, of: int, hung: bool = False
) -> None:
    """A measure is due in its month of the year after the one the problem speaks of."""
    kept: dict[str, Problem] = {}
    due = [_due(world, fix, of + 1, hung=hung and index == 0) for index, fix in enumerate(trouble.fixes)]

    def name(at: datetime) -> None:
        drafts = tuple(
            MeasureDraft(fix.text, due_on=day, owner_id=world.members[fix.owner].pk)
            for fix, day in zip(trouble.fixes, due, strict=True)
        )
        draft = ProblemDraft(
            title=trouble.title,
            source=source,
            found_on=found,
            for_year=of,
            cause=trouble.cause,
            source_note=trouble.note or NOTES[source],
        )
        kept["problem"] = actions.raise_problem(
            unit=world.units[unit], draft=draft, measures=drafts, by=world.clerks[unit], at=at
        )

    world.at(days.moment(found, 16), name)
    last = days.moment(found, 17)
    for index, fix in enumerate(trouble.fixes):
        if hung and index == 0:
            return
        done = days.near(due[index].year, due[index].month, max(1, due[index].day - 12))
        last = max(last, days.moment(done, 16, 30))
        world.at(last, lambda at, index=index, fix=fix: _finish(world, unit, kept["problem"], index, fix, at))  # type: ignore[misc]
    world.at(last + timedelta(days=3), lambda at: _close(world, unit, kept["problem"], at))


def _due(world: World, fix: Fix, year: int, *, hung: bool) -> date:
    if hung:
        return days.near_before(world.on, 5)
    return days.near(year, fix.month, 28)


def _finish(world: World, unit: str, problem: Problem, index: int, fix: Fix, at: datetime) -> None:
    measure = problem.measures.get(position=index)
    by = world.clerks[unit]
    file = store.keep(data=_account(measure, fix, world.units[unit].name, at.date()), by=by, at=at)
    actions.finish_measure(measure=measure, proof=fix.done, on=at.date(), file=file, by=by, at=at)


def _account(measure: Measure, fix: Fix, unit_name: str, day: date) -> bytes:
    """整改落实情况说明: the paper that proves it, saying what the ledger says."""
    lines = (f"问题：{measure.problem.title}。", f"整改措施：{measure.text}。", f"落实情况：{fix.done}")
    blocks = tuple(Paragraph((line,)) for line in lines)
    return write_docx(Paper(title="整改落实情况说明", blocks=blocks, signed_by=unit_name, signed_on=day))


def _close(world: World, unit: str, problem: Problem, at: datetime) -> None:
    actions.ask_to_close(problem=problem, on=at.date(), by=world.clerks[unit], at=at)
    actions.close_problem(problem=problem, by=world.secretaries[unit], at=at + timedelta(hours=1))

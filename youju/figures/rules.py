"""From material to rows: pure, one small function a row type."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction

from youju.figures.conversion import HOURS
from youju.figures.figure import ENTRIES, Figure, Measure
from youju.figures.values import (
    ActivityFact,
    Answer,
    Attended,
    EntryFact,
    Material,
    PersonFact,
    ProblemFact,
    Row,
    Told,
    rounded,
)
from youju.kit.periods import Period

NO_HOURS = Fraction(0)


@dataclass(frozen=True)
class Asked:
    """One question: the figure, the period, the part of it that has come, and the day it is asked of."""

    figure: Figure
    period: Period
    seen: Period
    as_of: date

    def takes(self, day: date, for_year: int) -> bool:
        """By its day, or by the year it belongs to when whole years are asked.

        组织生活会 of 2026 may be held in February 2027; what lies behind the day of asking never counts.
        """
        if self.by_year:
            return day <= self.as_of and for_year in self.period.years()
        return day in self.seen

    @property
    def by_year(self) -> bool:
        """Whole years are asked of what belongs to a year."""
        if self.figure.dated_by != "for_year":
            return False
        start, end = self.period.start, self.period.end
        return (start.month, start.day, end.month, end.day) == (1, 1, 12, 31)


def answer(figure: Figure, material: Material, period: Period, as_of: date) -> Answer:
    """The figure asked of the material over ``period``, as of a day: what had not happened by then is not counted."""
    seen = period.clipped(as_of)
    if seen is None:
        return Answer(figure, material.unit_id, period, as_of, (), 0)
    rows = tuple(ROWS[figure.of](Asked(figure, period, seen, as_of), material))
    # Where no tree was planted nothing can be said of its topics, whatever was recorded.
    bare = figure.of == "topic" and not material.entries["topic"]
    return Answer(figure, material.unit_id, period, as_of, rows, 0 if bare else material.records_in(seen))


def _activities(asked: Asked, material: Material) -> Sequence[ActivityFact]:
    """Of its years, or of the days that have come; what a secretary taught where only that counts."""
    kinds = asked.figure.kinds
    if asked.by_year:
        facts: Sequence[ActivityFact] = [f for f in material.of_kinds(kinds) if asked.takes(f.held_on, f.for_year)]
    else:
        facts = material.held_in(kinds, asked.seen)
    if asked.figure.where.lecturer == "secretary":
        facts = [fact for fact in facts if fact.by_secretary]
    facets = asked.figure.where.facets
    return [fact for fact in facts if _says(fact, facets, material)] if facets else facts


def _says(fact: ActivityFact, facets: tuple[tuple[str, frozenset[str]], ...], material: Material) -> bool:
    """Whether a session says one of the values of each facet."""
    said = _told(material).facets.get(fact.id, frozenset())
    return all(any((facet, value) in said for value in values) for facet, values in facets)


def _told(material: Material) -> Told:
    if material.told is None:
        raise LookupError("the material was loaded without what sessions say of themselves")
    return material.told


def activity_rows(asked: Asked, material: Material) -> Iterator[Row]:
    wanted = asked.figure.amount
    for fact in _activities(asked, material):
        if wanted == "others":
            yield _activity_row(fact, amount=fact.others, note=f"{fact.others}人")
        elif wanted == "audience":
            guests = _told(material).guests.get(fact.id, 0)
            yield _activity_row(fact, amount=fact.came + guests, note=f"{fact.came}人，来宾和群众{guests}人")
        elif wanted in ("led", "spoke"):
            told = _told(material)
            many = (told.led if wanted == "led" else told.spoke).get(fact.id, 0)
            if many:
                yield _activity_row(fact, amount=many, note=f"{many}人")
        elif wanted == "came":
            yield _activity_row(fact, amount=fact.came, base=fact.expected, note=f"{fact.came}/{fact.expected}人")
        else:
            yield _activity_row(fact, note=came_note(fact.came, fact.expected))


def came_note(came: int, expected: int) -> str:
    """5/6人; nothing where nobody was expected."""
    return f"{came}/{expected}人" if expected else ""


def _activity_row(fact: ActivityFact, *, amount: float = 1, base: float = 1, note: str) -> Row:
    head = ("activity", fact.id, fact.number, fact.held_on, fact.title, fact.unit_id)
    return Row(*head, amount, base, note, fact.kinds, fact.entered_on)


def resolution_rows(asked: Asked, material: Material) -> Iterator[Row]:
    for fact in _activities(asked, material):
        for pk, text in fact.resolutions:
            yield _part_row("resolution", pk, text, fact)


def first_topic_rows(asked: Asked, material: Material) -> Iterator[Row]:
    for fact in _activities(asked, material):
        for pk, text in fact.first_topics:
            yield _part_row("first_topic", pk, text, fact)


def _part_row(noun: str, pk: int, text: str, fact: ActivityFact) -> Row:
    return Row(noun, pk, fact.number, fact.held_on, text, fact.unit_id, kinds=fact.kinds, entered_on=fact.entered_on)


def member_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """Who is on the roster on the last day seen: a state, not a sum over the period."""
    for fact in material.people:
        if fact.on(asked.seen.end) and asked.figure.where.standing in (None, fact.standing):
            yield _person_row("member", fact, asked.seen.end)


def committee_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """Who is on the committee on the last day seen; one who holds two offices is one person."""
    people = {fact.member_id: fact for fact in material.committee if fact.on(asked.seen.end)}
    for fact in people.values():
        yield _person_row("committee", fact, asked.seen.end)


def _person_row(noun: str, fact: PersonFact, day: date) -> Row:
    return Row(noun, fact.member_id, "", day, fact.name, fact.unit_id)


def learner_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """Who is on the roster on the last day seen, and whether he came to one of the sessions meant.

    Who never came and was excused of one of them (免于要求) is out of the base; who came is dated by his first time.
    """
    told = _told(material)
    held = {fact.id: fact.held_on for fact in _activities(asked, material)}
    meant, day = held.keys(), asked.seen.end
    for fact in material.people:
        if fact.on(day):
            been = meant & told.came.get(fact.member_id, frozenset())
            came, first = len(been), min((held[pk] for pk in been), default=day)
            excused = not came and bool(meant & told.excused.get(fact.member_id, frozenset()))
            note = f"到过{came}次" if came else "免于要求" if excused else "没有到过"
            if not came and asked.figure.measure is Measure.SUM:
                continue
            yield Row(
                "learner",
                fact.member_id,
                "",
                first,
                fact.name,
                fact.unit_id,
                float(bool(came)),
                float(not excused),
                note,
            )


def problem_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """A problem of last year that was closed this year is closed: it is judged on the day of asking."""
    for fact in _problems(asked, material):
        closed = fact.closed_on is not None and fact.closed_on <= asked.as_of
        if asked.figure.where.status and closed != (asked.figure.where.status == "closed"):
            continue
        amount = float(closed) if asked.figure.amount == "closed" else 1
        head = ("problem", fact.id, fact.number, fact.found_on, fact.title, fact.unit_id)
        yield Row(*head, amount, 1, "已销号" if closed else "整改中", (), fact.entered_on)


def measure_rows(asked: Asked, material: Material) -> Iterator[Row]:
    for fact in _problems(asked, material):
        for pk, text in fact.measures:
            yield Row("measure", pk, fact.number, fact.found_on, text, fact.unit_id, entered_on=fact.entered_on)


def hour_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """学时 by session, with each member's share; of one member no more than a day's most on any day."""
    if material.attended is None:
        raise LookupError("the material was loaded without hours")
    until = _until(material)
    in_office = _in_office(material) if asked.figure.where.post else None
    spent: dict[tuple[int, date], Fraction] = {}
    for session in material.attended:
        if session.held_on not in asked.seen:
            continue
        people = [who for who in session.members if session.held_on < until.get(who, date.min)]
        if in_office is not None:
            people = [who for who in people if any(post.on(session.held_on) for post in in_office.get(who, ()))]
        if not people:
            continue
        if material.crowded_days.isdisjoint(day for day, _ in session.by_day or ()):
            whole = whole_of(session)  # nobody was anywhere else on its days
            yield _hour_row(session, [(who, whole) for who in people])
        else:
            yield _hour_row(session, [(who, _counted(who, session, spent)) for who in people])


def _until(material: Material) -> dict[int, date]:
    """Up to which day each member's hours are this unit's: what he brought along counts here, what comes later not."""
    until: dict[int, date] = {}
    for fact in material.people:
        until[fact.member_id] = max(until.get(fact.member_id, date.min), fact.until or date.max)
    return until


def _in_office(material: Material) -> dict[int, list[PersonFact]]:
    """Who is on the committee and when: hours count as its own on those days, whoever is on it on the day of asking."""
    found: defaultdict[int, list[PersonFact]] = defaultdict(list)
    for post in material.committee:
        found[post.member_id].append(post)
    return found


def whole_of(session: Attended) -> Fraction:
    """学时 of who attends nothing else on the days of the session; none where nobody wrote down when it ended."""
    return sum((min(hours, Fraction(HOURS.most_a_day)) for _, hours in session.by_day or ()), NO_HOURS)


def _counted(who: int, session: Attended, spent: dict[tuple[int, date], Fraction]) -> Fraction:
    counted = NO_HOURS
    for day, hours in session.by_day or ():
        before = spent.get((who, day))
        most = HOURS.most_a_day - before if before else HOURS.most_a_day
        taken = hours if hours <= most else Fraction(most)
        spent[who, day] = before + taken if before else taken
        counted = counted + taken if counted else taken
    return counted


def _hour_row(session: Attended, shares: list[tuple[int, Fraction]]) -> Row:
    first = shares[0][1]
    # Mostly all were there for the whole of it; adding fractions one by one costs more than all the rest of a judgement.
    alike = all(hours is first for _, hours in shares)
    total = first * len(shares) if alike else sum((hours for _, hours in shares), NO_HOURS)
    one = float(first)
    note = HOURS.no_end if session.by_day is None else f"{len(shares)}人，{rounded(total)}学时"
    return Row(
        "activity", session.id, session.number, session.held_on, session.title, session.unit_id,
        amount=float(total), note=note, kinds=session.kinds, entered_on=session.entered_on,
        shares=tuple((who, one if alike else float(hours)) for who, hours in shares),
    )  # fmt: skip


def without_end(row: Row) -> bool:
    """Whether a row of hours counts nothing because nobody wrote down when the session ended."""
    return row.note == HOURS.no_end


def term_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """Terms that began in the period: 换届选举 was done. A temporary branch elects nobody."""
    if material.terms is None:
        raise LookupError("the material was loaded without terms")
    for term in material.terms:
        if not term.temporary and term.since in asked.seen:
            yield Row("term", term.id, "", term.since, f"选举产生，任期{term.years}年", term.unit_id, note=term.note)


def entry_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """Entries dated within the period; what is finished is judged on the day of asking, as with problems."""
    for fact in _entries(asked, material):
        if asked.takes(fact.day, fact.for_year):
            yield from _entry_row(asked, fact)


def first_entry_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """Of entries that tell one and the same thing by its id, the first of the days seen: a person is counted once,
    however often and by whichever unit he was reached.
    """
    firsts: dict[int, EntryFact] = {}
    for fact in _entries(asked, material):
        if asked.takes(fact.day, fact.for_year):
            firsts.setdefault(fact.id, fact)
    for fact in firsts.values():
        yield from _entry_row(asked, fact)


def standing_entry_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """What is on a register on the last day seen; of those, for a coverage, which were reached within the days seen.

    What was reached is dated by the first day on which it was.
    """
    day = asked.seen.end
    for fact in _entries(asked, material):
        if fact.day <= day and (fact.closed_on is None or day < fact.closed_on):
            yield from _entry_row(asked, fact)


def topic_rows(asked: Asked, material: Material) -> Iterator[Row]:
    """Topics of the tree, and of a share also those that nothing touched."""
    for row in standing_entry_rows(asked, material):
        yield row if row.amount else row._replace(note="没学过")


def _entries(asked: Asked, material: Material) -> Iterator[EntryFact]:
    figure = asked.figure
    if figure.of not in material.entries:
        raise LookupError(f"the material was loaded without {figure.of}")
    kinds = figure.where.kinds
    return (fact for fact in material.entries[figure.of] if not kinds or fact.kind in kinds)


def _entry_row(asked: Asked, fact: EntryFact) -> Iterator[Row]:
    figure = asked.figure
    closed = fact.closed_on is not None and fact.closed_on <= asked.as_of
    if figure.where.status and closed != (figure.where.status == "closed"):
        return
    amount, dated = 1.0, fact.day
    match figure.amount:
        case "reached":
            first = min((day for day in fact.touched if day in asked.seen), default=None)
            amount, dated = float(first is not None), first or dated
        case "closed":
            amount = closed
        case "amount":
            amount = fact.amount
    if amount or figure.measure is not Measure.SUM:
        head = (figure.of, fact.id, fact.number, dated, fact.title, fact.unit_id)
        yield Row(*head, float(amount), 1, fact.note, (), fact.entered_on)


def _problems(asked: Asked, material: Material) -> Iterator[ProblemFact]:
    return (fact for fact in material.problems if asked.takes(fact.found_on, fact.for_year))


ROWS: Mapping[str, Callable[[Asked, Material], Iterator[Row]]] = (
    {
        "activity": activity_rows,
        "resolution": resolution_rows,
        "first_topic": first_topic_rows,
        "member": member_rows,
        "committee": committee_rows,
        "problem": problem_rows,
        "measure": measure_rows,
        "hours": hour_rows,
        "term": term_rows,
        "learner": learner_rows,
    }
    | dict.fromkeys(ENTRIES, entry_rows)
    | dict.fromkeys(("subject", "reach", "item", "pair"), standing_entry_rows)
    | {"topic": topic_rows, "brought": first_entry_rows}
)

"""From tokens to answers and records: what a passage cites, asked of the ledger. Reads only."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches

from django.db.models import Model

from youju.figures import rules as figures
from youju.figures.catalogue import FIGURES
from youju.figures.figure import Figure
from youju.figures.queries import whole
from youju.figures.values import Answer, Material, Row
from youju.kit.periods import Period
from youju.kit.refusal import Refusal
from youju.people.models import Unit
from youju.people.units.queries import ledger_unit
from youju.people.units.values import after_subtree
from youju.prose.say import say_quantity
from youju.prose.tokens import FigureToken
from youju.records.activities.models import AgendaItem, Resolution, Session
from youju.records.campaigns.models import Campaign, CampaignTask
from youju.records.problems.models import Measure, Problem
from youju.records.projects.models import Milestone, Project
from youju.reports.drafts.rules import asked, stray
from youju.reports.drafts.values import MOST_TOKENS, Piece, RecordWords
from youju.reports.outline import OUTLINES, day_of
from youju.study.models import Delivery, Topic, Use

QUOTES = "“”‘’《》。；;，、 "


@dataclass(frozen=True)
class RowRef:
    """A row of an answer with the record it stands in and the revision that record had."""

    noun: str
    row_id: int
    session_id: int | None
    revision: int


class Asker:
    """Answers for a report by an outline, as of a day: about its year, or half of it, and about the year before.

    A year is loaded once, and only when it is asked.
    """

    def __init__(self, unit: Unit, year: int, outline: str, as_of: date) -> None:
        chosen = OUTLINES.get(outline)
        self.unit, self.year = unit, year
        self.as_of = day_of(chosen, year, as_of) if chosen else as_of
        self._half = chosen is not None and chosen.period == "half"
        self._loaded: dict[int, Material] = {}

    def answer(self, figure: str, *, last: bool) -> Answer:
        """Raises Refusal on ``text`` where no such figure exists, naming one that is meant perhaps."""
        found = FIGURES.get(figure)
        if found is None:
            near = get_close_matches(figure, FIGURES, n=1, cutoff=0.5)
            hint = f"是不是“{near[0]}”？" if near else "能用的指标列在下面。"
            raise Refusal("text", f"没有“{figure}”这个指标，{hint}")
        # As composed: what belongs to a year and not to a day is asked of the year.
        half = self._half and found.dated_by == "held_on" and not last
        return self._over(found, Period.half(self.year, 1) if half else Period.year(self.year - last), self.as_of)

    def again(self, figure: str, period: Period, *, as_of: date | None = None) -> Answer | None:
        """A question that was asked before, over its own period; None where the catalogue no longer has the figure."""
        found = FIGURES.get(figure)
        return self._over(found, period, as_of or self.as_of) if found else None

    def _over(self, figure: Figure, period: Period, as_of: date) -> Answer:
        year = period.start.year
        if year not in self._loaded:
            self._loaded[year] = whole(self.unit, Period.year(year))
        return figures.answer(figure, self._loaded[year], period, as_of)


def words_of(answer: Answer) -> str:
    """What stands on paper for an answer."""
    return say_quantity(answer.statement()) if answer.known else f"〔缺：{answer.figure.id}没有记录〕"


def value_of(answer: Answer) -> float | None:
    return float(answer.value) if answer.known else None


#: What stands beside the sessions and has revisions: noun, table, and where its revision is.
BESIDE: tuple[tuple[str, type[Model], str], ...] = (
    ("project", Project, "revision"), ("milestone", Milestone, "project__revision"),
    ("campaign", Campaign, "revision"), ("campaign_task", CampaignTask, "campaign__revision"),
    ("use", Use, "revision"), ("topic", Topic, "revision"), ("delivery", Delivery, "revision"),
)  # fmt: skip


def refs(rows: Iterable[Row]) -> dict[tuple[str, int], RowRef]:
    """The records behind rows, by noun and id. At most eleven queries, however many rows."""
    rows = list(rows)
    sessions = {("activity", row.id): row.id for row in rows if row.noun == "activity"}
    for noun, table, key in (
        ("resolution", Resolution, "item__session_id"),
        ("first_topic", AgendaItem, "session_id"),
    ):
        ids = [row.id for row in rows if row.noun == noun]
        if ids:
            sessions |= {
                (noun, pk): session for pk, session in table._default_manager.filter(pk__in=ids).values_list("pk", key)
            }
    versions = dict(Session.objects.filter(pk__in=set(sessions.values())).values_list("pk", "revision"))
    problems = _problem_versions(rows)
    return {
        (row.noun, row.id): RowRef(
            row.noun, row.id, sessions.get((row.noun, row.id)),
            versions.get(sessions.get((row.noun, row.id), 0), 0) or problems.get((row.noun, row.id), 0),
        )
        for row in rows
    }  # fmt: skip


def _problem_versions(rows: Sequence[Row]) -> dict[tuple[str, int], int]:
    named = [row.id for row in rows if row.noun == "problem"]
    measured = [row.id for row in rows if row.noun == "measure"]
    found: dict[tuple[str, int], int] = {}
    if named:
        found |= {("problem", pk): n for pk, n in Problem.objects.filter(pk__in=named).values_list("pk", "revision")}
    if measured:
        pairs = Measure.objects.filter(pk__in=measured).values_list("pk", "problem__revision")
        found |= {("measure", pk): number for pk, number in pairs}
    for noun, table, field in BESIDE:
        ids = [row.id for row in rows if row.noun == noun]
        if ids:
            beside = table._default_manager.filter(pk__in=ids).values_list("pk", field)
            found |= {(noun, pk): number for pk, number in beside}
    return found


# -- what an editor wrote ----------------------------------------------------------------------------------------------


def check(parts: Sequence[Piece], asker: Asker, *, told: set[str]) -> None:
    """Raises Refusal on ``text``: a figure that is none, half a token, words that their record does not have.

    ``told`` are the record tokens the draft has already.
    """
    half = stray(parts)
    if half:
        raise Refusal("text", f"“{half}”写得不完整：指标写成〔=主题党日次数〕，缺的材料写成〔缺：会议地点〕。")
    if sum(isinstance(piece, FigureToken | RecordWords) for piece in parts) > MOST_TOKENS:
        raise Refusal("text", f"一段里的指标和引用最多 {MOST_TOKENS} 处，请分成几段。")
    for piece in parts:
        if isinstance(piece, FigureToken):
            name, last = asked(piece)
            asker.answer(name, last=last)
        elif isinstance(piece, RecordWords) and str(piece) not in told:
            _check_told(piece, asker.unit)


def _check_told(piece: RecordWords, unit: Unit) -> None:
    session = session_of(piece.number, piece.host, unit)
    if session is None:
        raise Refusal("text", f"台账里没有 {piece.number} 这条记录，请检查〔据…〕里的编号。")
    wanted = piece.text.strip(QUOTES)
    if not wanted or not any(wanted in text for text in _texts(session, unit)):
        raise Refusal(
            "text",
            f"“{piece.text[:30]}”不是 {piece.number} 里的原话。改写的话，请去掉前后的〔据{piece.number}〕和〔完〕。",
        )


def session_of(number: str, host: str, unit: Unit) -> Session | None:
    """The record of a token: of the unit's own ledger, or one of another ledger that it took part in."""
    rows = Session.objects.happened().filter(number=number)
    if not host:
        return rows.filter(ledger=ledger_unit(unit)).first()
    joined = {"joining__path__gte": unit.path, "joining__path__lt": after_subtree(unit.path)}
    return rows.filter(ledger__code=host, **joined).distinct().first()


def _texts(session: Session, unit: Unit) -> list[str]:
    """What may be quoted of a record: of one that another unit keeps its head alone, as a report is composed."""
    if not Session.objects.kept_by(ledger_unit(unit)).filter(pk=session.pk).exists():
        return [session.title, session.place]
    items = list(session.agenda.values_list("title", flat=True))
    decided = list(Resolution.objects.filter(item__session=session).values_list("text", flat=True))
    return [session.title, session.place, session.outcome, *items, *decided]


def hosts_of(session_ids: Iterable[int], unit: Unit) -> Mapping[int, str]:
    """Session → code of the ledger it stands in; empty for the unit's own."""
    own = ledger_unit(unit).pk
    rows = Session.objects.filter(pk__in=set(session_ids)).values_list("pk", "ledger_id", "ledger__code")
    return {pk: "" if ledger == own else code for pk, ledger, code in rows}

"""Plain values of an audit: verdicts on claims, and findings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from youju.duties.values import Standing
from youju.figures.values import Answer, ProblemFact
from youju.prose.claims import Claim

MOST_CHARACTERS = 60_000
"""Of one text that is audited, through whichever door: several times the longest report. Every check goes over the whole of
it, and what is longer is a book, of which the claims of one report cannot be told apart."""
TOO_LONG = "文字有 {length} 字，超过 {most} 字；请只留要核对的这一份报告。"


def too_long(text: str) -> str:
    """The sentence for a text that is too long to be audited; empty for any other."""
    return TOO_LONG.format(length=len(text), most=MOST_CHARACTERS) if len(text) > MOST_CHARACTERS else ""


class Verdict(StrEnum):
    """结论 of one claim. There is no overall verdict: nothing here ever says that a report is in order."""

    MATCHES = "吻合"
    DIFFERS = "不符"
    NO_RECORDS = "无记录"
    VAGUE = "模糊"
    NOT_CHECKABLE = "不可核"
    NOT_APPLICABLE = "不适用"

    @property
    def zh(self) -> str:
        return self.value


@dataclass(frozen=True)
class Judged:
    """A claim with its verdict, both sides and the records. ``verdict`` is None when no ledger was at hand."""

    claim: Claim
    verdict: Verdict | None
    quote: str
    message: str
    answer: Answer | None = None
    joint: bool = False  # it counts sessions of several kinds at once, and so none of the kinds by itself

    @property
    def said(self) -> str:
        return self.claim.text

    @property
    def figure(self) -> str | None:
        return self.answer.figure.id if self.answer else None

    @property
    def ledger(self) -> int | float | None:
        """The ledger's number; None when the ledger has none (never read as 0)."""
        return self.answer.value if self.answer and self.answer.known else None

    @property
    def records(self) -> tuple[str, ...]:
        """Numbers of the records that make the ledger's number, each once."""
        return tuple(dict.fromkeys(row.number for row in self.answer.rows if row.number)) if self.answer else ()


@dataclass(frozen=True)
class Finding:
    """发现: what a check says of a place in the text, what the ledger says to it, and what to do."""

    check: str
    start: int
    end: int
    quote: str
    message: str
    advice: str = ""
    ledger: str = ""
    records: tuple[str, ...] = ()

    @property
    def told(self) -> str:
        """All of it in one go: what is seen, what the ledger says, what to do."""
        return f"{self.message}{self.ledger}{self.advice}"


@dataclass(frozen=True)
class LedgerSide:
    """What a check may know of the unit: how its year stands, and its problems of this year and the one before."""

    unit_name: str
    standings: tuple[Standing, ...]
    held: Mapping[str, tuple[str, ...]]  # kind → numbers of the year's records, up to the day
    problems_last: tuple[ProblemFact, ...]
    problems_this: tuple[ProblemFact, ...]


@dataclass(frozen=True)
class Looked:
    """Everything a check may look at. ``ledger`` is None where prose alone is read.

    ``text`` is the body as read, without its table of sources; offsets of findings count in it.
    """

    text: str
    year: int
    as_of: date
    judged: tuple[Judged, ...]
    ledger: LedgerSide | None = None

    def around(self, start: int, end: int, *, reach: int = 10) -> str:
        """The words around a place, on one line."""
        return self.text[max(0, start - reach) : end + reach].replace("\n", " ")


@dataclass(frozen=True)
class Audit:
    """One text judged for one unit and year, as of a day."""

    text: str
    year: int
    as_of: date
    judged: tuple[Judged, ...]
    findings: tuple[Finding, ...]

    def count(self, verdict: Verdict) -> int:
        return sum(judged.verdict is verdict for judged in self.judged)

    @property
    def clean(self) -> bool:
        """Nothing to look at: no 不符, no 无记录, no finding."""
        return not self.findings and not self.count(Verdict.DIFFERS) and not self.count(Verdict.NO_RECORDS)

"""A few lines of report text → what a check looks at. No database."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from youju.audit.values import Judged, LedgerSide, Looked
from youju.duties.values import Standing
from youju.figures.values import ProblemFact
from youju.prose.claims import read


def look(text: str, *, year: int = 2023, ledger: LedgerSide | None = None) -> Looked:
    """The text as a report of a whole year, read on the year's last day; its claims are read and not yet judged."""
    claims = [claim for claim in read(text) if claim.class_ != "none"]
    judged = tuple(Judged(claim, None, claim.sentence[:60], "") for claim in claims)
    return Looked(text, year, date(year, 12, 31), judged, ledger)


def ledger(
    *,
    unit: str = "柳溪镇机关党支部",
    standings: tuple[Standing, ...] = (),
    held: Mapping[str, tuple[str, ...]] | None = None,
    last: tuple[ProblemFact, ...] = (),
) -> LedgerSide:
    return LedgerSide(unit, standings, held or {}, last, ())


def said(findings: list) -> list[str]:  # type: ignore[type-arg]
    return [finding.message for finding in findings]


def marked(text: str, findings: list) -> list[str]:  # type: ignore[type-arg]
    return [text[finding.start : finding.end] for finding in findings]

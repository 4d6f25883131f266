"""A stored draft, audited as anybody's text would be, with each finding led back to its passage."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from youju.audit.ignored.models import IgnoredFinding
from youju.audit.ignored.queries import ignored_in
from youju.audit.ignored.values import Key
from youju.audit.queries import audit_text
from youju.audit.values import Audit, Finding, Judged, Verdict
from youju.figures.values import Answer
from youju.kit.periods import Period
from youju.prose.say import RHYTHMS, say_quantity
from youju.reports.drafts.models import Draft
from youju.reports.drafts.rules import replaced
from youju.reports.drafts.values import LAST_YEAR, CitedWords, Sheet, SheetPassage, ToldWords, Words, shown

CLAIM = "说法"
ORDER = (Verdict.DIFFERS, Verdict.NO_RECORDS, Verdict.VAGUE, Verdict.NOT_CHECKABLE)


@dataclass(frozen=True)
class Fix:
    """改成3次: what is shown on the button, and the passage's text as it would be then."""

    shown: str
    source: str
    passage_id: int
    base: int


@dataclass(frozen=True)
class Noted:
    """A claim that does not stand on records, or a finding. ``start`` and ``end`` count in its passage's shown text."""

    id: str
    key: Key
    judged: Judged | None
    finding: Finding | None
    passage_id: int | None
    start: int
    end: int
    citation: CitedWords | None
    fix: Fix | None
    ignored: IgnoredFinding | None

    @property
    def verdict(self) -> Verdict | None:
        return self.judged.verdict if self.judged else None


@dataclass(frozen=True)
class DraftAudit:
    """``noted`` in order of consequence; ``ignored`` are those among them that the branch leaves as they are."""

    audit: Audit
    noted: tuple[Noted, ...]
    ignored: tuple[Noted, ...]
    claims: tuple[Judged, ...]
    places: dict[int, tuple[int, int]]  # passage → where it begins and ends in the text

    def count(self, *verdicts: Verdict) -> int:
        return sum(noted.verdict in verdicts for noted in self.noted)


def audit_draft(draft: Draft, sheet: Sheet, *, today: date) -> DraftAudit:
    """Numbers within words told from a record rest on that record and ask no figure, so they are left out."""
    placed = list(_placed(sheet))
    told = [(at, at + len(shown(w))) for p, start in placed for w, at in _words(p, start) if isinstance(w, ToldWords)]
    audit = audit_text(sheet.text, unit=draft.unit, today=today, year=draft.year, as_of=draft.as_of, told=told)
    claims = audit.judged
    ignored = ignored_in(draft.unit, draft.year)
    standing = [j for verdict in ORDER for j in claims if j.verdict is verdict]
    found: list[Judged | Finding] = [*standing, *audit.findings]
    noted = [_noted(f"k{n}", one, draft, placed, ignored) for n, one in enumerate(found, 1)]
    return DraftAudit(
        audit=audit,
        noted=tuple(one for one in noted if not one.ignored),
        ignored=tuple(one for one in noted if one.ignored),
        claims=claims,
        places={passage.id: (start, start + len(passage.text)) for passage, start in placed},
    )


def _placed(sheet: Sheet) -> Iterator[tuple[SheetPassage, int]]:
    at = len(sheet.title) + len(sheet.byline) + 2
    for passage in sheet.passages:
        yield passage, at
        at += len(passage.text) + 1


def _words(passage: SheetPassage, at: int) -> Iterator[tuple[Words, int]]:
    for word in passage.words:
        yield word, at
        at += len(shown(word))


def _noted(
    id: str,
    one: Judged | Finding,
    draft: Draft,
    placed: list[tuple[SheetPassage, int]],
    ignored: dict[str, IgnoredFinding],
) -> Noted:
    judged, finding = (one, None) if isinstance(one, Judged) else (None, one)
    start, end = (one.claim.start, one.claim.end) if isinstance(one, Judged) else (one.start, one.end)
    key = Key(CLAIM, f"{one.said}：{one.quote}") if isinstance(one, Judged) else Key(one.check, one.quote)
    passage, at = next(((p, s) for p, s in placed if s <= start <= s + len(p.text)), (None, 0))
    cited = None
    if passage:
        cited = next(
            (w for w, s in _words(passage, at) if isinstance(w, CitedWords) and s < end and start < s + len(w.text)),
            None,
        )
    return Noted(
        id, key, judged, finding, passage.id if passage else None, start - at, end - at, cited,
        _fix(judged, draft, passage, start - at, end - at) if judged and passage and not cited else None,
        ignored.get(key.digest),
    )  # fmt: skip


def _fix(judged: Judged, draft: Draft, passage: SheetPassage, start: int, end: int) -> Fix | None:
    """The ledger's number in place of the typed one: as a figure where a token can ask it, so that it keeps its records."""
    answer = judged.answer
    if judged.verdict is not Verdict.DIFFERS or answer is None or not answer.known:
        return None
    if judged.claim.relation in RHYTHMS:
        return None
    words = say_quantity(answer.statement())
    source = replaced(passage.source, passage.words, start, end, _token(answer, draft) or words)
    return Fix(words, source, passage.id, passage.version) if source else None


def _token(answer: Answer, draft: Draft) -> str:
    if answer.unit_id != draft.unit_id or not answer.figure.id:
        return ""
    if answer.period == Period.year(draft.year):
        return f"〔={answer.figure.id}〕"
    return f"〔={answer.figure.id}{LAST_YEAR}〕" if answer.period == Period.year(draft.year - 1) else ""

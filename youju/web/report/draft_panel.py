"""The panel beside a draft: 出处 of one figure, and 核对 with what can be done about each finding."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.http import HttpRequest

from youju.audit.bounds import RHYTHMS
from youju.audit.drafts import DraftAudit, Fix, Noted
from youju.audit.values import Judged, Verdict
from youju.people.roles.rules import Right
from youju.reports.drafts.models import Citation, Draft
from youju.reports.drafts.queries import Moved, frozen
from youju.reports.drafts.resolving import Asker
from youju.reports.drafts.values import CitedWords, Drift, Sheet, Status
from youju.reports.values import Cited
from youju.web.report.alike import AlikePanel, alike_panel, can_compare
from youju.web.report.materials import Materials, has_library, materials
from youju.web.report.panel import Panel, panel_of
from youju.web.report.sources import KEEPER, Named, Source, entry_url, keepers, named_records, opened, sources

MOST_SOURCES = 12
ALIKE = "alike"
LINES = {Verdict.DIFFERS: "x", Verdict.MATCHES: "ok"}
HEADS = {
    Verdict.NO_RECORDS: "“{said}”这段时间台账没有记录",
    Verdict.VAGUE: "“{said}”没有准数，核不了",
    Verdict.NOT_CHECKABLE: "“{said}”台账回答不了",
}


@dataclass(frozen=True)
class Finding:
    """One card of 核对."""

    id: str
    line: str
    label: str
    head: str
    before: str
    said: str
    after: str
    why: str
    advice: str
    on: bool
    fix: Fix | None
    entry_url: str
    check: str
    quote: str
    reason: str
    ignored_id: int | None
    sources: tuple[Source, ...]
    hidden: int


@dataclass(frozen=True)
class DraftPanel:
    """``tab`` is check, material, alike or empty; ``figure`` stands in 出处 when one was chosen."""

    draft: Draft
    tab: str
    figure: Panel | None
    drift: Drift | None
    gone: int
    known: bool
    citations: int
    gaps: tuple[tuple[str, str], ...]
    findings: tuple[Finding, ...]
    ignored: tuple[Finding, ...]
    beside: Finding | None
    may_write: bool
    has_library: bool = False
    materials: Materials | None = None
    comparable: bool = False  # there is something to compare with
    alike: AlikePanel | None = None

    @property
    def open(self) -> bool:
        return bool(self.figure or self.tab)

    @property
    def number(self) -> str:
        """What the script finds on the sheet: the number of the figure, or the finding that is on."""
        if self.figure:
            return str(self.figure.number)
        if self.alike:
            return self.alike.chosen
        return next((one.id for one in self.findings if one.on), "")

    @property
    def wrong(self) -> int:
        return sum(one.line == "x" for one in self.findings)


def draft_panel(
    request: HttpRequest,
    draft: Draft,
    sheet: Sheet,
    audit: DraftAudit,
    moved: dict[int, Moved],
    asker: Asker,
    *,
    rights: frozenset[Right],
    f: str,
    tab: str,
    k: str,
    everything: bool,
) -> DraftPanel:
    comparable = can_compare(request, apart=draft.submission_id)
    alike = None
    if comparable and tab == ALIKE:
        alike = alike_panel(request, sheet.text, apart=draft.submission_id, chosen=k, everything=everything)
    may_write = Right.WRITE_DRAFTS in rights and draft.status == Status.DRAFT
    words = None if alike else next((cited for cited in sheet.citations if str(cited.number) == f), None)
    named, open_to = _named(request, draft, audit)
    figure, gone, beside = None, 0, None
    if words:
        figure, gone = _figure(request, draft, asker, words, len(sheet.citations))
        here = next(p.id for p in sheet.passages if words in p.words)
        near = next((n for n in audit.noted if n.passage_id == here and n.verdict is Verdict.DIFFERS), None)
        beside = (
            _finding(request, near, draft, audit, named, open_to, chosen="")
            if near and near.citation != words
            else None
        )
    change = moved.get(words.citation_id) if words else None
    library = has_library(request)
    chosen = "check" if (tab == "check" or k) and (audit.noted or audit.ignored) and not words else ""
    if tab == "material" and library and not words and not k:
        chosen = "material"
    if alike:
        chosen = ALIKE
    return DraftPanel(
        draft=draft,
        tab=chosen,
        figure=figure,
        drift=change.drift if change else None,
        gone=gone,
        known=words.known if words else True,
        citations=len(sheet.citations),
        gaps=tuple((gap.text, f"g{n}") for n, gap in enumerate(sheet.gaps, 1)),
        findings=tuple(_finding(request, one, draft, audit, named, open_to, chosen=k) for one in audit.noted),
        ignored=tuple(_finding(request, one, draft, audit, named, open_to, chosen=k) for one in audit.ignored),
        beside=beside,
        may_write=may_write,
        has_library=library,
        materials=materials(request) if chosen == "material" else None,
        comparable=comparable,
        alike=alike,
    )


def _figure(request: HttpRequest, draft: Draft, asker: Asker, words: CitedWords, last: int) -> tuple[Panel | None, int]:
    """How the number came about when it was asked: only the rows it was made of, and how many of them are gone."""
    citation = Citation.objects.get(pk=words.citation_id)
    answer = asker.again(citation.figure, citation.period, as_of=citation.as_of)
    if answer is None:
        return None, 0
    kept, gone = frozen(citation, answer)
    open_to = keepers(request, (row.unit_id for row in kept.rows))
    cited = Cited(words.number, citation.shown, kept)
    return panel_of(cited, unit=draft.unit, last=last, open_to=open_to), gone


def _named(request: HttpRequest, draft: Draft, audit: DraftAudit) -> tuple[Mapping[str, Named], KEEPER]:
    """The records that findings of checks name, and which of them the reader may open. Asked once for all."""
    found = (one.finding for one in (*audit.noted, *audit.ignored) if one.finding)
    named = named_records(draft.unit, {number for finding in found for number in finding.records})
    return named, keepers(request, {record.unit_id for record in named.values()}) if named else {}


def _finding(
    request: HttpRequest,
    noted: Noted,
    draft: Draft,
    audit: DraftAudit,
    named: Mapping[str, Named],
    open_to: KEEPER,
    *,
    chosen: str,
) -> Finding:
    judged, text = noted.judged, audit.audit.text
    begin = audit.places[noted.passage_id][0] if noted.passage_id is not None else 0
    start, end = begin + noted.start, begin + noted.end
    before, said, after = (
        part.replace("\n", " ") for part in (text[max(0, start - 16) : start], text[start:end], text[end : end + 16])
    )
    shown, hidden = _sources(request, judged)
    if noted.finding:
        shown = tuple(opened(named[number], open_to) for number in noted.finding.records if number in named)
    return Finding(
        id=noted.id,
        line=LINES.get(judged.verdict, "q") if judged and judged.verdict else "q",
        label=judged.verdict.zh if judged and judged.verdict else noted.key.check,
        head=_head(noted),
        before=before,
        said=said,
        after=after,
        why=noted.judged.message if noted.judged else noted.finding.ledger if noted.finding else "",
        advice=noted.finding.advice if noted.finding else "",
        on=noted.id == chosen,
        fix=noted.fix,
        entry_url=entry_url(draft.unit, judged.answer.figure.kinds if judged.answer else judged.claim.kinds)
        if judged and _lacking(judged)
        else "",
        check=noted.key.check,
        quote=noted.key.quote,
        reason=noted.ignored.reason if noted.ignored else "",
        ignored_id=noted.ignored.pk if noted.ignored else None,
        sources=shown[:MOST_SOURCES],
        hidden=hidden + max(0, len(shown) - MOST_SOURCES),
    )


def _head(noted: Noted) -> str:
    """写了4次，台账是“书记讲党课3次”: both sides."""
    judged = noted.judged
    if judged is None:
        return noted.finding.message if noted.finding else ""
    if judged.verdict is Verdict.DIFFERS and judged.answer is not None:
        return f"写了{judged.said}，台账是“{judged.answer.said()}”"
    return HEADS.get(judged.verdict or Verdict.NOT_CHECKABLE, "{said}").format(said=judged.said)


def _lacking(judged: Judged) -> bool:
    """Whether the ledger has less than was said, so that recording what is missing may mend it."""
    if judged.verdict is Verdict.NO_RECORDS:
        return True
    if judged.verdict is not Verdict.DIFFERS:
        return False
    wanted = judged.claim.value
    return judged.claim.relation in RHYTHMS or (
        judged.ledger is not None and wanted is not None and judged.ledger < wanted
    )


def _sources(request: HttpRequest, judged: Judged | None) -> tuple[tuple[Source, ...], int]:
    if judged is None or judged.answer is None or not judged.answer.known:
        return (), 0
    open_to = keepers(request, {row.unit_id for row in judged.answer.rows})
    return sources(judged.answer, open_to)

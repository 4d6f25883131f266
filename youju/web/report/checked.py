"""What 核对 shows: the text with its underlines, and the findings in order of consequence."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest

from youju.audit.bounds import RHYTHMS
from youju.audit.queries import audit_text
from youju.audit.values import Audit, Finding, Judged, Verdict
from youju.figures.figure import Measure
from youju.people.models import Unit
from youju.prose.vocabulary import KINDS
from youju.reports.values import Report, Told, shown
from youju.web.report.sources import KEEPER, Source, entry_url, keepers, sources

MOST_SOURCES = 12
LONG = 8
HEADINGS = ((re.compile("^[一二三四五六七八九十]+、"), "hd1"), (re.compile("^（[一二三四五六七八九十]+）"), "hd2"))
TITLE, HEADING = 40, 30  # characters: what is longer is text
#: Verdicts in order of consequence, with the line under the number and the edge of the card.
ORDER = (
    Verdict.DIFFERS,
    Verdict.NO_RECORDS,
    Verdict.VAGUE,
    Verdict.NOT_CHECKABLE,
    Verdict.MATCHES,
    Verdict.NOT_APPLICABLE,
)
LINES = {
    Verdict.DIFFERS: "x", Verdict.NO_RECORDS: "q", Verdict.VAGUE: "q", Verdict.NOT_CHECKABLE: "q",
    Verdict.MATCHES: "ok", Verdict.NOT_APPLICABLE: "none",
}  # fmt: skip
WORDS = {
    Verdict.DIFFERS: "与记录不符", Verdict.NO_RECORDS: "台账没有记录", Verdict.VAGUE: "说得含糊",
    Verdict.NOT_CHECKABLE: "台账核不了", Verdict.MATCHES: "与记录吻合", Verdict.NOT_APPLICABLE: "不用核对",
}  # fmt: skip
LEADING_VERB = re.compile("^(召开|开展|举办|组织|形成|制定|落实)")


@dataclass(frozen=True)
class Mark:
    """A stretch of the text; ``id`` is empty for plain words."""

    text: str
    id: str = ""
    line: str = ""

    @property
    def long(self) -> bool:
        """Whether the line may break inside: a claim with its rhythm can be a clause of its own."""
        return len(self.text) > LONG


@dataclass(frozen=True)
class Card:
    """One finding with both sides, its records and what can be done."""

    id: str
    line: str
    label: str
    head: str
    before: str
    said: str
    after: str
    why: str
    sources: tuple[Source, ...] = ()
    hidden: int = 0
    more: int = 0
    entry_url: str = ""


@dataclass(frozen=True)
class Group:
    """The cards of one verdict. What needs nothing done is folded."""

    id: str
    word: str
    line: str
    folded: bool
    cards: tuple[Card, ...]


@dataclass(frozen=True)
class CheckedPage:
    unit: Unit
    audit: Audit
    name: str
    own: bool
    paragraphs: tuple[tuple[str, tuple[Mark, ...]], ...]
    groups: tuple[Group, ...]
    claims: int
    to_do: int


def audit_report(report: Report, *, unit: Unit, today: date) -> Audit:
    """Our own report read as anybody's text would be. Numbers within words told from a record rest on that record and
    ask no figure, so they are left out."""
    text = "\n".join((report.title, report.byline, *report.paragraphs()))
    told: list[tuple[int, int]] = []
    at = len(report.title) + len(report.byline) + 2
    for passage in report.passages:
        for span in passage.spans:
            if isinstance(span, Told):
                told.append((at, at + len(span.text)))
            at += len(shown(span))
        at += 1
    audit = audit_text(text, unit=unit, today=today, year=report.year, as_of=report.as_of)
    ours = tuple(j for j in audit.judged if not any(a <= j.claim.start and j.claim.end <= b for a, b in told))
    return replace(audit, judged=ours)


def checked_page(request: HttpRequest, *, unit: Unit, audit: Audit, name: str, own: bool) -> CheckedPage:
    ids = {row.unit_id for judged in audit.judged if judged.answer for row in judged.answer.rows}
    open_to = keepers(request, ids)
    numbered = list(enumerate(audit.judged, 1))
    groups = []
    for verdict in ORDER:
        cards = tuple(_card(n, judged, audit, unit, open_to) for n, judged in numbered if judged.verdict is verdict)
        if verdict is Verdict.MATCHES and audit.findings:
            groups.append(_found(audit))
        if cards:
            groups.append(Group(verdict.name.lower(), WORDS[verdict], LINES[verdict], _folded(verdict), cards))
    return CheckedPage(
        unit=unit,
        audit=audit,
        name=name,
        own=own,
        paragraphs=tuple(_paragraphs(audit)),
        groups=tuple(groups),
        claims=len(audit.judged),
        to_do=sum(len(group.cards) for group in groups if not group.folded),
    )


def _folded(verdict: Verdict) -> bool:
    return verdict in (Verdict.MATCHES, Verdict.NOT_APPLICABLE)


# -- cards -------------------------------------------------------------------------------------------------------------


def _card(number: int, judged: Judged, audit: Audit, unit: Unit, open_to: KEEPER) -> Card:
    assert judged.verdict is not None
    claim, answer = judged.claim, judged.answer
    before, after = _around(judged, audit.text)
    shown, hidden = sources(answer, open_to) if answer and answer.known else ((), 0)
    lacking = judged.verdict is Verdict.NO_RECORDS or (judged.verdict is Verdict.DIFFERS and _short(judged))
    kinds = (answer.figure.kinds if answer else ()) or claim.kinds
    return Card(
        id=f"{number}",
        line=LINES[judged.verdict],
        label=judged.verdict.zh,
        head=_both_sides(judged),
        before=before,
        said=claim.text,
        after=after,
        why=judged.message,
        sources=shown[:MOST_SOURCES],
        hidden=hidden,
        more=max(0, len(shown) - MOST_SOURCES),
        entry_url=entry_url(unit, kinds) if lacking else "",
    )


def _short(judged: Judged) -> bool:
    """Whether the ledger has less than was said, so that recording what is missing may mend it."""
    if judged.claim.relation in RHYTHMS:
        return True
    wanted = judged.claim.value
    return judged.ledger is not None and wanted is not None and judged.ledger < wanted


def _both_sides(judged: Judged) -> str:
    """党课写了 4 次，记录只有 3 次."""
    answer, said = judged.answer, judged.said
    if judged.verdict is not Verdict.DIFFERS or answer is None:
        return _HEADS.get(judged.verdict or Verdict.NOT_APPLICABLE, "{said}").format(said=said)
    topic = _topic(judged)
    if judged.claim.relation in RHYTHMS:
        return f"{topic}写了{said}，记录不是每{RHYTHMS[judged.claim.relation]}都够"
    only = "只有" if _short(judged) else "有" if answer.figure.measure is not Measure.SHARE else "是"
    return f"{topic}写了{said}，记录{only}{answer.value}{answer.figure.unit}"


_HEADS = {
    Verdict.NO_RECORDS: "“{said}”这段时间台账没有记录",
    Verdict.VAGUE: "“{said}”没有准数，核不了",
    Verdict.NOT_CHECKABLE: "“{said}”台账回答不了",
    Verdict.MATCHES: "{said}，与记录吻合",
    Verdict.NOT_APPLICABLE: "{said}，不用核对",
}


def _topic(judged: Judged) -> str:
    answer = judged.answer
    assert answer is not None
    figure = answer.figure
    if figure.measure is Measure.COUNT and figure.kinds and figure.where.lecturer is None:
        return "、".join(KINDS[kind].zh for kind in figure.kinds)
    return LEADING_VERB.sub("", figure.say.replace("{n}", ""))


def _around(judged: Judged, text: str) -> tuple[str, str]:
    """The clause before and after the number, so that the card can underline it."""
    start, end, quote = judged.claim.start, judged.claim.end, judged.quote
    at = text.rfind(quote, max(0, start - len(quote) - 1), end + len(quote))
    if at < 0 or at > start or at + len(quote) < end:
        return "", ""
    return text[at:start], text[end : at + len(quote)]


def _found(audit: Audit) -> Group:
    """What the other checks say."""
    cards = tuple(
        Card(f"f{n}", "q", finding.check, finding.message, *_cut(finding, audit.text), why="")
        for n, finding in enumerate(audit.findings, 1)
    )
    return Group("findings", "要补要改", "q", False, cards)


def _cut(finding: Finding, text: str) -> tuple[str, str, str]:
    start, end = finding.start, finding.end
    parts = text[max(0, start - 16) : start], text[start:end], text[end : end + 16]
    before, found, after = (part.replace("\n", " ") for part in parts)
    return before, found, after


# -- the text ----------------------------------------------------------------------------------------------------------


def _paragraphs(audit: Audit) -> Iterator[tuple[str, tuple[Mark, ...]]]:
    """The text line by line: its look, and its plain and marked stretches. Empty lines are left out."""
    spans = _spans(audit)
    at, first = 0, True
    for line in audit.text.split("\n"):
        end = at + len(line)
        if line.strip():
            here = [span for span in spans if span[0] < end and span[1] > at]
            yield _look(line.strip(), first=first), tuple(_marks(audit.text, at, end, here))
            first = False
        at = end + 1


def _look(line: str, *, first: bool) -> str:
    """What the line seems to be; a heading only helps to find one's way and is judged like the rest."""
    if first and len(line) <= TITLE and "。" not in line:
        return "ttl"
    return next((css for start, css in HEADINGS if start.match(line) and len(line) <= HEADING), "")


def _spans(audit: Audit) -> list[tuple[int, int, str, str]]:
    """(start, end, id, line) of everything to mark, in order; where two overlap the first stands."""
    wanted = [
        (judged.claim.start, judged.claim.end, str(n), LINES[judged.verdict])
        for n, judged in enumerate(audit.judged, 1)
        if judged.verdict is not None
    ]
    wanted += [(finding.start, finding.end, f"f{n}", "q") for n, finding in enumerate(audit.findings, 1)]
    kept: list[tuple[int, int, str, str]] = []
    for span in sorted(wanted):
        if not kept or span[0] >= kept[-1][1]:
            kept.append(span)
    return kept


def _marks(text: str, start: int, end: int, spans: Sequence[tuple[int, int, str, str]]) -> Iterator[Mark]:
    at = start
    for first, last, id, line in spans:
        first, last = max(first, start), min(last, end)
        if at < first:
            yield Mark(text[at:first])
        yield Mark(text[first:last], id, line)
        at = last
    if at < end:
        yield Mark(text[at:end])

"""What 核对 shows: the text with its underlines, and the findings in order of consequence."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date

from django.http import HttpRequest

from youju.audit.bounds import RHYTHMS
from youju.audit.layout import title_of
from youju.audit.queries import audit_text
from youju.audit.values import Audit, Finding, Judged, Verdict
from youju.figures.figure import Measure
from youju.people.models import Unit
from youju.people.roles.rules import Right
from youju.prose.vocabulary import KINDS
from youju.reports.values import Report, Told, shown
from youju.web.report.marks import Paragraph, Spot, paragraphs
from youju.web.report.sources import Named, Sight, Source, entry_url, every_source, named_records, seen, sight_of
from youju.web.shared.home import held

MOST_SOURCES = 12
LONGEST = 60  # characters of a place that are shown in its card
WHOLE = "全文"
MOST_CARDS = 200  # of one group; a text made to hurt has thousands, and no person reads them
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
class Card:
    """One claim or finding with both sides, its records and what can be done."""

    id: str
    line: str
    label: str
    head: str
    before: str
    said: str
    after: str
    why: str
    advice: str = ""
    placed: bool = True  # it has a place in the text, which its quote leads to
    also: tuple[tuple[str, str], ...] = ()  # cards of other checks on the same words: id and name
    sources: tuple[Source, ...] = ()
    more: int = 0
    hidden: int = 0  # records of which this reader may know no more than that they are
    entry_url: str = ""

    @property
    def records(self) -> int:
        return len(self.sources) + self.more + self.hidden


@dataclass(frozen=True)
class Group:
    """The cards of one verdict or of one check. What needs nothing done is folded."""

    id: str
    word: str
    line: str
    folded: bool
    cards: tuple[Card, ...]
    more: int = 0

    @property
    def count(self) -> int:
        return len(self.cards) + self.more


@dataclass(frozen=True)
class CheckedPage:
    unit: Unit
    audit: Audit
    name: str
    own: bool
    paragraphs: tuple[Paragraph, ...]
    groups: tuple[Group, ...]
    claims: int
    to_do: int
    inside: bool  # the reader reads the unit's own papers; a superior reads numbers and heads


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
    named = named_records(unit, {number for finding in audit.findings for number in finding.records})
    sight = sight_of(request, ids | {record.unit_id for record in named.values()})
    rights = held(request).rights_in(unit)
    writes = Right.WRITE_RECORDS in rights
    numbers = list(enumerate(audit.judged, 1))
    findings = [(f"f{n}", finding) for n, finding in enumerate(audit.findings, 1)]
    title = title_of(audit.text)
    groups = [
        _group(verdict.name.lower(), WORDS[verdict], LINES[verdict], [
            _card(n, judged, audit, unit, sight, _beside(judged, findings), writes=writes) for n, judged in of
        ], total=len(of_all), folded=_folded(verdict))
        for verdict in ORDER
        if (of_all := [pair for pair in numbers if pair[1].verdict is verdict]) and (of := of_all[:MOST_CARDS])
    ]  # fmt: skip
    standing = [group for group in groups if not group.folded]
    pointed = [
        _group(f"check{n}", check, "f", [
            _finding_card(id, finding, audit.text, named, sight, whole=check == WHOLE) for id, finding in of[:MOST_CARDS]
        ], total=len(of), folded=False)
        for n, (check, of) in enumerate(_by_check(findings, title), 1)
    ]  # fmt: skip
    shown = (*standing, *pointed, *(group for group in groups if group.folded))
    return CheckedPage(
        unit=unit,
        audit=audit,
        name=name,
        own=own,
        paragraphs=tuple(paragraphs(audit.text, list(_spots(audit, shown)))),
        groups=shown,
        claims=len(audit.judged),
        to_do=sum(group.count for group in shown if not group.folded),
        inside=Right.READ_DRAFTS in rights,
    )


def _folded(verdict: Verdict) -> bool:
    return verdict in (Verdict.MATCHES, Verdict.NOT_APPLICABLE)


def _group(id: str, word: str, line: str, cards: list[Card], *, total: int, folded: bool) -> Group:
    return Group(id, word, line, folded, tuple(cards), total - len(cards))


def _by_check(
    findings: list[tuple[str, Finding]], title: tuple[int, int]
) -> list[tuple[str, list[tuple[str, Finding]]]]:
    """By check, in the order of consequence in which they were made; what is said of the whole text comes last."""
    found: dict[str, list[tuple[str, Finding]]] = {}
    for id, finding in findings:
        check = WHOLE if (finding.start, finding.end) == title else finding.check
        found.setdefault(check, []).append((id, finding))
    return sorted(found.items(), key=lambda pair: pair[0] == WHOLE)


def _spots(audit: Audit, groups: Iterable[Group]) -> Iterator[Spot]:
    """The places of all cards that are shown and have one."""
    for card in (card for group in groups for card in group.cards if card.placed):
        if card.id.startswith("f"):
            finding = audit.findings[int(card.id[1:]) - 1]
            yield Spot(finding.start, finding.end, card.id, "f")
        else:
            claim = audit.judged[int(card.id) - 1].claim
            yield Spot(claim.start, claim.end, card.id, card.line)


# -- cards -------------------------------------------------------------------------------------------------------------


def _card(
    number: int,
    judged: Judged,
    audit: Audit,
    unit: Unit,
    sight: Sight,
    also: tuple[tuple[str, str], ...],
    *,
    writes: bool,
) -> Card:
    assert judged.verdict is not None
    claim, answer = judged.claim, judged.answer
    before, after = _around(judged, audit.text)
    rows, hidden = every_source(answer, sight) if answer and answer.known else ((), 0)
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
        also=also,
        sources=rows[:MOST_SOURCES],
        more=max(0, len(rows) - MOST_SOURCES),
        hidden=hidden,
        entry_url=entry_url(unit, kinds) if lacking and writes else "",
    )


def _beside(judged: Judged, findings: list[tuple[str, Finding]]) -> tuple[tuple[str, str], ...]:
    """Findings on the words of the claim itself."""
    claim = judged.claim
    return tuple((id, f.check) for id, f in findings if (f.start, f.end) == (claim.start, claim.end))


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


def _finding_card(
    id: str, finding: Finding, text: str, named: Mapping[str, Named], sight: Sight, *, whole: bool
) -> Card:
    """What a check says: the place, both sides, what to do."""
    known = [named[number] for number in finding.records if number in named]
    sources = tuple(source for one in known if (source := seen(one, sight)))
    return Card(
        id,
        "f",
        finding.check,
        finding.message,
        *(("", "", "") if whole else _cut(finding, text)),
        why=finding.ledger,
        advice=finding.advice,
        placed=not whole and finding.start < finding.end,
        sources=sources[:MOST_SOURCES],
        more=max(0, len(sources) - MOST_SOURCES),
        hidden=len(finding.records) - len(sources),
    )


def _cut(finding: Finding, text: str) -> tuple[str, str, str]:
    """The place with a few words either side; of a long one its beginning."""
    start, end = finding.start, finding.end
    found = text[start:end] if end - start <= LONGEST else f"{text[start : start + LONGEST]}……"
    parts = text[max(0, start - 16) : start], found, text[end : end + 16]
    before, found, after = (part.replace("\n", " ") for part in parts)
    return before, found, after

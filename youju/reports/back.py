"""A document that went out and comes back: which of its figures and told words still stand as they were sent.

Content controls (``w:tag``) that survived say it at once; where they are lost, the text is read as anybody's would be.
Pure: a read document and what was sent in, sentences out.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from youju.figures.match import match
from youju.kit.digests import sha256_hex
from youju.paper.reading import ReadText
from youju.prose.claims import Claim, read

APPENDIX = "附：数据出处表"
MOST_TAG = 64  # characters of a tag that Word keeps
_FIGURE_TAG = re.compile(r"yj(?P<place>\d+)-(?P<year>\d{4})-(?P<figure>[^-]*)-(?P<shown>[^-]*)-(?P<proof>[0-9a-f]+)\Z")
_DRAFT_TAG = re.compile(r"yj-c\d+-[0-9a-f]+\Z")
_TOLD_TAG = re.compile(r"yjr-(?P<number>.+)-(?P<proof>[0-9a-f]{12})\Z")
_PROOF = 12


class How(StrEnum):
    """How a citation came back."""

    SAME = "没有改"
    CHANGED = "改过"
    GONE = "没有了"
    NEW = "新写的"


@dataclass(frozen=True)
class Sent:
    """A figure as it went out, or words of a ``record``. ``key`` is its tag without the proof, which follows the ledger."""

    key: str
    figure: str
    text: str
    record: str = ""


@dataclass(frozen=True)
class Returned:
    """One figure, or words told from a record, as it came back. ``start`` is -1 where it stands nowhere."""

    how: How
    figure: str
    was: str
    now: str
    start: int = -1
    end: int = -1
    record: str = ""
    tagged: bool = False

    @property
    def sentence(self) -> str:
        if self.record:
            if self.how is How.SAME:
                return f"引自记录{self.record}，没有改。"
            return f"引自记录{self.record}的话改过了，不再当作记录里的原话。"
        said = {
            How.SAME: f"{self.figure}：{self.was}，没有改。",
            How.CHANGED: f"{self.figure}：导出时是{self.was}，稿子里改成了{self.now}。",
            How.GONE: f"{self.figure}：导出时写了{self.was}，稿子里没有了。",
            How.NEW: f"新写的数字“{self.now}”，导出时没有。",
        }
        return said[self.how]


# -- tags --------------------------------------------------------------------------------------------------------------


def figure_tag(place: int, year: int, figure: str, shown: str, proof: str) -> str:
    """A figure's tag: it says by itself what was sent, though the ledger may have moved since."""
    return f"yj{place}-{year}-{_safe(figure)[:24]}-{_safe(shown)[:14]}-{proof[:_PROOF]}"


def told_tag(number: str, text: str) -> str:
    """The tag of words taken from a record. The proof is of the words, so that changed ones are not taken for them."""
    return f"yjr-{number[: MOST_TAG - _PROOF - 5]}-{_words_proof(text)}"


def _safe(text: str) -> str:
    return text.replace("-", "－")


def _words_proof(text: str) -> str:
    return sha256_hex("".join(text.split()).encode())[:_PROOF]


def key_of(tag: str) -> str:
    """What names the citation: all but what was shown and the proof, which follow the ledger."""
    itself = _FIGURE_TAG.match(tag)
    return f"yj{itself['place']}-{itself['year']}-{itself['figure']}" if itself else tag.rpartition("-")[0]


# -- what came back ----------------------------------------------------------------------------------------------------


def record_words(document: ReadText) -> tuple[tuple[int, int], ...]:
    """Places whose words are a record's own, unchanged: a number in them is quoted from the record and claims nothing."""
    return tuple((back.start, back.end) for back in _told(document) if back.how is How.SAME)


def has_tags(document: ReadText) -> bool:
    """Whether it is one of our own that came back with its tags."""
    ours = (_FIGURE_TAG, _TOLD_TAG, _DRAFT_TAG)
    return any(tag.match(span.tag) for span in document.tags for tag in ours)


def returned_citations(document: ReadText, sent: Iterable[Sent] = ()) -> tuple[Returned, ...]:
    """Every figure that was sent, every one that stands tagged in the text, words told from records, and new numbers.

    In the order of the text; what is gone stands at the end. Without ``sent`` the tags speak for themselves, and what
    was cut out together with its tag cannot be known.
    """
    everything = list(sent)
    sent = [citation for citation in everything if not citation.record]
    known = {citation.key: citation for citation in sent}
    tagged = list(_tagged(document, known))
    told = [*_told(document), *_told_without_tags(document, everything)]
    met = {key for key, _ in tagged}
    taken = [(back.start, back.end) for back in (*(back for _, back in tagged), *told)]
    claims = [claim for claim in _claims(document) if not _within(claim, taken)]
    if not tagged and not sent:
        return ()  # nobody's: a text without tags, and nothing to compare it with
    missing = [citation for citation in sent if citation.key not in met]
    by_reading = _read_again(missing, claims)
    used = {claim.start for _, claim in by_reading if claim}
    fresh = [Returned(How.NEW, "", "", c.text, c.start, c.end) for c in claims if c.start not in used]
    found = [back for _, back in tagged] + told + [_as_read(citation, claim) for citation, claim in by_reading] + fresh
    return tuple(sorted(found, key=lambda back: (back.start < 0, back.start)))


def _tagged(document: ReadText, known: dict[str, Sent]) -> Iterator[tuple[str, Returned]]:
    for span in document.tags:
        now, key, itself = document.text[span.start : span.end], key_of(span.tag), _FIGURE_TAG.match(span.tag)
        citation = known.get(key)
        if citation is None and itself is None:
            continue  # somebody else's control
        figure = citation.figure if citation else itself["figure"] if itself else ""
        # What the tag says went out with it; a report composed anew may say something else by now.
        was = itself["shown"] if itself else citation.text if citation else ""
        same = _safe("".join(now.split()))[:14] == was if itself else now.strip() == was
        yield (
            key,
            Returned(How.SAME if same else How.CHANGED, figure, was, now, span.start, span.end, tagged=True),
        )


def _told(document: ReadText) -> Iterator[Returned]:
    for span in document.tags:
        tag = _TOLD_TAG.match(span.tag)
        if tag:
            now = document.text[span.start : span.end]
            how = How.SAME if _words_proof(now) == tag["proof"] else How.CHANGED
            yield Returned(how, "", "", now, span.start, span.end, record=tag["number"], tagged=True)


def _told_without_tags(document: ReadText, sent: Iterable[Sent]) -> Iterator[Returned]:
    """Words of records that stand in the text as they were sent, though their tags are lost."""
    tagged = {span.start for span in document.tags if _TOLD_TAG.match(span.tag)}
    for words in sent:
        at = document.text.find(words.text) if words.record else -1
        if at >= 0 and at not in tagged:
            yield Returned(How.SAME, "", "", words.text, at, at + len(words.text), record=words.record)


def _claims(document: ReadText) -> list[Claim]:
    body = document.text.split(APPENDIX)[0]
    return [claim for claim in read(body) if claim.class_ in ("work", "state")]


def _within(claim: Claim, spans: Iterable[tuple[int, int]]) -> bool:
    return any(claim.start < end and start < claim.end for start, end in spans)


def _read_again(missing: Sequence[Sent], claims: Sequence[Claim]) -> list[tuple[Sent, Claim | None]]:
    """Each figure with the claim that asks it: the same words first, then the next of its figure in the text."""
    asks = {claim.start: {figure.id for figure in match(claim)} for claim in claims}
    free = list(claims)
    found: dict[str, Claim] = {}
    for exactly in (True, False):
        for citation in missing:
            if citation.key in found:
                continue
            fits = (c for c in free if citation.figure in asks[c.start] and (c.text == citation.text or not exactly))
            claim = next(fits, None)
            if claim is not None:
                found[citation.key] = claim
                free.remove(claim)
    return [(citation, found.get(citation.key)) for citation in missing]


def _as_read(citation: Sent, claim: Claim | None) -> Returned:
    if claim is None:
        return Returned(How.GONE, citation.figure, citation.text, "")
    how = How.SAME if claim.text == citation.text else How.CHANGED
    return Returned(how, citation.figure, citation.text, claim.text, claim.start, claim.end)

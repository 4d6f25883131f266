"""What a kept run remembers of its audit, and how today's differs from it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from youju.audit.values import Audit, Judged, Verdict


@dataclass(frozen=True)
class Change:
    """One number whose verdict, or whose number in the ledger, is not what it was. ``was`` is empty for a new claim."""

    said: str
    was: str
    now: str
    was_ledger: float | None
    now_ledger: float | None


def counts_of(audit: Audit) -> dict[str, int]:
    return {verdict.zh: audit.count(verdict) for verdict in Verdict if audit.count(verdict)}


def verdicts_of(audit: Audit) -> dict[str, list[object]]:
    """The verdict and the ledger's number of each place, without its words."""
    return {_place(judged): [_zh(judged), judged.ledger] for judged in audit.judged}


def changes(then: Mapping[str, list[object]], audit: Audit) -> tuple[Change, ...]:
    """What today's audit of the same text says otherwise. The reader of numbers may have learned too: new places count."""
    return tuple(_changed(then, audit.judged))


def _changed(then: Mapping[str, list[object]], judged: Iterable[Judged]) -> Iterable[Change]:
    for one in judged:
        was, ledger = then.get(_place(one), ["", None])
        now = _zh(one)
        if (was, ledger) != (now, one.ledger):
            yield Change(one.said, str(was), now, ledger if isinstance(ledger, int | float) else None, one.ledger)


def _place(judged: Judged) -> str:
    return f"{judged.claim.start}-{judged.claim.end}"


def _zh(judged: Judged) -> str:
    return judged.verdict.zh if judged.verdict else ""

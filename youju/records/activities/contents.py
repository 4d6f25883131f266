"""What is written with a session, and what a revision holds of it.

An action that has just written the parts hands them in as they are; everybody else loads them. Both give the same bytes.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from youju.records.activities.models import AgendaItem, Evidence, Guest, Resolution, RosterRow, Session
from youju.records.facets.models import SessionFacet
from youju.records.facets.values import Facet
from youju.records.sources.models import Studied


@dataclass(frozen=True)
class Contents:
    """The parts of one session, in their order."""

    kinds: tuple[str, ...]
    joining: tuple[int, ...]
    roster: Sequence[RosterRow]
    agenda: Sequence[tuple[AgendaItem, Sequence[Resolution]]]
    evidence: Sequence[Evidence]
    guests: Sequence[Guest] = ()
    facets: Sequence[SessionFacet] = ()
    studied: Sequence[Studied] = ()


def contents_of(session: Session) -> Contents:
    """The parts of a session loaded by ``with_parts``."""
    return Contents(
        kinds=tuple(row.kind for row in session.kind_rows.all()),
        joining=tuple(other.pk for other in session.joining.all()),
        roster=list(session.roster.all()),
        agenda=[(item, list(item.resolutions.all())) for item in session.agenda.all()],
        evidence=list(session.evidence.all()),
        guests=list(session.guests.all()),
        facets=list(session.facets.all()),
        studied=list(session.studied.all()),
    )


def body_from(session: Session, contents: Contents) -> tuple[dict[str, Any], dict[str, str]]:
    """Plain data with persons as ids, and the free texts by key."""
    texts = {
        "title": session.title, "place": session.place, "outcome": session.outcome, "transcribed_from": session.transcribed_from,
    }  # fmt: skip
    agenda: list[dict[str, Any]] = []
    for item, resolutions in contents.agenda:
        texts[f"agenda.{item.position}.title"] = item.title
        texts[f"agenda.{item.position}.note"] = item.note
        votes = []
        for row in resolutions:
            texts[f"agenda.{item.position}.resolution.{row.position}"] = row.text
            counts = [row.votes_expected, row.votes_present, row.yes, row.no, row.abstain, row.written_yes]
            votes.append([row.rule, *counts, row.carried])
        agenda.append({"kind": item.kind, "resolutions": votes})
    for proof in contents.evidence:
        texts[f"evidence.{proof.file.sha256}"] = proof.caption
    for guest in contents.guests:
        texts[f"guest.{guest.position}.name"], texts[f"guest.{guest.position}.unit"] = guest.name, guest.unit_words
    body: dict[str, Any] = {
        "number": session.number, "status": session.status, "unit": session.unit_id, "ledger": session.ledger_id,
        "kinds": list(contents.kinds), "held_on": session.held_on, "starts_at": session.starts_at,
        "ends_at": session.ends_at, "for_year": session.for_year,
        "chair": session.chair_id, "recorder": session.recorder_id, "lecturer": session.lecturer_id,
        "joining": sorted(contents.joining),
        "roster": [[r.member_id, r.unit_id, r.attendance, r.leave_category, r.expected, r.votes] for r in contents.roster],
        "agenda": agenda,
        "evidence": sorted(proof.file.sha256 for proof in contents.evidence),
    }  # fmt: skip
    # Left out where nobody did: a record from before this was asked reads as it was written.
    for name in ("led", "spoke"):
        if named := [row.member_id for row in contents.roster if getattr(row, name)]:
            body[name] = named
    if contents.guests:  # left out where there are none, so that revisions from before there were any still agree
        body["guests"] = [[guest.kind, guest.count] for guest in contents.guests]
        if lecturing := [guest.position for guest in contents.guests if guest.lectured]:
            body["lecturing"] = lecturing
    if contents.facets:
        # Ids of closed lists are plain data; words that somebody made up are texts, so that they can be erased.
        body["facets"] = [[row.facet, row.value if Facet(row.facet).closed else ""] for row in contents.facets]
        for said in contents.facets:
            if not Facet(said.facet).closed:
                texts[f"facet.{said.position}"] = said.value
    if contents.studied:
        body["studied"] = [[row.source_id, row.part_id] for row in contents.studied]
        for text in contents.studied:
            texts[f"studied.{text.position}.title"] = text.title
            texts[f"studied.{text.position}.part"] = text.part_title
    return body, texts

"""Checks: pure functions from what was looked at to findings, gathered in one visible list."""

from __future__ import annotations

from collections.abc import Callable

from youju.audit.checks.absolutes import absolutes
from youju.audit.checks.amounts import lump_sum, open_ended, without_number
from youju.audit.checks.boilerplate import boilerplate
from youju.audit.checks.conflicts import conflicts
from youju.audit.checks.duties import below_floor, last_year, unmentioned
from youju.audit.checks.numbering import numbering
from youju.audit.checks.period import period
from youju.audit.checks.person import person
from youju.audit.checks.placeholders import placeholders
from youju.audit.checks.private import private
from youju.audit.checks.remedies import remedies
from youju.audit.checks.residue import ads, lacking, wrong_owner
from youju.audit.values import Finding, Looked

Check = Callable[[Looked], list[Finding]]

#: In order of consequence: numbers first, then what is left out, then what was copied, then form.
CHECKS: tuple[Check, ...] = (
    conflicts,
    below_floor,
    lump_sum,
    open_ended,
    without_number,
    unmentioned,
    last_year,
    remedies,
    absolutes,
    private,
    placeholders,
    lacking,
    wrong_owner,
    ads,
    period,
    numbering,
    person,
    boilerplate,
)

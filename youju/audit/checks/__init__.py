"""Checks: pure functions from what was looked at to findings, gathered in one visible list."""

from __future__ import annotations

from collections.abc import Callable

from youju.audit.checks.placeholders import placeholders
from youju.audit.values import Finding, Looked

CHECKS: tuple[Callable[[Looked], list[Finding]], ...] = (placeholders,)

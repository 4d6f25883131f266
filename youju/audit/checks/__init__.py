"""Checks: pure functions from a text to findings, gathered in one visible list."""

from __future__ import annotations

from collections.abc import Callable

from youju.audit.checks.placeholders import placeholders
from youju.audit.values import Finding

CHECKS: tuple[Callable[[str], list[Finding]], ...] = (placeholders,)

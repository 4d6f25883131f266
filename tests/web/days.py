"""The day on which tests of pages look, and the one on which what they look at happened."""

from __future__ import annotations

from datetime import date

TODAY = date(2026, 11, 20)
DAY = date(2026, 11, 5)

"""A data folder of its own for a measurement, on a day of its own, and the CPU of what is asked there."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
ROUNDS = 60


def settle(folder: Path, today: date | None, url: str | None = None) -> None:
    """Makes an empty ledger in the folder, or in the database of the address, and lets this process work on it; without a
    day the clock is the machine's, as in service."""
    os.environ |= {"YOUJU_DATA": str(folder), "DJANGO_SETTINGS_MODULE": "youju.config.settings"}
    for name, value in (("YOUJU_TODAY", today and today.isoformat()), ("YOUJU_DATABASE_URL", url)):
        os.environ.pop(name, None)
        if value:
            os.environ[name] = value
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)


def cpu(ask: Callable[[], object], *, rounds: int = ROUNDS) -> list[float]:
    """CPU of each of some rounds, in milliseconds, after a warm-up; the least first."""
    for _ in range(min(5, rounds)):
        ask()
    found = []
    for _ in range(rounds):
        before = time.process_time()
        ask()
        found.append((time.process_time() - before) * 1000)
    return sorted(found)


def middle_cpu(ask: Callable[[], object], *, rounds: int = ROUNDS) -> float:
    """The middle of the rounds: half take less."""
    return cpu(ask, rounds=rounds)[rounds // 2]


def report(name: str, ask: Callable[[], object], *, goal: float | None = None) -> float:
    """Prints the middle of the rounds and what 95 in 100 stay below; returns the middle."""
    rounds = cpu(ask)
    middle, high = rounds[len(rounds) // 2], rounds[int(len(rounds) * 0.95)]
    share = f"，占目标 {goal:.0f} ms 的 {middle / goal:.0%}" if goal else ""
    print(f"{name}：CPU 中位 {middle:.1f} ms，95% 在 {high:.1f} ms 内{share}")
    return middle

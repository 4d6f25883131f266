"""A data folder of its own for a measurement, on a day of its own."""

from __future__ import annotations

import os
import sys
from datetime import date
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent


def settle(folder: Path, today: date) -> None:
    """Makes an empty ledger in the folder and lets this process work on it."""
    os.environ |= {
        "YOUJU_DATA": str(folder), "YOUJU_TODAY": today.isoformat(), "DJANGO_SETTINGS_MODULE": "youju.config.settings",
    }  # fmt: skip
    os.environ.pop("YOUJU_DATABASE_URL", None)
    sys.path.insert(0, str(ROOT))
    import django
    from django.core.management import call_command

    django.setup()
    call_command("migrate", verbosity=0)

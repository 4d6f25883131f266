"""What is handed in."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Handed:
    """A report ready to be handed in. ``seal`` is what is printed of the seal made when it became final."""

    year: int
    title: str
    text: str
    data: bytes
    seal: str

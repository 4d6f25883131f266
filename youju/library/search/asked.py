"""What a reader asks of the library: words and filters."""

from __future__ import annotations

from dataclasses import dataclass

from youju.library.documents.values import Origin


@dataclass(frozen=True)
class Asked:
    """``words`` in the language of ``search/rules.py``; within a filter any value will do, all filters must hold.

    ``today`` asks for what came in today; ``newest`` sorts by the day of coming in, else the best match is first.
    """

    words: str = ""
    genres: tuple[str, ...] = ()
    years: tuple[int, ...] = ()
    sectors: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    today: bool = False
    newest: bool = False

    @property
    def filtered(self) -> bool:
        return bool(self.genres or self.years or self.sectors or self.origins or self.today)

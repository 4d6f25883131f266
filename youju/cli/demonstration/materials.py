"""素材 of the demonstration: texts of every kind, put in by those who would, through the intake itself."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import cache
from typing import Literal

from youju.cli.demonstration import days
from youju.cli.demonstration.builder import World
from youju.cli.demonstration.texts import HERE
from youju.kit.schema import Strict, validated
from youju.library.documents.values import Origin
from youju.library.intake.actions import begin, take
from youju.library.intake.values import Offer, Way
from youju.paper import writing


class FileText(Strict):
    """A file by its name, which says what kind it is, and the words in it."""

    name: str
    text: str

    @property
    def data(self) -> bytes:
        return _docx(self.text) if self.name.endswith(".docx") else self.text.encode()


class Batch(Strict):
    """What one person put in on one day. Without a unit the whole site reads it."""

    by: Literal["clerk", "librarian"]
    unit: str | None = None
    origin: Origin
    day: date
    files: tuple[FileText, ...]


class Materials(Strict):
    batches: tuple[Batch, ...]


@cache
def materials() -> Materials:
    return validated(HERE / "library_texts.yaml", Materials)[0]


def schedule(world: World) -> None:
    for batch in materials().batches:
        world.at(
            # Nobody puts anything in before the accounts of the opening day are there.
            max(days.moment(batch.day, 15, 20), world.opening + timedelta(days=1)),
            lambda at, batch=batch: _put_in(world, batch, at),  # type: ignore[misc]
        )


def _put_in(world: World, batch: Batch, at: datetime) -> None:
    by = world.clerks["home"] if batch.by == "clerk" else world.users["librarian"]
    offers = [Offer(file.name, len(data), lambda data=data: data) for file in batch.files for data in [file.data]]  # type: ignore[misc]
    intake = begin(
        way=Way.UPLOAD, given="、".join(file.name for file in batch.files), offers=offers,
        unit=world.units[batch.unit] if batch.unit else None, origin=batch.origin, by=by, at=at,
    )  # fmt: skip
    take(intake=intake, offers=offers, by=by, at=at)


def _docx(text: str) -> bytes:
    """The first line is the title."""
    title, *lines = text.strip().split("\n")
    blocks = tuple(writing.Paragraph((line,)) for line in lines)
    return writing.write_docx(writing.Paper(title=title, blocks=blocks))

"""The library of the demonstration: texts of every kind, with the faults that cleaning is for, put in as anybody would."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from youju import reports
from youju.cli.demonstration import builder, materials, opening
from youju.cli.demonstration.folder import MARKER, Folder
from youju.library.documents.queries import visible_to
from youju.library.entitlements.queries import reader_of
from youju.library.intake.values import State
from youju.library.models import Document, Intake, IntakeRow, Mark, Removal

ON = date(2026, 11, 20)


def put_in(on: date = ON) -> builder.World:
    """Units, accounts and the library, without the years of the ledger."""
    world = builder.World(on=on, first_year=2022)
    opening.schedule(world)
    materials.schedule(world)
    builder._carry_out(world, lambda line: None)
    return world


@pytest.mark.django_db
def test_it_holds_every_kind_of_text_and_what_is_to_be_seen_of_cleaning() -> None:
    world = put_in()
    files = [file for batch in materials.materials().batches for file in batch.files]
    assert IntakeRow.objects.count() == len(files) >= 24
    assert not IntakeRow.objects.exclude(state__in=(State.ADDED, State.COPY)).exists()
    assert all(intake.finished_at and intake.by_id for intake in Intake.objects.all())
    genres = set(Document.objects.values_list("genre", flat=True))
    assert {"duty_report", "summary", "plan", "speech", "party_lecture", "rule", "scheme", "research"} <= genres
    assert len(genres) >= 14 and set(Document.objects.values_list("origin", flat=True)) == set(materials.Origin)
    assert {"advert", "publisher", "contact", "marker"} <= set(Removal.objects.values_list("kind", flat=True))
    assert {"placeholder", "private", "truncated"} <= set(Mark.objects.values_list("kind", flat=True))
    assert IntakeRow.objects.filter(state=State.COPY).count() == 1
    assert Document.objects.filter(title="乡镇党委书记抓基层党建述职报告").count() == 2  # two drafts of one text
    hidden = Document.objects.filter(has_restricted=True)
    assert hidden and not any(reader_of(world.clerks["home"], on=ON).sees_whole(row.pk) for row in hidden)
    assert all(reader_of(world.users["librarian"], on=ON).sees_whole(row.pk) for row in hidden)
    there = visible_to(reader_of(world.clerks["library"], on=ON))
    assert there.exists() and there.count() < visible_to(reader_of(world.clerks["home"], on=ON)).count()


@pytest.mark.django_db
def test_a_demonstration_of_an_earlier_day_has_only_what_was_there_by_then() -> None:
    put_in(date(2023, 3, 1))
    assert set(Document.objects.values_list("origin", flat=True)) == {"own"}


def test_last_years_report_says_sentences_that_this_years_says_again() -> None:
    said = "下一年，我将以解决上述问题为重点，把措施列入支部年度计划，逐项明确责任人和时限。"
    outline = Path(reports.__file__).parent / "outlines" / "grassroots.yaml"
    assert said in outline.read_text(encoding="utf-8")
    assert sum(said in file.text for batch in materials.materials().batches for file in batch.files) == 2


def test_what_follows_the_library_goes_with_a_demonstration_that_is_made_anew(tmp_path: Path) -> None:
    (tmp_path / MARKER).write_text("{}", encoding="utf-8")
    for name in ("index", "inbox", "waiting"):
        (tmp_path / name).mkdir()
    Folder(tmp_path, ON).begin()
    assert [path.name for path in tmp_path.iterdir()] == [MARKER]

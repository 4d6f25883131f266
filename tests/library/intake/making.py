"""Things to offer to the intake."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

from tests import make
from youju.library.documents.values import Origin
from youju.library.intake import actions
from youju.library.intake.listing import Listing, of_paths
from youju.library.intake.values import Way
from youju.library.models import Copy, Document, Intake
from youju.store.queries import path_of

DAY = date(2026, 11, 20)
AT = make.moment(DAY)


def report(number: int) -> str:
    """A text of its own for each number."""
    return f"青禾支部第{number}次工作总结\n一、基本情况\n今年共开展主题党日{number}次，走访社员{number + 7}户。\n"


def write(folder: Path, files: Mapping[str, str | bytes]) -> Path:
    for name, content in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
    return folder


def packed(files: Mapping[str | zipfile.ZipInfo, str | bytes], *, method: int = zipfile.ZIP_DEFLATED) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def taken(listing: Listing, *, given: str = "资料", way: Way = Way.PATHS, **more: Any) -> Intake:
    """Everything of a listing, taken in one run."""
    words: dict[str, Any] = {"unit": None, "origin": Origin.WEB, "by": None, "at": AT, **more}
    with listing:
        intake = actions.begin(way=way, given=given, offers=listing.offers, passed_over=listing.passed_over, **words)
        return actions.take(intake=intake, offers=listing.offers, by=words["by"], at=AT)


def taken_from(*paths: Path | str, **more: Any) -> Intake:
    return taken(of_paths([str(path) for path in paths]), given="\n".join(map(str, paths)), **more)


def outcomes(intake: Intake) -> dict[str, tuple[str, str]]:
    """What became of each file, by its name."""
    return {row.path.rpartition("/")[2]: (row.state, row.sentence) for row in intake.rows.all()}


def lying(folder: Path) -> set[str]:
    return {path.name for path in folder.rglob("*") if path.is_file()}


def whole(folder: Path) -> bool:
    """Whether the store holds exactly the originals of the library, and every document has its copies and text."""
    originals = set(Copy.objects.values_list("digest", flat=True))
    names = {path_of(digest).name for digest in originals}
    texts = Document.objects.filter(text__isnull=False, copies__isnull=False).distinct().count()
    return lying(folder) == names and texts == Document.objects.count()

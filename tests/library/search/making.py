"""Entries for tests: invented texts, or laws where they lie beside the checkout."""

import random
import zipfile
from functools import lru_cache
from pathlib import Path
from typing import Any

from youju.library.search.values import ALL, SITE, Entry

ROOT = Path(__file__).resolve().parents[3]
LAWS = ROOT.parent / "shared" / "corpus" / "laws.zip"
MOST_TEXTS = 240


def entry(document: int, body: str = "", title: str = "", **more: Any) -> Entry:
    plain: dict[str, Any] = {
        "document": document, "reading": ALL, "scope": SITE, "serial": document, "title": title, "headings": (),
        "body": body, "year": None, "genre": "", "sector": "", "origin": "own",
    }  # fmt: skip
    return Entry(**{**plain, **more})


@lru_cache(maxsize=1)
def real_texts() -> list[tuple[str, str]]:
    """Titles and texts: a fixed few of the laws, or else what the project itself has written."""
    if LAWS.is_file():
        with zipfile.ZipFile(LAWS) as archive:
            names = sorted(name for name in archive.namelist() if name.endswith(".md"))
            chosen = random.Random(57).sample(names, MOST_TEXTS)
            return [(Path(name).stem, archive.read(name).decode("utf-8")[:8000]) for name in chosen]
    files = sorted(
        [
            *ROOT.glob("*.md"),
            *ROOT.glob("docs/**/*.md"),
            *ROOT.glob("youju/**/*.yaml"),
            *ROOT.glob("youju/web/**/*.html"),
        ]
    )
    texts = [(file.stem, file.read_text(encoding="utf-8")) for file in files]
    return [(f"{name} {at}", text[at : at + 3000]) for name, text in texts for at in range(0, len(text), 3000)][
        :MOST_TEXTS
    ]

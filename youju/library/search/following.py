"""The index follows the database: whoever calls this writes what has changed since, the oldest change first."""

from __future__ import annotations

from collections.abc import Callable

from youju.library.documents.models import Document
from youju.library.documents.queries import last_serial
from youju.library.search.queries import entries_of, index

AT_ONCE = 400  # documents of one commit: a killed process does no more than these again


def follow(*, most: int | None = None, told: Callable[[int], None] | None = None) -> int:
    """Brings the index up to the last change. Returns how many documents were written; ``told`` hears it as it goes.

    One process at a time writes, the others wait for their turn and then find nothing left to do.
    """
    held = index().serial()
    last = last_serial()
    if held == last:
        return 0
    done = 0
    with index().writing(anew=held is not None and held > last) as writer:  # a backup of the library was put back
        reached = writer.serial or 0
        fresh = writer.serial is None
        while most is None or done < most:
            rows = list(Document.objects.changed_since(reached).select_related("text")[:AT_ONCE])
            if not rows:
                break
            gone = [row.pk for row in rows if row.removed_at]
            if gone and not fresh:
                writer.remove(gone)
            writer.put(entry for row in rows if not row.removed_at for entry in entries_of(row))
            reached = rows[-1].changed
            writer.commit(reached)
            done += len(rows)
            if told:
                told(done)
    return done

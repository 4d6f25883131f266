"""Changes of the intake: begin a run, take what is offered in parts, end it."""

from __future__ import annotations

import errno
import logging
from collections import defaultdict, deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime

from django.db import DatabaseError, InterfaceError, OperationalError, transaction
from django.db.models import Q

from youju.journal import actions as journal
from youju.journal.values import Actor
from youju.kit.digests import sha256_hex
from youju.kit.refusal import Refusal
from youju.library.documents.actions import add_copies, add_documents
from youju.library.documents.models import Copy
from youju.library.documents.values import NewCopy, NewDocument, Origin
from youju.library.intake.models import SENTENCE_CHARACTERS, Intake, IntakeRow
from youju.library.intake.preparing import Prepared, prepare
from youju.library.intake.queries import counts_of, tally_of
from youju.library.intake.values import Counts, NotTaken, Offer, State, Way
from youju.people.models import Unit
from youju.store.actions import keep_many, let_go
from youju.store.values import Incoming

logger = logging.getLogger(__name__)

#: Files of one transaction, and bytes of them held in memory: less than a second, and then the others may write.
A_PART = 50
PART_BYTES = 32 * 1024 * 1024
GONE = "接着入库时，这份文件已经不在了。"
ERASED = "这份文件曾按规定清除，不能再存入。"
NOT_KEPT = "这份文件存不进素材库，已经跳过；请另存为 .txt 或 .docx 再放进来。"
FULL = "磁盘满了，入库停在这里，已入库的都在。请腾出空间后再入库一次，会接着来，不会重复。"
NOT_WRITTEN = "写不进数据目录，入库停在这里，已入库的都在。请检查目录的权限和磁盘，再入库一次，会接着来，不会重复。"
NO_SPACE = frozenset({errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC)})
PG_DISK_FULL = "53100"


def begin(
    *, way: Way, given: str, offers: Sequence[Offer], passed_over: int = 0, unit: Unit | None, origin: Origin,
    token: str | None = None, by: Actor | None, at: datetime,
) -> Intake:  # fmt: skip
    """开始入库: what is offered is written down before anything is read.

    A run of the same things that was not finished goes on; so does the page that was sent twice (``token``).
    """
    given = given.replace("\x00", "\ufffd")  # PostgreSQL keeps no NUL
    with transaction.atomic():
        intake = Intake.objects.filter(token=token).first() if token else _begun(way, given, unit, origin, by)
        verb = "继续入库" if intake else "开始入库"
        if intake is None:
            intake = Intake.objects.create(
                way=way, given=given, unit=unit, origin=origin, token=token, by_id=by.pk if by else None, at=at
            )
        if intake.finished_at is None:
            _write_down(intake, offers)
            intake.passed_over = passed_over
            intake.save(update_fields=["passed_over"])
            _note(intake, verb, f"{way.zh}，{len(offers)} 份", by=by, at=at)
    return intake


def take(
    *, intake: Intake, offers: Sequence[Offer], by: Actor | None, at: datetime, most: int | None = None,
    say: Callable[[Counts], None] | None = None,
) -> Intake:  # fmt: skip
    """入库: part after part, each whole or not at all; with the last one the run is finished. ``most`` files at the most.

    A file that cannot be taken says why in its row. Raises Refusal on ``disk`` when nothing can be written any more:
    what is in stays in, and the same things given again go on from there.
    """
    if intake.finished_at:
        return intake
    tally = tally_of(intake)
    left = list(_still_to_do(intake, offers))
    for part in _parts(left[:most]):
        _take_part(intake, part, by=by, at=at)
        tally.subtract(given.before for given in part)
        tally.update(given.now for given in part)
        if say:
            say(Counts.of(tally))
    return intake if most is not None and len(left) > most else finish(intake=intake, by=by, at=at)


def finish(*, intake: Intake, by: Actor | None, at: datetime) -> Intake:
    """入库完成. Files that were written down and are not there any more say so."""
    with transaction.atomic():
        row = Intake.objects.select_for_update(of=("self",)).get(pk=intake.pk)
        if row.finished_at:
            return row
        row.rows.filter(state=State.WAITING).update(state=State.REFUSED, sentence=GONE)
        counts = counts_of(row)
        row.added, row.copies, row.known, row.refused = counts.added, counts.copies, counts.known, counts.refused
        row.finished_at = at
        row.save()
        _note(row, "入库完成", counts.sentence, by=by, at=at)
    return row


def clear_rows(*, before: datetime, by: Actor | None, at: datetime) -> int:
    """Rows that say only 已入过 are let go after a while: a folder given anew each night would fill the table with them."""
    with transaction.atomic():
        old = IntakeRow.objects.filter(state=State.KNOWN, intake__finished_at__lt=before)
        gone, _ = old.delete()
        if gone:
            journal.write_line(
                by=by, at=at, verb="清理入库记录", room="library", noun="intake", object_id=0, summary=f"{gone} 行"
            )
    return gone


@dataclass
class _Given:
    """One file of a part: its row as it was, what it was offered as, and what was made of it so far."""

    row: IntakeRow
    offer: Offer
    data: bytes = b""
    digest: str = ""
    prepared: Prepared | None = None
    known: _Known | None = None
    now: State = State.WAITING
    sentence: str = ""
    document_id: int | None = None

    @property
    def before(self) -> State:
        return State(self.row.state)

    def refuse(self, sentence: str) -> None:
        self.now, self.sentence, self.document_id = State.REFUSED, sentence[:SENTENCE_CHARACTERS], None

    def became(self, state: State, document_id: int) -> None:
        self.now, self.sentence, self.document_id = state, "", document_id

    def as_row(self) -> IntakeRow:
        return IntakeRow(
            pk=self.row.pk, intake_id=self.row.intake_id, path=self.row.path, size=len(self.data) or self.row.size,
            digest=self.digest, state=self.now, sentence=self.sentence, document_id=self.document_id,
        )  # fmt: skip


@dataclass(frozen=True)
class _Known:
    """A document whose bytes are offered again."""

    document_id: int
    file_id: int | None
    paths: frozenset[str]


def _begun(way: Way, given: str, unit: Unit | None, origin: Origin, by: Actor | None) -> Intake | None:
    """A run of the same things that was not finished. What was sent through a page is known by its token only."""
    if way not in (Way.PATHS, Way.INBOX):
        return None
    same = Intake.objects.filter(way=way, given=given, unit=unit, origin=origin, finished_at__isnull=True)
    return same.filter(by_id=by.pk if by else None).order_by("-pk").first()


def _write_down(intake: Intake, offers: Sequence[Offer]) -> None:
    known: dict[str, int] = defaultdict(int)
    for path in intake.rows.values_list("path", flat=True):
        known[path] += 1
    rows = []
    for offer in offers:
        if known[offer.path]:
            known[offer.path] -= 1
        else:
            rows.append(IntakeRow(intake=intake, path=offer.path, size=offer.size))
    IntakeRow.objects.bulk_create(rows, batch_size=1000)


def _still_to_do(intake: Intake, offers: Sequence[Offer]) -> Iterator[tuple[IntakeRow, Offer]]:
    """Each offer beside its row, without what this run has taken already and what has not changed since."""
    rows: dict[str, deque[IntakeRow]] = defaultdict(deque)
    for row in intake.rows.order_by("pk").iterator(chunk_size=2000):
        rows[row.path].append(row)
    for offer in offers:
        if rows[offer.path]:
            row = rows[offer.path].popleft()
            if row.state in (State.WAITING, State.REFUSED) or not _is_same(row, offer):
                yield row, offer


def _is_same(row: IntakeRow, offer: Offer) -> bool:
    try:
        return sha256_hex(offer.read()) == row.digest
    except NotTaken:
        return False


def _parts(given: Sequence[tuple[IntakeRow, Offer]]) -> Iterator[list[_Given]]:
    part: list[_Given] = []
    size = 0
    for row, offer in given:
        if part and (len(part) == A_PART or size + offer.size > PART_BYTES):
            yield part
            part, size = [], 0
        part.append(_Given(row, offer))
        size += offer.size
    if part:
        yield part


def _take_part(intake: Intake, part: Sequence[_Given], *, by: Actor | None, at: datetime) -> None:
    """Reading and cleaning come before the transaction, so that others may write meanwhile."""
    _read(intake, part)
    try:
        _keep(part, by=by, at=at)
    except (OSError, OperationalError, InterfaceError) as fault:
        _let_go(part)
        raise Refusal("disk", FULL if _is_full(fault) else NOT_WRITTEN) from fault
    except DatabaseError as fault:
        _let_go(part)
        if len(part) > 1:  # whichever it was, the others are taken
            for given in part:
                _take_part(intake, [given], by=by, at=at)
            return
        logger.warning("a file was not kept: %s", type(fault).__name__)
        part[0].refuse(NOT_KEPT)
        with transaction.atomic():
            _write_rows(part)


def _read(intake: Intake, part: Sequence[_Given]) -> None:
    for given in part:
        try:
            given.data = given.offer.read()
            given.digest = sha256_hex(given.data)
        except NotTaken as refused:
            given.refuse(refused.sentence)
    known = _known(intake, [given.digest for given in part if given.digest])
    for given in part:
        given.known = known.get(given.digest)
        if given.digest and not given.known:
            try:
                given.prepared = prepare(
                    given.data, given.offer.path, origin=Origin(intake.origin), unit_id=intake.unit_id,
                    title=given.offer.title,
                )  # fmt: skip
            except NotTaken as refused:
                given.refuse(refused.sentence)


def _known(intake: Intake, digests: Sequence[str]) -> dict[str, _Known]:
    """By digest: the standing documents of this circle that were read from the same bytes."""
    found: dict[str, _Known] = {}
    circle = Q(document__unit__isnull=True) if intake.unit_id is None else Q(document__unit_id=intake.unit_id)
    rows = Copy.objects.filter(circle, digest__in=digests, document__removed_at__isnull=True).order_by("pk")
    for digest, document_id, file_id, path in rows.values_list("digest", "document_id", "file_id", "path"):
        paths = found[digest].paths if digest in found else frozenset()
        found[digest] = _Known(document_id, file_id, paths | {path})
    return found


def _keep(part: Sequence[_Given], *, by: Actor | None, at: datetime) -> None:
    """One transaction for the originals, the documents and what the rows say of them."""
    with transaction.atomic():
        mine = _untouched(part)
        fresh = [(given, given.prepared) for given in mine if given.prepared]
        stored = keep_many(files=[Incoming(given.data, one.media_type) for given, one in fresh], by=by, at=at)
        news: list[tuple[_Given, NewDocument]] = []
        for given, one in fresh:
            if given.digest in stored:
                news.append((given, replace(one.document, file_id=stored[given.digest].pk)))
            else:
                given.refuse(ERASED)
        kept = add_documents(news=[new for _, new in news], by=by, at=at)
        for (given, _), (document, is_new) in zip(news, kept, strict=True):
            given.became(State.ADDED if is_new else State.COPY, document.pk)
        _keep_copies([(given, given.known) for given in mine if given.known], by=by, at=at)
        _write_rows(mine)


def _keep_copies(again: Sequence[tuple[_Given, _Known]], *, by: Actor | None, at: datetime) -> None:
    """The same bytes at the same place say nothing new; at another place they are one more copy."""
    copies = []
    for given, known in again:
        if given.offer.path in known.paths:
            given.became(State.KNOWN, known.document_id)
        else:
            given.became(State.COPY, known.document_id)
            copies.append(NewCopy(known.document_id, given.offer.path, given.digest, known.file_id))
    add_copies(copies=copies, by=by, at=at)


def _untouched(part: Sequence[_Given]) -> list[_Given]:
    """Those that nobody else has taken since they were looked at; of the others it is said what he made of them."""
    rows = IntakeRow.objects.select_for_update(of=("self",)).filter(pk__in=[given.row.pk for given in part])
    now = {row.pk: row for row in rows.order_by("pk")}
    mine = []
    for given in part:
        row = now.get(given.row.pk)
        if row is not None and row.state == given.row.state:
            mine.append(given)
        elif row is not None:
            given.now = State(row.state)
    return mine


def _write_rows(part: Sequence[_Given]) -> None:
    IntakeRow.objects.bulk_create(
        [given.as_row() for given in part],
        update_conflicts=True,
        unique_fields=["id"],
        update_fields=["size", "digest", "state", "sentence", "document"],
    )


def _let_go(part: Sequence[_Given]) -> None:
    """Originals that were stored for what is now undone. Where even that cannot be done, the nightly sweep does it."""
    with suppress(OSError, DatabaseError):
        let_go(digests=[given.digest for given in part if given.prepared])


def _is_full(fault: Exception) -> bool:
    if isinstance(fault, OSError):
        return fault.errno in NO_SPACE
    return "disk is full" in str(fault) or getattr(fault.__cause__, "sqlstate", "") == PG_DISK_FULL


def _note(intake: Intake, verb: str, summary: str, *, by: Actor | None, at: datetime) -> None:
    journal.write_line(
        by=by, at=at, verb=verb, room="library", noun="intake", object_id=intake.pk, unit_id=intake.unit_id,
        summary=summary,
    )  # fmt: skip

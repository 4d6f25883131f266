"""佐证盒: one ZIP with the report, its table of sources, every cited record, its evidence, and a list with SHA-256 of each.

It is written while it is sent: of evidence no more than one piece is in memory. What is missing, and what the reader may
not open, is named in the list and never passed over.
"""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from hashlib import sha256
from pathlib import Path

from youju.kit.periods import chinese_date
from youju.kit.zone import SHANGHAI
from youju.records.activities.onpaper import record_docx
from youju.records.activities.queries import with_parts
from youju.records.activities.rules import is_talk
from youju.records.campaigns.onpaper import campaign_docx
from youju.records.campaigns.queries import with_parts as with_parts_of_campaigns
from youju.records.lists.onpaper import item_docx
from youju.records.lists.queries import with_parts as with_parts_of_items
from youju.records.models import Campaign, ListItem, Problem, Project, Publication, Session
from youju.records.problems.onpaper import problem_docx
from youju.records.problems.queries import with_parts as with_parts_of_problems
from youju.records.projects.onpaper import project_docx
from youju.records.projects.queries import with_parts as with_parts_of_projects
from youju.records.publicity.onpaper import publication_docx
from youju.records.publicity.queries import with_parts as with_parts_of_publications
from youju.reports.boxed import Contents
from youju.store.models import StoredFile
from youju.store.queries import path_of
from youju.store.rules import SUFFIXES
from youju.study.models import Use
from youju.study.uses.onpaper import use_docx
from youju.study.uses.queries import with_parts as with_parts_of_uses

PIECE = 256 * 1024
AT_ONCE = 40  # records loaded together
MOST_RECORDS = 2000
MOST_BYTES = 2 * 1024**3
UNSAFE = re.compile(r'[\\/:*?"<>|\x00-\x1f]')


# -- writing while sending ---------------------------------------------------------------------------------------------


class _Out:
    """A file that cannot be sought: what was written is taken away and sent."""

    def __init__(self) -> None:
        self._pieces: list[bytes] = []
        self._at = 0

    def write(self, data: bytes) -> int:
        self._pieces.append(bytes(data))
        self._at += len(data)
        return len(data)

    def tell(self) -> int:
        return self._at

    def flush(self) -> None:
        return

    def taken(self) -> bytes:
        data = b"".join(self._pieces)
        self._pieces.clear()
        return data


@dataclass(frozen=True)
class _Sheet:
    """Where something lies in the box, what it is called there, and the files kept with it under their captions."""

    folder: str
    what: str
    title: str
    files: Sequence[tuple[str, StoredFile]]


def _counted(files: Sequence[tuple[str, StoredFile]]) -> list[tuple[str, StoredFile]]:
    return [(f"{place} {caption}", file) for place, (caption, file) in enumerate(files, 1)]


@dataclass
class _Box:
    contents: Contents
    open_units: Collection[int]
    at: datetime
    talks_in: Collection[int] = ()
    out: _Out = field(default_factory=_Out)
    files: list[dict[str, object]] = field(default_factory=list)
    records: list[dict[str, object]] = field(default_factory=list)
    gaps: list[str] = field(default_factory=list)
    size: int = 0
    manifest: str = ""  # digest of manifest.json, once it is written

    def pieces(self) -> Iterator[bytes]:
        contents = self.contents
        with zipfile.ZipFile(self.out, "w") as archive:  # type: ignore[call-overload]
            yield from self._put(archive, f"{_safe(contents.title)}.docx", contents.report, "报告")
            for name, data in contents.tables:
                yield from self._put(archive, name, data, "数据出处表")
            yield from self._sessions(archive)
            yield from self._problems(archive)
            yield from self._projects(archive)
            yield from self._campaigns(archive)
            yield from self._publications(archive)
            yield from self._items(archive)
            yield from self._uses(archive)
            self.gaps[:0] = contents.gaps
            yield from self._put(archive, "manifest.json", self._manifest(), "清单", listed=False)
            yield from self._put(archive, "清单.txt", self._list().encode(), "清单", listed=False)
        yield self.out.taken()

    def _sessions(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        ids = self.contents.sessions
        if len(ids) > MOST_RECORDS:
            self.gaps.append(f"引用的记录有{len(ids)}条，只装前{MOST_RECORDS}条，其余请到台账里导出。")
        for some in _in_parts(ids[:MOST_RECORDS]):
            rows = {row.pk: row for row in with_parts(Session.objects.happened().filter(pk__in=some))}
            for pk in some:
                if pk not in rows:
                    self.gaps.append("有1条引用过的记录已经撤销，装不进来。")
                elif rows[pk].unit_id not in self.open_units:
                    self._closed(rows[pk].number)
                elif self._of_the_two(rows[pk]):
                    self.records.append({"number": rows[pk].number, "open": False, "files": []})
                    self.gaps.append(f"{rows[pk].number}是谈话，谁和谁谈由党务工作者和书记保管，只列编号。")
                else:
                    yield from self._session(archive, rows[pk])

    def _of_the_two(self, session: Session) -> bool:
        return session.unit_id not in self.talks_in and is_talk(row.kind for row in session.kind_rows.all())

    def _session(self, archive: zipfile.ZipFile, session: Session) -> Iterator[bytes]:
        name = f"{session.number} {session.title}"
        record: dict[str, object] = {"number": session.number, "title": session.title, "open": True}
        self.records.append(record)
        before = len(self.files)
        yield from self._put(archive, f"记录/{_safe(name)}.docx", record_docx(session), f"记录{session.number}")
        rows = sorted(session.evidence.all(), key=lambda row: row.pk)
        for place, row in enumerate(rows, 1):
            where = f"佐证/{_safe(session.number)}/{place} {_safe(row.caption)}".rstrip()
            yield from self._file(archive, where, row.file, session.number)
        if not rows:
            self.gaps.append(f"{session.number}没有佐证文件。")
        record["files"] = [entry["path"] for entry in self.files[before:]]

    def _problems(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Each cited problem as its sheet, with the proofs of its measures."""
        wanted = Problem.objects.filter(pk__in=self.contents.problems).order_by("number")
        for row in with_parts_of_problems(wanted.select_related("unit")):
            kept = [(f"{one.position} {one.text}", one.file) for one in row.measures.all() if one.file]
            sheet = _Sheet("问题", "问题", row.title, kept)
            yield from self._sheet(archive, row, sheet, partial(problem_docx, row))

    def _projects(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Each cited project as its sheet, with its materials and the proofs of its milestones."""
        for row in with_parts_of_projects(Project.objects.filter(pk__in=self.contents.projects)).order_by("number"):
            kept = [(one.caption, one.file) for one in row.materials.all()]
            kept += [(step.text, step.file) for step in row.milestones.all() if step.file]
            sheet = _Sheet("项目", "项目", row.title, _counted(kept))
            yield from self._sheet(archive, row, sheet, partial(project_docx, row, on=self.contents.as_of))

    def _campaigns(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Each cited campaign as its sheet, with the proofs of its tasks; its records stand among the records."""
        for row in with_parts_of_campaigns(Campaign.objects.filter(pk__in=self.contents.campaigns)).order_by("number"):
            kept = [(task.text, task.file) for task in row.tasks.all() if task.file]
            sheet = _Sheet("专项", "专项活动", row.title, _counted(kept))
            yield from self._sheet(archive, row, sheet, partial(campaign_docx, row, on=self.contents.as_of))

    def _publications(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Each cited publication as its sheet, with its files."""
        wanted = Publication.objects.filter(pk__in=self.contents.publications)
        for row in with_parts_of_publications(wanted).order_by("number"):
            kept = [(one.caption, one.file) for one in row.files.all()]
            sheet = _Sheet("宣传", "宣传材料", row.said, _counted(kept))
            yield from self._sheet(archive, row, sheet, partial(publication_docx, row))

    def _items(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Each cited item of a list as its sheet, with what proves its checks and the files of its versions."""
        wanted = ListItem.objects.filter(pk__in=self.contents.items)
        for row in with_parts_of_items(wanted).order_by("number"):
            kept = [(f"检查{one.done_on:%Y-%m-%d}", one.file) for one in row.checks.all() if one.file]
            kept += [(f"施行{one.in_force:%Y-%m-%d}", one.file) for one in row.versions.all() if one.file]
            sheet = _Sheet("清单", "清单事项", row.title, _counted(kept))
            yield from self._sheet(archive, row, sheet, partial(item_docx, row))

    def _uses(self, archive: zipfile.ZipFile) -> Iterator[bytes]:
        """Each cited use as its sheet, with the file that shows it; what it was put to use in has its own number there."""
        cited = Use.objects.filter(pk__in=self.contents.uses)
        standing = set(cited.standing().values_list("pk", flat=True))
        for row in with_parts_of_uses(cited).order_by("number"):
            if row.ledger_id in self.open_units and row.pk not in standing:
                self.gaps.append(f"{row.number}已经撤回，装不进来。")
            else:
                sheet = _Sheet("学以致用", "学以致用", row.studied, [("成效", row.file)] if row.file else [])
                yield from self._sheet(archive, row, sheet, partial(use_docx, row))

    def _sheet(
        self, archive: zipfile.ZipFile, row: Problem | Project | Campaign | Publication | ListItem | Use,
        sheet: _Sheet, written: Callable[[], bytes],
    ) -> Iterator[bytes]:  # fmt: skip
        """What is cited beside the sessions: the sheet, and the files kept with it; of a unit not open its number alone."""
        if (row.ledger_id if isinstance(row, Use) else row.unit_id) not in self.open_units:
            self._closed(row.number)
            return
        before = len(self.files)
        record: dict[str, object] = {"number": row.number, "title": sheet.title, "open": True}
        self.records.append(record)
        name = _safe(f"{row.number} {sheet.title}")
        yield from self._put(archive, f"{sheet.folder}/{name}.docx", written(), f"{sheet.what}{row.number}")
        for caption, file in sheet.files:
            yield from self._file(archive, f"佐证/{_safe(row.number)}/{_safe(caption)}", file, row.number)
        record["files"] = [entry["path"] for entry in self.files[before:]]

    def _closed(self, number: str) -> None:
        self.records.append({"number": number, "open": False, "files": []})
        self.gaps.append(f"{number}由别的组织记录，导出的人无权打开，只列编号。")

    def _free(self, path: str) -> str:
        """The path, or one beside it where another ledger's record of the same number stands already."""
        taken = {entry["path"] for entry in self.files}
        stem, dot, ending = path.rpartition(".")
        return next(
            name for at in range(1, 1000) if (name := path if at == 1 else f"{stem}（{at}）{dot}{ending}") not in taken
        )

    def _put(
        self, archive: zipfile.ZipFile, path: str, data: bytes, what: str, *, listed: bool = True
    ) -> Iterator[bytes]:
        path = self._free(path)
        entry = self._entry(path, stored=path.endswith((".docx", ".xlsx")))
        archive.writestr(entry, data)
        if listed:
            self._note(path, sha256(data).hexdigest(), len(data), what)
        yield self.out.taken()

    def _file(self, archive: zipfile.ZipFile, where: str, row: StoredFile, number: str) -> Iterator[bytes]:
        """One stored file, piece by piece. Its bytes are checked against its name as they pass."""
        path = self._free(where + SUFFIXES.get(row.media_type, ".bin"))
        if row.erased_at:
            self.gaps.append(f"{number}的一份佐证已按规定清除（{row.sha256[:8]}）。")
            return
        if self.size + row.size > MOST_BYTES:
            self.gaps.append(f"{number}的佐证“{Path(path).name}”没有装入：佐证盒已到2 GB，请到台账里单独下载。")
            return
        digest, size = sha256(), 0
        try:
            stored = path_of(row.sha256).open("rb")
        except OSError:
            self.gaps.append(f"{number}的一份佐证文件找不到了（{row.sha256[:8]}），请站点管理员从备份恢复。")
            return
        with stored, archive.open(self._entry(path, stored=True), "w", force_zip64=row.size > MOST_BYTES // 2) as out:
            while piece := stored.read(PIECE):
                digest.update(piece)
                size += len(piece)
                out.write(piece)
                yield self.out.taken()
        if digest.hexdigest() != row.sha256:
            self.gaps.append(f"{number}的佐证“{Path(path).name}”与存入时不一致，可能损坏。")
        self._note(path, digest.hexdigest(), size, f"{number}的佐证")
        yield self.out.taken()

    def _entry(self, path: str, *, stored: bool) -> zipfile.ZipInfo:
        made = self.at.astimezone(SHANGHAI)
        entry = zipfile.ZipInfo(path, (made.year, made.month, made.day, made.hour, made.minute, made.second))
        entry.compress_type = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
        entry.create_system = 3
        return entry

    def _note(self, path: str, digest: str, size: int, what: str) -> None:
        self.size += size
        self.files.append({"path": path, "sha256": digest, "size": size, "what": what})

    # -- the lists -----------------------------------------------------------------------------------------------------

    def _manifest(self) -> bytes:
        contents = self.contents
        body = {
            "unit": contents.unit, "year": contents.year, "as_of": contents.as_of.isoformat(), "title": contents.title,
            "made_at": self.at.astimezone(SHANGHAI).isoformat(timespec="seconds"),
            "files": self.files, "records": self.records, "gaps": self.gaps,
        }  # fmt: skip
        data = json.dumps(body, ensure_ascii=False, indent=1).encode()
        self.manifest = sha256(data).hexdigest()
        return data

    def _list(self) -> str:
        contents = self.contents
        lines = [
            f"{contents.unit}　{contents.title}　佐证盒",
            f"台账截至{chinese_date(contents.as_of)}，{chinese_date(self.at.astimezone(SHANGHAI).date())}导出。",
            f"共{len(self.files)}个文件，引用记录{len(self.records)}条。",
            "",
            "还缺的：" if self.gaps else "没有缺项。",
            *(f"- {gap}" for gap in self.gaps),
            "",
            "每个文件的 SHA-256（可用 sha256sum -c 核对下面各行）：",
            *(f"{entry['sha256']}  {entry['path']}" for entry in self.files),
            f"{self.manifest}  manifest.json",
        ]
        return "\n".join(lines) + "\n"


def box(
    contents: Contents, *, open_units: Collection[int], talks_in: Collection[int], at: datetime
) -> Iterator[bytes]:  # fmt: skip
    """The ZIP in pieces. ``open_units`` are those whose records the reader may open, ``talks_in`` those whose talks; of
    others only numbers are listed."""
    return _Box(contents, open_units, at, talks_in).pieces()


def _in_parts(ids: Sequence[int]) -> Iterator[Sequence[int]]:
    return (ids[start : start + AT_ONCE] for start in range(0, len(ids), AT_ONCE))


def _safe(name: str) -> str:
    """A name every system can unpack."""
    return UNSAFE.sub("_", name).strip(" .")[:60] or "无题"

"""What pages about a thing with an owner, files and a history share: their fields, the bytes sent, its traces."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from urllib.parse import quote

from django import forms
from django.http import FileResponse, HttpRequest

from youju.accounts.models import User
from youju.journal.queries import lines_of
from youju.journal.values import Owner
from youju.kit.refusal import NotYours, Refusal
from youju.people.models import Member
from youju.store.actions import keep
from youju.store.models import StoredFile
from youju.store.queries import path_of
from youju.store.rules import MAX_BYTES, PICTURES, SUFFIXES
from youju.web.shared import clock

#: What no system takes in the name of a file, or takes for a folder.
UNFIT_IN_NAMES = re.compile(r'[\x00-\x1f/\\:*?"<>|]+')
FILES = "照片（JPEG、PNG）、PDF、Word、Excel、文本、压缩包等，20 MB 以内。"


def file_field(label: str, *, required: bool = False) -> forms.FileField:
    return forms.FileField(
        label=label,
        required=required,
        widget=forms.ClearableFileInput(attrs={"accept": ".jpg,.jpeg,.png,.pdf,.docx,.xlsx,.txt,.zip"}),
        help_text=FILES,
        error_messages={"required": "请选一个文件。", "empty": "文件是空的。"},
    )


def owner_field() -> forms.TypedChoiceField:
    return forms.TypedChoiceField(label="责任人", coerce=int, empty_value=None, required=False)


def offer(form: forms.Form, people: Sequence[Member]) -> None:
    """The people who may answer for it, in the order of the roster."""
    owner = form.fields["owner"]
    assert isinstance(owner, forms.TypedChoiceField)
    owner.choices = [("", "（不填）"), *((person.pk, person.name) for person in people)]


@dataclass(frozen=True)
class Trace:
    verb: str
    who: str
    at: datetime


def traces_of(noun: str, pk: int, *, room: str = "records") -> tuple[Trace, ...]:
    lines = lines_of(Owner(room, noun, pk))
    names = dict(User.objects.filter(pk__in={line.by_id for line in lines if line.by_id}).values_list("pk", "name"))
    return tuple(Trace(line.verb, names.get(line.by_id or 0, "系统"), line.at) for line in lines)


def kept_file(request: HttpRequest, upload: Any) -> StoredFile | None:
    """The file that was sent, stored; None when none was. Raises Refusal on ``file``."""
    if not upload:
        return None
    if upload.size > MAX_BYTES:
        raise Refusal("file", f"文件超过 {MAX_BYTES // 1024 // 1024} MB，请压缩或拆分后再传。")
    return keep(data=upload.read(), by=request.user, at=clock.now())


def sent_file(file: StoredFile | None, *, name: str) -> FileResponse:
    """The bytes, to be saved and never run: the browser is told not to guess what they are."""
    if file is None or file.erased_at or not path_of(file.sha256).is_file():
        raise NotYours("没有这份文件，或者它已按规定清除。")
    kind = file.media_type
    response = FileResponse(
        path_of(file.sha256).open("rb"), content_type=kind if kind in PICTURES else "application/octet-stream"
    )
    whole = f"{UNFIT_IN_NAMES.sub('·', name)}-{file.sha256[:8]}{SUFFIXES.get(kind, '')}"
    response["Content-Disposition"] = f"attachment; filename*=UTF-8''{quote(whole, safe='')}"
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, max-age=3600"
    return response

"""Taking a file into memory and nowhere else: no temporary file, and not a byte beyond what reading accepts."""

from __future__ import annotations

import io
from typing import Any

from django.core.files.uploadedfile import InMemoryUploadedFile
from django.core.files.uploadhandler import FileUploadHandler, SkipFile
from django.http import HttpRequest

from youju.paper.reading import limits

FIELD = "file"


class InMemory(FileUploadHandler):
    """Keeps the one file of the form in memory. A file that is too large is read past and dropped; ``refused`` then
    holds its size, and the other fields of the form still arrive."""

    def __init__(self, request: HttpRequest | None = None) -> None:
        super().__init__(request)
        self.refused = 0
        self._kept: io.BytesIO | None = None

    def new_file(self, field_name: str, *args: Any, **kwargs: Any) -> None:
        super().new_file(field_name, *args, **kwargs)
        if field_name != FIELD or self._kept is not None:
            raise SkipFile
        self._kept = io.BytesIO()

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        assert self._kept is not None
        if start + len(raw_data) > limits.FILE_BYTES:
            self._kept = io.BytesIO()
            self.refused = max(_announced(self.request), start + len(raw_data))
            raise SkipFile
        self._kept.write(raw_data)
        return None

    def file_complete(self, file_size: int) -> InMemoryUploadedFile | None:
        if self._kept is None:
            return None
        self._kept.seek(0)
        return InMemoryUploadedFile(
            file=self._kept,
            field_name=self.field_name,
            name=self.file_name or "",
            content_type=self.content_type,
            size=file_size,
            charset=self.charset,
        )


def _announced(request: HttpRequest | None) -> int:
    """The size of the whole form as the browser says it: near enough to name, never trusted for anything else."""
    length = request.META.get("CONTENT_LENGTH", "") if request else ""
    return int(length) if str(length).isdecimal() else 0


def in_memory(request: HttpRequest) -> InMemory:
    """Has the request's files taken into memory; called before anything reads the form."""
    handler = InMemory(request)
    request.upload_handlers = [handler]
    return handler

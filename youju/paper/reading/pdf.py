"""PDF with a text layer. Lines that the page broke are joined again; page numbers are dropped; scans are refused."""

from __future__ import annotations

import io
import logging
import re
import time
from collections.abc import Iterator

from youju.kit.faults import way_to
from youju.paper.reading import limits
from youju.paper.reading.gathering import TOO_LONG, Gathering
from youju.paper.reading.values import Place, ReadText, UnreadableFile

logger = logging.getLogger(__name__)

DAMAGED = "PDF 损坏或不合规范，读不了；请重新导出，或改传 .docx。"
LOCKED = "PDF 加了密码，读不了；请取消密码后再上传，或改传 .docx。"
SCANNED = "这份 PDF 里没有可读的文字，像是扫描件；请上传 .docx，或由 WPS、Word 直接导出的 PDF。"

PAGE_NUMBER = re.compile(r"\s*[—–－-]?\s*\d{1,4}\s*[—–－-]?\s*")
ENDS_PARAGRAPH = re.compile(r"[。！？!?：:；;]\s*$")
BEGINS_PARAGRAPH = re.compile(r"\s|[一二三四五六七八九十]+、|（[一二三四五六七八九十]+）|\d+[.．、]\D")
PADDING = re.compile(r"(?<=[ \u00a0])[ \u00a0]+")
FULL_LINE = 0.8


def read_pdf(data: bytes) -> ReadText:
    """The text layer of a PDF. A line broken by the page's width is one paragraph with the next."""
    gathering = Gathering("pdf")
    previous = ""
    begins, first = -1, Place("", 0, 0, 0)
    for page, number, line, is_full in _lines(data):
        gathering.begun()
        text = line.rstrip()
        place = Place(page, number, 0, 0)
        if begins >= 0 and (not previous or BEGINS_PARAGRAPH.match(text)):
            gathering.paragraph(begins, first)
            gathering.separate("\n")
            begins = -1
        elif begins >= 0:
            gathering.separate(" " if previous[-1].isascii() and text[:1].isascii() else "")
        start = _add(gathering, text, place)
        if begins < 0:
            begins, first = start, place
        previous = text if is_full and not ENDS_PARAGRAPH.search(text) else ""
    if begins < 0:
        raise UnreadableFile(SCANNED)
    gathering.paragraph(begins, first)
    return gathering.finish()


def _add(gathering: Gathering, line: str, place: Place) -> int:
    """Adds the line with every run of spaces as one: a PDF pads with spaces where the paper has a gap."""
    first = gathering.length
    at = 0
    for gap in [*PADDING.finditer(line), None]:
        end = gap.start() if gap else len(line)
        if end > at:
            start = gathering.add(line[at:end], Place(place.part, place.paragraph, place.run, at))
            first = start if at == 0 else first
        at = gap.end() if gap else end
    return first


def _lines(data: bytes) -> Iterator[tuple[str, int, str, bool]]:
    """Page, line number, line, and whether the line fills the page's width, without blank lines and page numbers."""
    for number, text in enumerate(_pages(data), start=1):
        lines = text.split("\n")
        widest = max((_width(line) for line in lines), default=0)
        for index, line in enumerate(lines):
            if line.strip() and not PAGE_NUMBER.fullmatch(line):
                yield f"page {number}", index, line, _width(line) >= FULL_LINE * widest


def _width(line: str) -> float:
    return sum(0.5 if char.isascii() else 1.0 for char in line.strip())


def _pages(data: bytes) -> list[str]:
    # Imported here: it takes longer to load than a docx takes to read.
    import pypdf
    from pypdf.errors import FileNotDecryptedError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells the log of every small fault it mends
    started = time.process_time()
    texts: list[str] = []

    def in_time(*_: object) -> None:
        if time.process_time() - started > limits.PDF_CPU_SECONDS:
            raise UnreadableFile(TOO_LONG)

    try:
        reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise UnreadableFile(LOCKED)
        if len(reader.pages) > limits.PDF_PAGES:
            raise UnreadableFile(TOO_LONG)
        length = 0
        for page in reader.pages:
            drawn = page.get_contents()
            if drawn is not None and len(drawn.get_data()) > limits.PDF_PAGE_BYTES:
                raise UnreadableFile(TOO_LONG)
            texts.append(page.extract_text(visitor_operand_before=in_time).replace("\0", "").replace("\r", "\n"))
            length += len(texts[-1])
            in_time()
            if length > limits.CHARACTERS:
                raise UnreadableFile(TOO_LONG)
    except UnreadableFile:
        raise
    except (FileNotDecryptedError, pypdf.errors.DependencyError) as error:
        raise UnreadableFile(LOCKED) from error
    except MemoryError as error:
        raise UnreadableFile(TOO_LONG) from error
    except Exception as error:  # a damaged PDF makes the library raise nearly anything; the log keeps what it was
        logger.warning("a PDF was refused: %s", way_to(error))
        raise UnreadableFile(DAMAGED) from error
    return texts

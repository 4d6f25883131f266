"""docx: paragraphs, tables, text boxes, foot- and endnotes, as they stand with all tracked changes accepted.

Headers, footers, comments, hidden words, prompts of empty controls and automatic numbers are not read: all but the last
are no part of the text, and those are not in the file and would have to be invented.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from youju.paper.reading.gathering import Gathering
from youju.paper.reading.package import DAMAGED, FAULTS, Package
from youju.paper.reading.values import Place, ReadText, UnreadableFile
from youju.paper.reading.xml import NAMESPACE_SEPARATOR, parse_xml

# Both editions of the standard; the second is what Word calls "Strict Open XML".
WORD = frozenset(
    {
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
        "http://purl.oclc.org/ooxml/wordprocessingml/main",
    }
)
COMPATIBILITY = "http://schemas.openxmlformats.org/markup-compatibility/2006"

# Deleted, moved away, phonetic guides.
SKIPPED = frozenset({"del", "moveFrom", "rt"})
OFF = ("0", "false", "off")  # a switch without a value is on
INLINE = {"tab": "\t", "ptab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-"}


def read_docx(data: bytes) -> ReadText:
    """Text of a docx. Raises UnreadableFile for everything that is not one, or would harm."""
    gathering = Gathering("docx")
    try:
        with Package(data) as package:
            main = package.main_part()
            related = package.related(main)
            for part in (main, related.get("footnotes"), related.get("endnotes")):
                if part is not None and part in package.names:
                    _Walk(part, gathering).through(package.part(part))
    except FAULTS as error:
        raise UnreadableFile(DAMAGED) from error
    read = gathering.finish()
    if not read.text:
        raise UnreadableFile("文档里没有文字；如果内容是图片或扫描件，请换成可复制文字的版本再上传。")
    return read


@dataclass(slots=True)
class _Control:
    """A content control while it is open; it begins with the first text in it."""

    tag: str = ""
    start: int = -1
    end: int = -1
    prompt: bool = False  # 单击此处输入文字: what stands there until somebody writes


@dataclass(slots=True)
class _Frame:
    """One ``w:p`` while it is open. A text box in it brings frames of its own, which are told after it."""

    number: int
    in_table: bool
    run: int = 0
    char: int = 0
    hidden: bool = False
    joined_to_next: bool = False
    items: list[tuple[str, Place, tuple[_Control, ...]]] = field(default_factory=list)
    boxes: list[_Frame] = field(default_factory=list)


class _Walk:
    """Goes through one part. Counts every ``w:p`` and ``w:r``, also those it does not read, so places can be found."""

    def __init__(self, part: str, gathering: Gathering) -> None:
        self._part = part
        self._gathering = gathering
        self._names: dict[str, str] = {}
        self._open: list[str] = []
        self._skip_depth = 0
        self._paragraphs = self._runs = -1
        self._frames: list[_Frame] = []
        self._controls: list[_Control] = []
        self._found: list[_Control] = []
        self._rows: list[bool] = []
        self._choices: list[bool] = []
        self._separator = "\n"

    def through(self, data: bytes) -> None:
        parse_xml(data, start=self._start, end=self._end, text=self._text)
        for control in self._found:
            if control.tag and control.start >= 0:
                self._gathering.tag(control.start, control.tag, end=control.end)

    def _name(self, tag: str) -> str:
        """``w:p`` is "p", ``mc:Choice`` keeps its prefix, other namespaces cannot be taken for either."""
        short = self._names.get(tag)
        if short is None:
            space, _, local = tag.rpartition(NAMESPACE_SEPARATOR)
            short = local if space in WORD else f"mc:{local}" if space == COMPATIBILITY else f"?:{local}"
            self._names[tag] = short
        return short

    def _start(self, tag: str, attributes: dict[str, str]) -> None:
        name = self._name(tag)
        parent = self._open[-1] if self._open else ""
        self._open.append(name)
        if name == "p":
            self._paragraphs += 1
            self._gathering.begun()
        elif name == "r":
            self._runs += 1
        if self._skip_depth:
            self._skip_depth += 1
        elif name in SKIPPED and parent == "rPr":
            # <w:del> among the properties of the paragraph mark: the paragraph runs on into the next.
            if self._frames and "pPr" in self._open[-3:]:
                self._frames[-1].joined_to_next = True
        elif name in SKIPPED or self._is_second_choice(name) or self._is_note_rule(name, attributes):
            self._skip_depth = 1
        else:
            self._enter(name, parent, attributes)

    def _is_second_choice(self, name: str) -> bool:
        """The same drawing often stands twice, for new and for old programs; the first is read."""
        if name in ("mc:Choice", "mc:Fallback") and self._choices:
            taken, self._choices[-1] = self._choices[-1], True
            return taken
        return False

    def _is_note_rule(self, name: str, attributes: dict[str, str]) -> bool:
        """The thin line above the notes is kept as a note of its own."""
        return name in ("footnote", "endnote") and self._value(attributes, "type") not in ("", "normal")

    def _value(self, attributes: dict[str, str], wanted: str) -> str:
        return next((value for key, value in attributes.items() if self._name(key) == wanted), "")

    def _enter(self, name: str, parent: str, attributes: dict[str, str]) -> None:
        if name == "p":
            self._frames.append(_Frame(self._paragraphs, in_table=bool(self._rows)))
        elif name == "r" and self._frames:
            self._frames[-1].run, self._frames[-1].char, self._frames[-1].hidden = self._runs, 0, False
        elif name == "vanish" and self._open[-3:-1] == ["r", "rPr"] and self._frames:
            self._frames[-1].hidden = self._value(attributes, "val") not in OFF
        elif parent == "r" and name in INLINE:
            if self._value(attributes, "type") not in ("page", "column"):
                self._add(INLINE[name])
        elif name == "sdt":
            self._controls.append(_Control())
        elif name == "tag" and parent == "sdtPr" and self._controls:
            self._controls[-1].tag = self._value(attributes, "val")
        elif name == "showingPlcHdr" and parent == "sdtPr" and self._controls:
            self._controls[-1].prompt = self._value(attributes, "val") not in OFF
        elif name == "tr":
            self._rows.append(False)
        elif name == "tc":
            self._separator = "\t" if self._rows and self._rows[-1] else "\n"
        elif name == "mc:AlternateContent":
            self._choices.append(False)

    def _end(self, tag: str) -> None:
        name = self._open.pop()
        if self._skip_depth:
            self._skip_depth -= 1
        elif name == "p" and self._frames:
            frame = self._frames.pop()
            if self._frames:
                self._frames[-1].boxes.append(frame)
            else:
                self._tell(frame)
        elif name == "sdt" and self._controls:
            self._found.append(self._controls.pop())
        elif name == "tr" and self._rows:
            self._rows.pop()
        elif name == "tbl":
            self._separator = "\n"
        elif name == "mc:AlternateContent" and self._choices:
            self._choices.pop()

    def _text(self, text: str) -> None:
        if self._open and self._open[-1] == "t" and not self._skip_depth:
            self._add(text)

    def _add(self, text: str) -> None:
        if self._frames and not any(control.prompt for control in self._controls):
            frame = self._frames[-1]
            if frame.hidden:
                frame.char += len(text)
                return
            place = Place(self._part, frame.number, frame.run, frame.char)
            frame.items.append((text, place, tuple(self._controls)))
            frame.char += len(text)

    def _tell(self, frame: _Frame) -> None:
        if any(text.strip() for text, _, _ in frame.items):
            self._gathering.separate(self._separator)
            begins = -1
            for text, place, controls in frame.items:
                start = self._gathering.add(text, place)
                begins = start if begins < 0 else begins
                for control in controls:
                    control.start = start if control.start < 0 else control.start
                    control.end = self._gathering.length
            self._gathering.paragraph(begins, frame.items[0][1], in_table=frame.in_table)
            self._rows = [True] * len(self._rows)
            self._separator = "" if frame.joined_to_next else "\n"
        for box in frame.boxes:
            self._separator = "\n"
            self._tell(box)

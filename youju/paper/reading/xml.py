"""XML as a stream of events through expat: no tree in memory, no DTD, no entities, nothing fetched."""

from __future__ import annotations

from collections.abc import Callable
from xml.parsers import expat

from youju.paper.reading import limits
from youju.paper.reading.values import UnreadableFile

NAMESPACE_SEPARATOR = " "
DECLARES = "文件里有 DTD 或实体声明，不是正常的 Word 文档，为安全起见不打开；请用 WPS 或 Word 另存为新的 .docx 再上传。"
TOO_DEEP = "文件的结构太复杂，不像正常的 Word 文档；请用 WPS 或 Word 打开，另存为新的 .docx 再上传。"


def parse_xml(
    data: bytes,
    *,
    start: Callable[[str, dict[str, str]], None],
    end: Callable[[str], None] | None = None,
    text: Callable[[str], None] | None = None,
) -> None:
    """Calls the handlers in document order; names come as "namespace local". Refuses any DTD and any deep nesting."""
    parser = expat.ParserCreate(namespace_separator=NAMESPACE_SEPARATOR)
    parser.buffer_text = True
    depth = elements = 0

    def opened(tag: str, attributes: dict[str, str]) -> None:
        nonlocal depth, elements
        depth += 1
        elements += 1
        if depth > limits.DEPTH or elements > limits.ELEMENTS:
            raise UnreadableFile(TOO_DEEP)
        start(tag, attributes)

    def closed(tag: str) -> None:
        nonlocal depth
        depth -= 1
        if end is not None:
            end(tag)

    def declared(*_: object) -> None:
        raise UnreadableFile(DECLARES)

    parser.StartElementHandler = opened
    parser.EndElementHandler = closed
    parser.CharacterDataHandler = text
    # The declaration itself is refused, so that no entity is ever defined, let alone expanded or fetched.
    parser.StartDoctypeDeclHandler = declared
    parser.EntityDeclHandler = declared
    # One call for the whole part: expat reads a long token again with every further piece it is given.
    parser.Parse(data, True)

"""A Paper as the bytes of a PDF, set by typst from our own template. The same paper gives the same bytes on one machine."""

from __future__ import annotations

import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from youju.paper.writing.docx import APPENDIX, TITLE_EM, broken, signature_lines
from youju.paper.writing.markup import CENTRED_UP_TO, em_width
from youju.paper.writing.values import Block, Form, Heading, Paper, Paragraph, Span, Table

if TYPE_CHECKING:
    import typst

TEMPLATE = Path(__file__).with_name("paper.typ")

#: The official families first, as an office machine has them; then what may be installed freely.
SERIF = ("LXGW WenKai", "Noto Serif CJK SC", "Source Han Serif SC", "WenQuanYi Zen Hei", "Noto Sans CJK SC")
FONTS = {
    "body": ("FangSong_GB2312", "仿宋_GB2312", "FangSong", "仿宋", "STFangsong", "FandolFang R", *SERIF),
    "kai": ("KaiTi_GB2312", "楷体_GB2312", "KaiTi", "楷体", "STKaiti", "LXGW WenKai", "FandolKai", *SERIF),
    "hei": ("SimHei", "黑体", "Noto Sans CJK SC", "Source Han Sans SC", "WenQuanYi Zen Hei"),
    "song": ("SimSun", "宋体", "Noto Serif CJK SC", "Source Han Serif SC", "WenQuanYi Zen Hei", "Noto Sans CJK SC"),
    "title": (
        "FZXiaoBiaoSong-B05S",
        "方正小标宋简体",
        "FZXiaoBiaoSong-B05",
        "Noto Serif CJK SC",
        "Source Han Serif SC",
    ),
}
#: Of a family that is made for titles there is one weight; of others the bold one stands in.
TITLE_FAMILIES = 3


class NoPdf(Exception):
    """This machine cannot set a PDF. ``sentence`` is Chinese, whole, and says what to do."""

    def __init__(self, sentence: str) -> None:
        super().__init__(sentence)
        self.sentence = sentence


def write_pdf(paper: Paper) -> bytes:
    """The PDF. Raises NoPdf where typst or every Chinese font is missing."""
    fonts = _fonts()
    families = _families()
    given = json.dumps(_as_data(paper, families), ensure_ascii=False)
    return _compiler(fonts).compile(format="pdf", sys_inputs={"paper": given}, timestamp=0)  # type: ignore[return-value]


def families_found() -> dict[str, tuple[str, ...]]:
    """Which of the families this machine has, for whoever asks why a page looks as it does."""
    return _families()


@lru_cache(maxsize=1)
def _fonts() -> typst.Fonts:
    """Searched for once in the life of the process: the search costs more than a page."""
    try:
        import typst
    except ImportError as error:
        raise NoPdf("这台机器没有 typst 组件，生成不了 PDF；请先导出 Word，再用 WPS 另存为 PDF。") from error
    return typst.Fonts(include_embedded_fonts=False)


@lru_cache(maxsize=1)
def _compiler(fonts: typst.Fonts) -> typst.Compiler:
    import typst

    return typst.Compiler(TEMPLATE, root=TEMPLATE.parent, font_paths=fonts, ignore_system_fonts=True)


@lru_cache(maxsize=1)
def _families() -> dict[str, tuple[str, ...]]:
    have = set(_fonts().families())
    found = {role: tuple(dict.fromkeys(name for name in names if name in have)) for role, names in FONTS.items()}
    any_of = next((names for names in found.values() if names), ())
    if not any_of:
        raise NoPdf("这台机器没有装中文字体，生成不了 PDF；请安装仿宋、黑体、宋体，或思源宋体（Noto Serif CJK）。")
    return {role: names or any_of for role, names in found.items()}


# -- a paper as data ---------------------------------------------------------------------------------------------------


def _as_data(paper: Paper, families: dict[str, tuple[str, ...]]) -> dict[str, Any]:
    preset = paper.preset
    made_for_titles = families["title"][0] in FONTS["title"][:TITLE_FAMILIES]
    return {
        "title": broken(paper.title, capacity=preset.text_width // TITLE_EM),
        "byline": paper.byline,
        "blocks": [_block(block) for block in paper.blocks],
        "signature": [{"text": text, "right": right} for text, right in signature_lines(paper)],
        "appendix": _table(paper.appendix_table, paper.appendix_table.title or APPENDIX) if paper.appendix_table else None,
        "look": {
            "top": preset.top_mm, "bottom": preset.bottom_mm, "left": preset.left_mm, "right": preset.right_mm,
            "pitch": preset.line / 20, "tracking": preset.letter_spacing / 20,
        },
        "fonts": {**families, "weight": "regular" if made_for_titles else "bold"},
    }  # fmt: skip


def _block(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"kind": "heading", "level": block.level, "text": block.text}
    if isinstance(block, Paragraph):
        return {"kind": "paragraph", "spans": [_span(span) for span in block.spans]}
    if isinstance(block, Form):
        return {"kind": "form", "title": block.title, "rows": block.rows, "foot": block.foot, "new": block.new_page}
    return _table(block, block.title)


def _span(span: Span) -> dict[str, Any]:
    if isinstance(span, str):
        return {"text": span, "line": False}
    return {"text": span.text, "line": span.underline}


def _table(table: Table, title: str) -> dict[str, Any]:
    columns = list(zip(*table.rows, strict=True)) or [()] * len(table.header)
    middle = [max(map(em_width, cells), default=0.0) <= CENTRED_UP_TO for cells in columns]
    return {
        "kind": "table", "title": title, "header": table.header, "rows": table.rows,
        "widths": table.widths, "middle": middle,
    }  # fmt: skip

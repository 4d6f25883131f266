"""The parts of the package that do not depend on what is written: styles, page, footers, properties."""

from __future__ import annotations

from functools import lru_cache

from youju.paper.writing.markup import fonts
from youju.paper.writing.presets import PAGE_HEIGHT, PAGE_WIDTH, Preset, twips

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006"
R = f'xmlns:r="{OFFICE}/relationships"'
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument"

DOCUMENT_START = (
    f'{HEAD}<w:document {W} {R} xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:w15="http://schemas.microsoft.com/office/word/2012/wordml" mc:Ignorable="w15"><w:body>'
)
DOCUMENT_END = "</w:body></w:document>"

CONTENT_TYPES = (
    f'{HEAD}<Types xmlns="{PACKAGE}/content-types">'
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
    '<Default Extension="xml" ContentType="application/xml"/>'
    f'<Override PartName="/word/document.xml" ContentType="{TYPE}.wordprocessingml.document.main+xml"/>'
    f'<Override PartName="/word/styles.xml" ContentType="{TYPE}.wordprocessingml.styles+xml"/>'
    f'<Override PartName="/word/settings.xml" ContentType="{TYPE}.wordprocessingml.settings+xml"/>'
    f'<Override PartName="/word/fontTable.xml" ContentType="{TYPE}.wordprocessingml.fontTable+xml"/>'
    f'<Override PartName="/word/footer1.xml" ContentType="{TYPE}.wordprocessingml.footer+xml"/>'
    f'<Override PartName="/word/footer2.xml" ContentType="{TYPE}.wordprocessingml.footer+xml"/>'
    '<Override PartName="/docProps/core.xml" ContentType="application/vnd.openxmlformats-package.core-properties+xml"/>'
    f'<Override PartName="/docProps/app.xml" ContentType="{TYPE}.extended-properties+xml"/></Types>'
)

PACKAGE_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/relationships/officeDocument" Target="word/document.xml"/>'
    f'<Relationship Id="rId2" Type="{PACKAGE}/relationships/metadata/core-properties" Target="docProps/core.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/relationships/extended-properties" Target="docProps/app.xml"/>'
    "</Relationships>"
)

DOCUMENT_RELATIONS = (
    f'{HEAD}<Relationships xmlns="{PACKAGE}/relationships">'
    f'<Relationship Id="rId1" Type="{OFFICE}/relationships/styles" Target="styles.xml"/>'
    f'<Relationship Id="rId2" Type="{OFFICE}/relationships/settings" Target="settings.xml"/>'
    f'<Relationship Id="rId3" Type="{OFFICE}/relationships/fontTable" Target="fontTable.xml"/>'
    f'<Relationship Id="rId4" Type="{OFFICE}/relationships/footer" Target="footer1.xml"/>'
    f'<Relationship Id="rId5" Type="{OFFICE}/relationships/footer" Target="footer2.xml"/>'
    "</Relationships>"
)

APP = f'{HEAD}<Properties xmlns="{OFFICE}/extended-properties"><Application>Youju</Application></Properties>'

SETTINGS = (
    f"{HEAD}<w:settings {W}>"
    '<w:zoom w:percent="100"/><w:bordersDoNotSurroundHeader/><w:bordersDoNotSurroundFooter/>'
    '<w:defaultTabStop w:val="640"/><w:evenAndOddHeaders/>'
    '<w:drawingGridVerticalSpacing w:val="579"/><w:characterSpacingControl w:val="compressPunctuation"/>'
    "<w:compat><w:spaceForUL/><w:balanceSingleByteDoubleByteWidth/><w:doNotLeaveBackslashAlone/><w:ulTrailSpace/>"
    "<w:doNotExpandShiftReturn/>"
    "<w:adjustLineHeightInTable/><w:useFELayout/>"
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="en-US" w:eastAsia="zh-CN"/></w:settings>'
)

# Family and alternative names, by which a machine without the official fonts finds its nearest.
FONTS = (
    ("仿宋_GB2312", "仿宋", "modern"),
    ("楷体_GB2312", "楷体", "modern"),
    ("黑体", "SimHei", "modern"),
    ("宋体", "SimSun", "auto"),
    ("方正小标宋简体", "小标宋", "script"),
)


@lru_cache(maxsize=8)
def fixed_parts(preset: Preset) -> dict[str, str]:
    """All parts but the body and the properties that name the document, in the order in which they are packed."""
    return {
        "[Content_Types].xml": CONTENT_TYPES,
        "_rels/.rels": PACKAGE_RELATIONS,
        "docProps/app.xml": APP,
        "word/_rels/document.xml.rels": DOCUMENT_RELATIONS,
        "word/fontTable.xml": _font_table(),
        "word/footer1.xml": _footer("FooterOdd"),
        "word/footer2.xml": _footer("FooterEven"),
        "word/settings.xml": SETTINGS,
        "word/styles.xml": _styles(preset),
    }


def core_properties(*, title: str) -> str:
    """Properties of the file. No author, machine or moment: who signs stands on the paper itself."""
    return (
        f'{HEAD}<cp:coreProperties xmlns:cp="{PACKAGE}/metadata/core-properties" '
        f'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title></cp:coreProperties>'
    )


def section(preset: Preset) -> str:
    grid = f'<w:docGrid w:type="lines" w:linePitch="{preset.line}"/>' if preset.on_grid else "<w:docGrid/>"
    return (
        '<w:sectPr><w:footerReference w:type="default" r:id="rId4"/><w:footerReference w:type="even" r:id="rId5"/>'
        f'<w:pgSz w:w="{PAGE_WIDTH}" w:h="{PAGE_HEIGHT}"/><w:pgMar w:top="{twips(preset.top_mm)}" '
        f'w:right="{twips(preset.right_mm)}" w:bottom="{twips(preset.bottom_mm)}" w:left="{twips(preset.left_mm)}" '
        f'w:header="851" w:footer="{twips(preset.footer_mm)}" w:gutter="0"/>{grid}</w:sectPr>'
    )


def _font_table() -> str:
    rows = "".join(
        f'<w:font w:name="{name}"><w:altName w:val="{other}"/><w:charset w:val="86"/><w:family w:val="{family}"/>'
        '<w:pitch w:val="default"/></w:font>'
        for name, other, family in FONTS
    )
    return f"{HEAD}<w:fonts {W}>{rows}</w:fonts>"


def _footer(style: str) -> str:
    """— 1 — in half-width digits between 一字线."""
    song = f"<w:rPr>{fonts('宋体')}</w:rPr>"

    def run(inner: str) -> str:
        return f"<w:r>{song}{inner}</w:r>"

    field = "".join(
        (
            run('<w:fldChar w:fldCharType="begin"/>'),
            run('<w:instrText xml:space="preserve"> PAGE </w:instrText>'),
            run('<w:fldChar w:fldCharType="separate"/>'),
            run("<w:t>1</w:t>"),
            run('<w:fldChar w:fldCharType="end"/>'),
        )
    )
    before, after = run('<w:t xml:space="preserve">— </w:t>'), run('<w:t xml:space="preserve"> —</w:t>')
    return f'{HEAD}<w:ftr {W}><w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{before}{field}{after}</w:p></w:ftr>'


def _style(id_: str, name: str, paragraph: str, run: str, *, after: str = "") -> str:
    following = f'<w:next w:val="{after}"/>' if after else ""
    return (
        f'<w:style w:type="paragraph" w:styleId="{id_}"><w:name w:val="{name}"/><w:basedOn w:val="Normal"/>'
        f"{following}<w:qFormat/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )


def _size(half_points: int) -> str:
    return f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/>'


def _styles(preset: Preset) -> str:
    pitch = f'w:line="{preset.line}" w:lineRule="exact"'
    exact = f'<w:spacing w:before="0" w:after="0" {pitch}/>'
    spaced = f'<w:spacing w:val="{preset.letter_spacing}"/>' if preset.letter_spacing else ""
    indent = '<w:ind w:firstLineChars="200" w:firstLine="640"/>'
    heading = f"<w:keepNext/>{indent}"
    one_line_after = f'<w:spacing w:before="0" w:afterLines="100" w:after="{preset.line}" {pitch}/>'
    return "".join(
        (
            f"{HEAD}<w:styles {W}><w:docDefaults><w:rPrDefault><w:rPr>{fonts('仿宋_GB2312')}{_size(32)}",
            '<w:lang w:val="en-US" w:eastAsia="zh-CN" w:bidi="ar-SA"/></w:rPr></w:rPrDefault>',
            "<w:pPrDefault><w:pPr/></w:pPrDefault></w:docDefaults>",
            '<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/><w:qFormat/>',
            f'<w:pPr><w:widowControl w:val="0"/><w:autoSpaceDE w:val="0"/><w:autoSpaceDN w:val="0"/>{exact}',
            f'<w:jc w:val="both"/></w:pPr><w:rPr>{fonts("仿宋_GB2312")}{spaced}<w:kern w:val="0"/>{_size(32)}</w:rPr>',
            "</w:style>",
            '<w:style w:type="character" w:default="1" w:styleId="DefaultParagraphFont">'
            '<w:name w:val="Default Paragraph Font"/><w:uiPriority w:val="1"/><w:semiHidden/></w:style>',
            '<w:style w:type="table" w:default="1" w:styleId="TableNormal"><w:name w:val="Normal Table"/>'
            '<w:uiPriority w:val="99"/><w:semiHidden/><w:tblPr><w:tblInd w:w="0" w:type="dxa"/><w:tblCellMar>'
            '<w:top w:w="0" w:type="dxa"/><w:left w:w="108" w:type="dxa"/><w:bottom w:w="0" w:type="dxa"/>'
            '<w:right w:w="108" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>',
            _table_style(),
            *_text_styles(preset, exact=exact, indent=indent, heading=heading, one_line_after=one_line_after),
            *_small_styles(),
            "</w:styles>",
        )
    )


def _text_styles(preset: Preset, *, exact: str, indent: str, heading: str, one_line_after: str) -> tuple[str, ...]:
    # 二号 needs more than the body's pitch when the title runs over two lines.
    title_pitch = max(preset.line, 640)
    after_title = preset.line if preset.on_grid else 310
    title = f'<w:spacing w:before="0" w:after="{after_title // 2}" w:line="{title_pitch}" w:lineRule="exact"/>'
    return (
        _style(
            "Title",
            "Title",
            f'<w:keepNext/><w:snapToGrid w:val="0"/>{title}<w:jc w:val="center"/><w:outlineLvl w:val="9"/>',
            fonts("方正小标宋简体") + _size(44),
            after="BodyText",
        ),
        _style(
            "Subtitle",
            "Subtitle",
            f'<w:keepNext/>{one_line_after}<w:jc w:val="center"/>',
            fonts("楷体_GB2312"),
            after="BodyText",
        ),
        _style("BodyText", "Body Text", indent, ""),
        _style("Heading1", "heading 1", heading + '<w:outlineLvl w:val="0"/>', fonts("黑体"), after="BodyText"),
        _style("Heading2", "heading 2", heading + '<w:outlineLvl w:val="1"/>', fonts("楷体_GB2312"), after="BodyText"),
        _style("Signature", "Signature", f'<w:keepLines/>{exact}<w:jc w:val="right"/>', ""),
        _style(
            "AppendixTitle",
            "Appendix Title",
            f'<w:keepNext/><w:pageBreakBefore/><w:spacing w:before="0" w:after="120" w:line="{preset.line}" '
            'w:lineRule="exact"/><w:jc w:val="left"/><w:outlineLvl w:val="0"/>',
            fonts("黑体"),
        ),
    )


def _small_styles() -> tuple[str, ...]:
    # Off the grid: on it every row of a table would be 29 pt high and a page would hold 17 of them.
    cell = '<w:snapToGrid w:val="0"/><w:spacing w:before="30" w:after="30" w:line="300" w:lineRule="exact"/>'
    number = '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="360" w:lineRule="exact"/>'
    plain = '<w:spacing w:val="0"/>'
    return (
        _style("TableText", "Table Text", f'{cell}<w:jc w:val="left"/>', fonts("宋体") + plain + _size(21)),
        _style("TableMiddle", "Table Middle", f'{cell}<w:jc w:val="center"/>', fonts("宋体") + plain + _size(21)),
        _style("TableHead", "Table Head", f'{cell}<w:jc w:val="center"/>', fonts("黑体") + plain + _size(21)),
        _style(
            "TableTitle",
            "Table Title",
            '<w:keepNext/><w:spacing w:before="0" w:after="60"/><w:jc w:val="center"/>',
            fonts("黑体") + plain + _size(24),
        ),
        _style(
            "FormTitle",
            "Form Title",
            '<w:keepNext/><w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="120" w:line="480" w:lineRule="exact"/>'
            '<w:jc w:val="center"/><w:outlineLvl w:val="1"/>',
            fonts("方正小标宋简体") + plain + _size(36),
        ),
        _style("FormFoot", "Form Foot", f'{cell}<w:jc w:val="right"/>', fonts("宋体") + plain + _size(18)),
        _style(
            "AfterTable",
            "After Table",
            '<w:snapToGrid w:val="0"/><w:spacing w:before="0" w:after="0" w:line="20" w:lineRule="exact"/>',
            _size(2),
        ),
        _style(
            "FooterOdd",
            "Footer Odd",
            f'{number}<w:ind w:rightChars="100" w:right="280"/><w:jc w:val="right"/>',
            fonts("宋体") + plain + _size(28),
        ),
        _style(
            "FooterEven",
            "Footer Even",
            f'{number}<w:ind w:leftChars="100" w:left="280"/><w:jc w:val="left"/>',
            fonts("宋体") + plain + _size(28),
        ),
    )


def _table_style() -> str:
    lines = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        '<w:style w:type="table" w:styleId="LedgerTable"><w:name w:val="Ledger Table"/>'
        f'<w:basedOn w:val="TableNormal"/><w:tblPr><w:tblBorders>{lines}</w:tblBorders><w:tblCellMar>'
        '<w:left w:w="85" w:type="dxa"/><w:right w:w="85" w:type="dxa"/></w:tblCellMar></w:tblPr></w:style>'
    )

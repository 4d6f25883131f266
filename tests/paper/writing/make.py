"""A report of the usual length, invented from end to end: 3,500 characters, 40 rows of sources."""

from __future__ import annotations

from datetime import date

from youju.paper.writing import STANDARD, Block, Cited, Heading, Paper, Paragraph, Preset, Table

TITLE = "2026年度党支部书记抓基层党建工作述职报告"
SENTENCES = (
    "一年来，支部把“三会一课”当作组织生活的主心骨——议题提前三天征集，会后一周内交办……",
    "走访时发现，河湾村的农资配送“最后一公里”仍靠农户自提，支部据此与配送中心商定每周三送货到村。",
    "党员蒋有禾提出的仓库错峰装卸办法，试行两个月后写入了值班制度。",
    "对照年初计划，青年党员讲党课的安排落在了第四季度，准备得不够早，讲稿也改得仓促。",
)


def report(*, preset: Preset = STANDARD, rows: int = 40) -> Paper:
    blocks: list[Block] = [
        Paragraph(("2026年，我认真履行抓基层党建第一责任人职责，带领支部23名党员把组织生活过实。现将情况报告如下。",))
    ]
    tag = 0
    for number, name in enumerate(("上年问题整改", "履职情况", "存在问题", "下步打算")):
        blocks.append(Heading(1, f"{'一二三四'[number]}、{name}"))
        for part in range(3):
            blocks.append(Heading(2, f"（{'一二三'[part]}）压实责任，把第{part + 1}件事办细"))
            tag += 2
            blocks.append(
                Paragraph(
                    (
                        "全年召开支委会",
                        Cited(f"{tag + 10}次", f"cite-{tag}"),
                        "，开展主题党日",
                        Cited("20余次", f"cite-{tag + 1}", underline=True),
                        "，党员到会率92.6%。",
                        "".join(SENTENCES),
                    )
                )
            )
            blocks.append(Paragraph((SENTENCES[part] + SENTENCES[part + 1],)))
    sources = tuple(
        (
            str(n),
            f"召开支委会{n}次",
            "支委会场次数（已开，含扩大会）",
            f"{n}次",
            f"2026-支委-{n:02d}、2026-支委-{n + 1:02d}等",
        )
        for n in range(1, rows + 1)
    )
    return Paper(
        title=TITLE,
        byline="青禾县供销社机关党支部书记　周砚秋",
        blocks=tuple(blocks),
        appendix_table=Table(("序号", "报告中的说法", "统计口径", "得数", "台账编号"), sources, (8, 30, 34, 10, 32)),
        signed_by="青禾县供销社机关党支部",
        signed_on=date(2026, 12, 5),
        preset=preset,
    )

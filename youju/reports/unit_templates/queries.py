"""A unit's template, its placeholders, a sample, and a report in it."""

from __future__ import annotations

from youju.kit.refusal import Refusal
from youju.paper import writing
from youju.paper.writing.template import PLACEHOLDERS, as_sample, fill_template
from youju.people.models import Unit
from youju.reports.unit_templates.models import ReportTemplate
from youju.store.queries import read

__all__ = ["PLACEHOLDERS", "in_template", "sample_template", "template_of"]


def template_of(unit: Unit) -> ReportTemplate | None:
    return ReportTemplate.objects.filter(unit=unit).select_related("file").first()


def in_template(unit: Unit, paper: writing.Paper) -> bytes:
    """The paper in the unit's own layout. Raises Refusal when there is no template, or its file is lost."""
    row = template_of(unit)
    if row is None:
        raise Refusal("", "还没有本单位的模板，请先到“设置→报告模板”上传。")
    try:
        data = read(row.file)
    except OSError as error:
        raise Refusal("", "模板文件找不到了，请到“设置→报告模板”重新上传。") from error
    return fill_template(data, paper)


def sample_template() -> bytes:
    """A template with every placeholder in the standard layout, to begin from."""
    blocks = (
        writing.Paragraph(("{{ 正文 }}",)),
        writing.Paragraph(("{{ 落款 }}",)),
        writing.Paragraph(("{{ 日期 }}",)),
    )
    table = (writing.Paragraph(("{{ 数据出处表 }}",)),)
    paper = writing.Paper(title="{{ 标题 }}", byline="{{ 署名 }}", blocks=(*blocks, *table))
    return as_sample(writing.write_docx(paper))

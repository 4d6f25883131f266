"""Re-exports, so that Django finds every table of the room."""

from youju.reports.drafts.models import Alternative, Citation, CitedRow, Draft, Passage
from youju.reports.unit_templates.models import ReportTemplate

__all__ = ["Alternative", "Citation", "CitedRow", "Draft", "Passage", "ReportTemplate"]

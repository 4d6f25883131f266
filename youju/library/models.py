"""Re-exports, so that outsiders write ``from youju.library.models import Document``."""

from youju.library.documents.models import Copy, Document, Mark, Removal, Serial, Text
from youju.library.entitlements.models import Code, Opening
from youju.library.handed.models import HandedText
from youju.library.intake.models import Intake, IntakeRow
from youju.library.saved.models import SavedSearch

__all__ = [
    "Code",
    "Copy",
    "Document",
    "HandedText",
    "Intake",
    "IntakeRow",
    "Mark",
    "Opening",
    "Removal",
    "SavedSearch",
    "Serial",
    "Text",
]

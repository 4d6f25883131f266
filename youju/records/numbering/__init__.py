"""编号: which number a new record gets."""

from youju.records.numbering.actions import next_number

__all__ = ["next_number"]

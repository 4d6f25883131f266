"""Paper: documents into text with a place for every character (reading), and text into documents (writing).

Pure Python without Django; knows nothing of ledgers, figures or reports.
"""

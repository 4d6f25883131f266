"""述职报告: an outline (data) and the year's answers and records become passages with citations, and a docx.

Nothing is invented here: a sentence comes from a record or from an answer, and what is missing stands as 〔缺：…〕.
"""

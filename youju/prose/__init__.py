"""Reads and writes numbers in Chinese official prose: vocabulary, numerals, quantities, claims, say, tokens.

Pure Python over plain strings: no Django, no pydantic, no database, no clock.
"""

"""述职: a unit's report of a year as a sheet whose figures open their records, its Word file, and 核对 of any text.

Nothing is written here: the report is composed when it is asked for, and a file that is audited is judged in memory.
"""

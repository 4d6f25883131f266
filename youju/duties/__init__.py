"""应做: what a unit owes by when, from rule packs (data), and how it stands: a due is a figure, a target and a rhythm.

Records are kept in ``records`` and counted in ``figures``; here nothing is counted twice and nothing happens by itself.
"""

"""签到: whether a unit lets phones sign in, when a session's list is open, what a screen's code proves, and how slips become roster.

The slips themselves are lines of the journal.
"""

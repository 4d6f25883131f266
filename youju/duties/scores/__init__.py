"""办理情况 of a unit and year, kept so that 100,000 units can be looked over: a follower of the ledger, never its equal.

A score is computed from the standings, says nothing that a new day would change, and carries the versions it was
computed from. Whoever reads it asks ``queries``: what is stale he gets computed anew, and nothing is stored by reading.
"""

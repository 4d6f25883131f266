"""The pages: one folder per job, named after the first segment of its address.

Doors only: they ask, show and hand on. Rules live below.
"""

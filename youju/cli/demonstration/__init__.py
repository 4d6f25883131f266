"""The demonstration (示范台账): a county's invented branches and their years, made only through the actions of the rooms.

The texts are data beside this file; `builder.build` turns them into a ledger. Nothing here runs in service.
"""

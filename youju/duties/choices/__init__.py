"""规则的启用、停用和豁免, and the rules a unit makes itself: each with its basis, in force from a day, never without its past."""

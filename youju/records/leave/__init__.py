"""请假: leave asked for before a planned session begins. A category and never a reason; the record takes it over when it is written."""

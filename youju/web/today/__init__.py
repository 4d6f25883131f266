"""本月应做: what is late, what is to do and what is done this month, the year at a glance, and one due with its ground."""

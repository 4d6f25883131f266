"""日历订阅: an address, known to one person, from which his calendar reads what a unit has to do."""

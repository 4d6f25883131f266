"""自述: what a text says of itself: title, genre 文种, year, sector 领域, date, section tree. Pure."""

"""学时 of each member beside what he owes, and what would close the gap. Nothing is kept here: the due says it all."""

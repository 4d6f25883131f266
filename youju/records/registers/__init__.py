"""名册: the villages, households and bodies a unit serves, and since when. Leaving is a day, never a deletion."""

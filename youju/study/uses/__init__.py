"""学以致用: what was studied and then put to use in a project, a problem or a visit, with what came of it and what shows it."""

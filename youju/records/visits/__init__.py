"""走访: which sessions reached whom on the registers, and a visit written on a phone."""

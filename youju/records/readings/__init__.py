"""自学: what a member says he has read by himself. Nobody is timed, and nobody is put in order by it."""

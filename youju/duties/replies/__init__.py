"""回应: a named record that answers a due which no figure counts (a notice, a line of the plan, a task)."""

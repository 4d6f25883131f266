"""问题整改: problems grouped by how they stand, one problem with its measures, progress and closing."""

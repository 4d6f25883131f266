"""党员: persons and their dated belonging to units (组织关系). No ID number, income, face or position is ever kept."""

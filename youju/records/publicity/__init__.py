"""宣传: reports of what was done, role models, experience cards, briefs and texts handed in for publication."""

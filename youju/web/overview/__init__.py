"""总览: which branch below is behind and by what. Numbers of units; no names, no texts, no ranking of people."""

"""知识竞赛: questions drawn from the bank by a seed anybody may compute again; that it was held is a record."""

"""忽略: findings a branch has looked at and leaves as they are, each with its reason. They stay the branch's own."""

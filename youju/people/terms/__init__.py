"""任期: on which day a branch's committee was elected, for how many years, and whether the branch is a temporary one."""

"""权限: six roles, each granted over a subtree of units for a time. One table says which right each role gives."""

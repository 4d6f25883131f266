"""Template tags that every template may use without loading them (settings name them as builtins)."""

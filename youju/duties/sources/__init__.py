"""Where dues come from: one file a source, each with ``standings(asked) → {unit id: [Standing]}``."""

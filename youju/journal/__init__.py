"""留痕: append-only lines, revisions, sign-in slips and seals. It knows other rooms only as plain words (room, noun, id); nothing here is ever changed."""

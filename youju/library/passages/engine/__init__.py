"""The engine of copied passages: every run of thirteen characters that two texts share, exactly; no Django.

store = Passages(folder)
store.build(texts) · store.add(texts) · store.remove(keys) · store.compact()        texts: pairs of key and text
store.find(text, allowed) → Found · store.near_duplicates() → groups of keys
"""

from youju.library.passages.engine.form import Normalised, normalised
from youju.library.passages.engine.found import Found, Pairs, Passage, Source
from youju.library.passages.engine.passages import Passages
from youju.library.passages.engine.store import Stale

__all__ = ["Found", "Normalised", "Pairs", "Passage", "Passages", "Source", "Stale", "normalised"]

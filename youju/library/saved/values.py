"""Names and limits of saved searches and downloads."""

from __future__ import annotations

DOWNLOADED = "下载素材"
MOST_SAVED = 50
MOST_ADDRESS = 500  # letters, as the table holds them

"""报送: a report as it was handed in to the committee above: its words, its file, the day. It never changes again."""

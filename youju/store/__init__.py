"""文件库: bytes named by their SHA-256, within limits, of a sniffed type, with picture metadata stripped. It does not know what a file proves."""

"""清除的内容: what cleaning took off a document, listed, put back and taken off again."""

"""The index: tantivy over pairs of characters. It follows the database, is read by many and written by one, and knows no Django."""

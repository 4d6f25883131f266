"""折叠: the searched form of a text, the same for what is searched and for what is typed, with its way back."""

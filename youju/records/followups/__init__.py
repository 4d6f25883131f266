"""落实事项: what a resolution leaves to be done, by whom and by when; followed until it is done."""

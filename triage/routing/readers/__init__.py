"""The readers of each kind of rule, from the blocks of a file to frozen values; `routing/reading.py` calls them."""

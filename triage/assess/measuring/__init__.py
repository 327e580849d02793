"""The numbers that rules read from the record of a case."""

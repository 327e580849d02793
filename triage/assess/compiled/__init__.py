"""The rules of a rulebook made ready: tables from codes to evidence, and straight Python written from conditions."""

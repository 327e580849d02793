"""The people of a case, what is recorded about them, and the wall between the two sides.

Holds: persons, pairs, answers with their sources, signed acts, roles, the wall; how people and pairs are recognised.
May import: the standard library; `matching` also anyascii, phonenumbers and rapidfuzz.
Read first: `record.py`.
"""

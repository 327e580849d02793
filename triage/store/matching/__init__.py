"""How people are recognised and kept so: keyed tokens, sealed descriptions, matches, reviews, look-ups.

Everything here is sealed or keyed by `match.key` alone: no row of the index names a case (security page 4.2; ADR 0055).
May import: the rest of the store, cases. Read first: `subjects`, then `matches`.
"""

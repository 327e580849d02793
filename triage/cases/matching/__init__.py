"""Recognise the same person and the same pair in two referrals: pure, explainable, without database or keys.

Holds: how names, contact points and dates are normalised; tokens to find candidates by; the score of two people;
what two referrals of one pair say against each other; the graph of people and allegations.
May import: the standard library, anyascii, phonenumbers and rapidfuzz. Read first: `identity`, then `tokens`.
"""

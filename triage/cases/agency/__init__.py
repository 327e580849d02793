"""What an agency sends: a referral of several people and pairs, what is missing from it, and how it goes on.

Holds: the referral as a value, its problems in words, its states and steps. May import: cases alone.
Read first: `referral`.
"""

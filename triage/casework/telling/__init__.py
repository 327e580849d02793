"""What follows, told to somebody over what they may read.

Holds: what could still come out of a case, what an answer changed, what one typed and did not record. May import: what
`triage.casework` may. Read first: `effects`.
"""

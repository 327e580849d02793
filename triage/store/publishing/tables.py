"""The tables of what the programme side is told of a start: what was published, and how often it was asked since.

`positions` has one row for each person of a case, replaced once a day; what is told is sealed. `start_questions` has
one row for each person and day of publication on which somebody asked; it says nothing of why an answer was given.
"""

from sqlalchemy import BigInteger, Date, Integer, String, Table

from triage.store.tables import clear, encrypted, metadata, of_case

positions = Table(
    "positions",
    metadata,
    of_case(primary_key=True),
    clear("letter", String(1), primary_key=True),
    clear("published_on", Date),
    encrypted("content"),
)
start_questions = Table(
    "start_questions",
    metadata,
    of_case(primary_key=True),
    clear("letter", String(1), primary_key=True),
    clear("published_on", Date, primary_key=True),
    clear("started", BigInteger),
    clear("uses", Integer),
    clear("tries", Integer),
    clear("state", String(8)),
)
"""`started` and `uses`: when the last time in which questions are answered began, and how many there were; `tries`: how
many were answered by nothing but the rule; `state`: `open`, or `held` when the answer stays until the next batch."""

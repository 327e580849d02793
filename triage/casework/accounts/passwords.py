"""Passwords: which are refused, and their hashes: Argon2id, at most as many at once as there are processors.

Length and guesses are all that is asked: no signs of certain kinds, no change after some time (ASVS 6.2.5, 6.2.10).
"""

import os
import unicodedata
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from triage.settings import PasswordProfile

SHORTEST, LONGEST = 15, 256
LEAST_GUESSES = 10**10
"""A password that a program finds in fewer guesses is refused: what throttled and unthrottled guessing set apart."""
_JUDGED = 72  # the estimate takes longer with each character; what follows only adds to it
_OURS = ("cairn", "triage", "demonstration", "perpetrator", "victim", "survivor", "advocate", "intake", "referral")
_AT_ONCE = BoundedSemaphore(os.cpu_count() or 1)
_HASHERS = {
    # 64 MiB, three passes: 342 ms on the machine of security page 4.3.
    PasswordProfile.STANDARD: PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1),
    PasswordProfile.CHEAP_FOR_TESTS: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
}


def one_spelling(text: str) -> str:
    """The same letters typed on two keyboards are the same name, and the same password."""
    return unicodedata.normalize("NFKC", text)


def password_problem(password: str, name: str) -> tuple[str, ...]:
    """Say what is wrong with a new password: too short, or found by its place in lists of common ones and patterns.

    The lists are the program's own (zxcvbn): nothing leaves this machine. Source: security page 4.3; ASVS 6.2.4.
    """
    if len(password) < SHORTEST:
        return (f"password: at least {SHORTEST} characters.",)
    from zxcvbn import zxcvbn

    estimate = zxcvbn(password[:_JUDGED], user_inputs=[*_OURS, name, *name.split()])
    return () if estimate["guesses"] >= LEAST_GUESSES else ("password: this one is easily guessed.",)


def hash_password(profile: PasswordProfile, password: str) -> str:
    """Hash a password; the caller has checked its length."""
    with _AT_ONCE:
        return _HASHERS[profile].hash(password)


def matches(profile: PasswordProfile, password_hash: str, password: str) -> bool:
    """Say whether a password is the one hashed."""
    with _AT_ONCE:
        try:
            return _HASHERS[profile].verify(password_hash, password)
        except (VerificationError, InvalidHashError):
            return False


def is_outdated(profile: PasswordProfile, password_hash: str) -> bool:
    """Whether a hash was made at another cost than today's."""
    return _HASHERS[profile].check_needs_rehash(password_hash)

"""Password hashing: Argon2id, at most as many at once as there are processors."""

import os
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from triage.settings import PasswordProfile

SHORTEST, LONGEST = 15, 256
_AT_ONCE = BoundedSemaphore(os.cpu_count() or 1)
_HASHERS = {
    # 64 MiB, three passes: 342 ms on the machine of security page 4.3.
    PasswordProfile.STANDARD: PasswordHasher(time_cost=3, memory_cost=65_536, parallelism=1),
    PasswordProfile.CHEAP_FOR_TESTS: PasswordHasher(time_cost=1, memory_cost=8, parallelism=1),
}


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

"""The blueprint of incoming referrals with every page of it."""

from triage.web.intake import sending_on  # noqa: F401 — its pages are of the same blueprint
from triage.web.intake.incoming import blueprint

__all__ = ["blueprint"]

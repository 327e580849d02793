"""All pages of one's own account on their blueprint."""

from triage.web.own import account, factor, passkeys
from triage.web.own.blueprint import blueprint

__all__ = ["account", "blueprint", "factor", "passkeys"]

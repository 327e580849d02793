"""Every page of the translators' room, so that one import registers them."""

from triage.web.translations import exchange, reading, steps
from triage.web.translations.blueprint import blueprint

__all__ = ["blueprint", "exchange", "reading", "steps"]

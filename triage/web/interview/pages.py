"""All pages of the interview on their blueprint."""

from triage.web.interview import acts, answers, awaited, cases, effects, findings, record
from triage.web.interview.blueprint import blueprint
from triage.web.interview.home import follow_ups, page

__all__ = ["acts", "answers", "awaited", "blueprint", "cases", "effects", "findings", "follow_ups", "page", "record"]

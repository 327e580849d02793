"""Cairn: guided assessment and referral triage for domestic-abuse perpetrator services."""

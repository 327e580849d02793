"""Referrals and flows in the formats of others: CSV, XLSX and JSON files, FHIR R4, XLSForm.

Holds: readers that give referrals or faults in words, writers that are safe to open, templates, exports of flows.
May import: flow, cases, assess and routing; no database, no web. openpyxl and calamine are used here alone.
Read first: `faults`, then `opening`, then `referrals`.
"""

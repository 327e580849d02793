"""The files that commands read: cases, fact sets, answer sheets; each bounded, each fault named with its place.

Holds: YAML and JSON documents, files of facts and of simulated cases. May import: what `triage.cli` may.
Read first: `documents`.
"""

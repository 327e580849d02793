"""The flow language: what a practitioner writes in `flows/*.yml`, read into typed objects.

Holds: the words of the language, its three-valued conditions, and the reading of documents with all their problems.
May import: the standard library; yaml only where documents are read.
Read first: `model.py`, then `conditions.py`.
"""

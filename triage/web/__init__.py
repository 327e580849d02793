"""The screens, split by audience so that one side's pages cannot reach the other's.

Holds: shared guards, forms and language, then one folder per audience: intake, support, panel and others.
May import: casework, the domain rooms for their types, and settings; never the store.
Read first: the guards in `shared/`, then one audience.
"""

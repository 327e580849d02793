"""The screens, split by audience so that one side's pages cannot reach the other's.

Holds: shared guards and language, forms, the door, the interview that every worker sees, then one folder for each
audience: intake, support, panel, people, agency, office, translations.
May import: casework, the domain rooms for their types, and settings; never the store.
Read first: the guards in `shared/`, then one audience.
"""

"""What the screens of every audience share: guards, access table, session, language, words, forms, errors, headers.

Holds: nothing that belongs to one audience. May import: casework, the domain rooms for their types, settings.
Read first: `access`, then `guards`, then `questions`.
"""

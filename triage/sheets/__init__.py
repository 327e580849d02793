"""Information sheets: what a person may be told, in their country, language and form, never from the facts of a case.

Holds: the catalogue of sheets as data, its texts by language, composing one sheet, its page (HTML) and its PDF.
May import: routing and the rooms below it, and settings; babel, polib, jinja2 and typst; no web, no database.
Read first: `model`, then `library`, `composing`, and docs/sheets.md for the format.
"""

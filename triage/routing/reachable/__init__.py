"""What a decision could still become: over every way in which what is not settled may turn out, exactly.

Read first: `possible`, which says what may still become of a finding; then `diagram`, `space`, and `meaning`.
"""

"""Laws over answers: read, put into literals, proved, replayed."""

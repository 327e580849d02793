"""From a bounded, symbolic answer sheet of one pair to the strength of every finding, as one Boolean circuit."""

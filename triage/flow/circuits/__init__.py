"""Rules as Boolean circuits: the form in which solvers prove them and columns of cases are run through them."""

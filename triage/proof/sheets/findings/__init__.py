"""From the accounts of a sheet to findings and the decision."""

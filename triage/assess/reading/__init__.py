"""Read the record of a case from the formats it comes in, with every problem at once."""

"""What a simulation found, written for people and for programs: lines, JSON, CSV and one HTML page."""

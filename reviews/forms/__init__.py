"""The forms of what we learned, a file for each noun."""

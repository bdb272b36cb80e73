"""The shape of what people type in, a file for each noun."""

"""The commands, a file for each group of them; `cli` puts them together."""

"""How the committed tables of the base data are made from their sources."""

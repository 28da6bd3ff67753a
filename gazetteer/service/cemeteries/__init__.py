"""Cemeteries (公墓): sites with their places and papers, self-check, ledgers reconciled, siting overlay, forecast."""

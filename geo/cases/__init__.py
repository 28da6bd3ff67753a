"""Cases (办件): what moves along states, by whom, until when, and with which papers. Knows no trade.

states       begin, move along the transition table, tell what came before
clocks       statutory time limits in calendar or working days
days         which day is a working day
attachments  materials, scans and photos of a record
"""

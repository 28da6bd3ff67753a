"""Addresses (地址): text to elements, defects, candidates and one honest answer. A pure library, no database."""

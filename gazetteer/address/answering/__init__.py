"""From readings to one honest answer: geocoding, suggesting, reverse geocoding, batches."""

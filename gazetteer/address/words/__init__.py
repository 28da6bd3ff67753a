"""Characters, numerals, vocabulary and the lexicon: what is known before any text is read."""

"""Place naming (地名命名): checks N01-N23, profiles, romanisation and suggestions, without a database."""

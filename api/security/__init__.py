"""Who is asking: accounts, logins, API keys."""

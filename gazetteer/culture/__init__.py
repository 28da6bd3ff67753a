"""The culture of names (地名文化): protection lists, stories, planned names."""

"""``diming doctor`` (体检): a list of checks, each with a title for the screen and a hint how to mend."""

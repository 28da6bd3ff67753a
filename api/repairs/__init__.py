"""The repair desk's doors: files taken in, matching in the background."""

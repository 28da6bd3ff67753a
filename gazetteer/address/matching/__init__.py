"""What the register says about a text beyond its road and number: homes behind a door, estates, defects, sides."""

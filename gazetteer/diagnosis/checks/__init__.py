"""The checks D1 to D10, each a function from the columns of the register to faults."""

"""``diming demo`` (演示): from nothing to a register that normalises addresses, step by step."""

"""What runs inside the throw-away environment of the other products: imports nothing of this one."""

"""Meal service (助餐, 15分钟为老助餐一张图): points, opening, prices, coverage, where the next ones belong."""

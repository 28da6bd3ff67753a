"""Numbering of doors (门牌编号): rules as data, chainage, suggestions, whole streets, estates, claims that never collide."""

"""Door plates (门牌): codes and signatures, faces, production, hanging, checks, repairs, progress.

A plate is an object of its own: it has a code that says nothing, belongs to one address, and moves along the cases
of the machine ``plate``. The address may be renamed or renumbered; the plate's code stays what was printed.
"""

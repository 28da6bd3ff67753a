"""Work on foot without a network (外业): what devices bring in becomes records, each item once, conflicts kept for a person.

merge       what becomes of a record and an item made from an older version of it; pure
receiving   one item into the register, once, in one transaction
conflicts   both sides of a conflict, and settling it at the desk
devices     which browser belongs to which account
uploads     photos piece by piece
trades      what the fields of one kind of record mean, and where its records go
taking      what an inspector takes along (带走)
"""

"""The tables of schema ``register`` as typed classes."""

from gazetteer.register.models.address import Address, AddressPoint
from gazetteer.register.models.alias import Alias, AliasTarget
from gazetteer.register.models.batch import ImportBatch
from gazetteer.register.models.division import Division, DivisionSuccession
from gazetteer.register.models.facility import Facility
from gazetteer.register.models.place import NameTransition, Place
from gazetteer.register.models.road import Road, RoadDivision, RoadSegment

__all__ = [
    "Address",
    "AddressPoint",
    "Alias",
    "AliasTarget",
    "Division",
    "DivisionSuccession",
    "Facility",
    "ImportBatch",
    "NameTransition",
    "Place",
    "Road",
    "RoadDivision",
    "RoadSegment",
]

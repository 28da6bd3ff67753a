"""The papers of a proposal (文书), each stated once and drawn as Word and PDF by :mod:`geo.documents`."""

from gazetteer.proposal.papers.catalogue import TITLES, available, draw, with_it

__all__ = ["TITLES", "available", "draw", "with_it"]

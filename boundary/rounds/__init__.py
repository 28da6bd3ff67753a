"""Rounds of joint inspection (联检): planned, checked in the office, walked, summed up, signed, filed, archived."""

from boundary.rounds.checking import completeness, office_check
from boundary.rounds.moving import move
from boundary.rounds.planning import add_member, plan, remove_member, set_tasks
from boundary.rounds.reading import MACHINE, Member, Round, Task, find, listed, team, todo
from boundary.rounds.sections import Section, record_section, sections

__all__ = [
    "MACHINE",
    "Member",
    "Round",
    "Section",
    "Task",
    "add_member",
    "completeness",
    "find",
    "listed",
    "move",
    "office_check",
    "plan",
    "record_section",
    "remove_member",
    "sections",
    "set_tasks",
    "team",
    "todo",
]

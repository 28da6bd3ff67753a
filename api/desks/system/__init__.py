"""Accounts, rights, audit, background work (系统)."""

from __future__ import annotations

from fastapi import APIRouter

from api.desks.system import account_acts, accounts, audit, jobs, keys, me, why

ROUTERS: tuple[APIRouter, ...] = (
    me.router,
    accounts.router,
    account_acts.router,
    keys.router,
    why.router,
    audit.router,
    jobs.router,
)

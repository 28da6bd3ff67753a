"""Which screens there are: what everybody sees, what the office sees, and how to find a record worth a picture."""

from __future__ import annotations

EVERYBODY = {
    "start": "/", "search": "/?q=台州黄岩江口永宁大道２８ 号", "not-registered": "/?q=黄岩永宁大道9876号",
    "nothing-found": "/?q=不存在的火星基地", "record": "/a/{door}", "map": "/map", "notices": "/notices",
    "notice": "/notices/{noticed}", "meals": "/meals", "meal": "/meals/{meal}", "cemeteries": "/cemeteries",
    "cemetery": "/cemeteries/{cemetery}", "name": "/n/{storied}", "services": "/services", "apply-name": "/apply",
    "apply-number": "/apply/number", "report": "/report?code={door}&address=黄岩区永宁大道28号", "scan": "/p/{plate}",
    "about": "/about", "docs": "/docs", "guide": "/guide", "guide-naming": "/guide/naming", "login": "/login",
    "error": "/no-such-page", "field": "/field",
}  # fmt: skip
OFFICE = {
    "desk-home": "/desk", "desk-drafts": "/desk/drafts", "desk-reports": "/desk/reports", "desk-report-one": "/desk/reports/{report}",
    "desk-naming": "/desk/naming", "desk-naming-case": "/desk/naming/{noticed}", "desk-naming-new": "/desk/naming/new",
    "desk-naming-signs": "/desk/naming/signs", "desk-places": "/desk/places", "desk-roads-list": "/desk/places/roads",
    "desk-planned": "/desk/places/planned", "desk-protected": "/desk/places/protected", "desk-exchange": "/desk/exchange",
    "desk-exchange-batch": "/desk/exchange/{exchange}", "desk-roads": "/desk/roads", "desk-road-finding": "/desk/roads/{finding}",
    "desk-repairs": "/desk/repairs", "repair-desk": "/desk/repairs/{batch}", "desk-registrations": "/desk/numbers",
    "desk-numbers": "/desk/numbers/new", "desk-registration": "/desk/numbers/{registration}", "desk-diagnosis": "/desk/diagnosis",
    "desk-diagnosis-findings": "/desk/diagnosis/findings", "desk-plates": "/desk/plates", "desk-plate": "/desk/plates/{plate}",
    "desk-plate-repairs": "/desk/plates/repairs", "desk-plate-progress": "/desk/plates/progress", "desk-boundary": "/desk/boundary",
    "desk-line": "/desk/boundary/lines/SAMPLE-HL", "desk-marker": "/desk/boundary/markers/SAMPLE-03",
    "desk-round": "/desk/boundary/rounds/SAMPLE-HL-2021", "desk-meals": "/desk/meals", "desk-meal": "/desk/meals/{meal}",
    "desk-coverage": "/desk/meals/coverage", "desk-siting": "/desk/meals/siting", "desk-expiry": "/desk/meals/expiry",
    "desk-cemeteries": "/desk/cemeteries", "desk-cemetery": "/desk/cemeteries/{cemetery}",
    "desk-cemetery-checks": "/desk/cemeteries/checks", "desk-forecast": "/desk/cemeteries/forecast", "desk-data": "/desk/data",
    "desk-maps": "/desk/maps", "desk-statistics": "/desk/statistics", "desk-report": "/desk/statistics/report",
    "desk-rows": "/desk/statistics/rows/repair.done", "desk-search": "/desk/search?q=永宁", "desk-keys": "/desk/keys",
    "desk-me": "/desk/system/me", "desk-accounts": "/desk/system/accounts", "desk-jobs": "/desk/system/jobs",
    "desk-why": "/desk/system/why",
}  # fmt: skip
_CASE = "SELECT subject FROM register.\"case\" WHERE machine = '{}' AND state = '{}' ORDER BY subject DESC LIMIT 1"
RECORDS = {
    "noticed": _CASE.format("proposal", "noticed"), "registration": _CASE.format("registration", "accepted"),
    "plate": _CASE.format("plate", "damaged"),
    "meal": "SELECT code FROM register.facility WHERE kind = 'meal' AND made_up ORDER BY code LIMIT 1",
    "cemetery": "SELECT code FROM register.facility WHERE kind = 'cemetery' AND made_up ORDER BY code LIMIT 1",
    "storied": "SELECT code FROM register.story WHERE state = '公开' ORDER BY id LIMIT 1",
    "report": "SELECT 'BC' || lpad(min(id)::text, 6, '0') FROM register.report WHERE state = 'new'",
    "finding": "SELECT code FROM register.road_finding WHERE kind = 'many_names' ORDER BY code LIMIT 1",
    "exchange": "SELECT max(id) FROM register.exchange_batch", "batch": "SELECT max(id) FROM register.repair_batch",
}  # fmt: skip
"""name -> the record's code."""

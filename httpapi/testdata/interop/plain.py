"""Makes answers comparable: what changes from run to run becomes a letter, what is only wording is left out."""

import re

STAMP = re.compile(r"^20\d\d-\d\d-\d\d(T\d\d:\d\d:\d\d(\.\d+)?(Z|[+-]\d\d:\d\d)?)?$")
MINTED = re.compile(r"^\d{12,20}$")


def plain(value, names=None):
    """Replaces minted ids (the same id by the same letter) and times of today."""
    names = {} if names is None else names
    if isinstance(value, dict):
        return {plain(k, names): plain(v, names) for k, v in value.items()}
    if isinstance(value, (list, tuple)):
        return [plain(v, names) for v in value]
    if isinstance(value, str) and MINTED.match(value):
        return names.setdefault(value, f"id{len(names) + 1}")
    if isinstance(value, str) and STAMP.match(value) and value[:4] > "2025":
        return "now"
    return value


def shape(value):
    """What a ticking value looks like: its members with their types."""
    if isinstance(value, dict):
        return {k: shape(v) for k, v in value.items() if k != "mapping"}
    if isinstance(value, list):
        return [shape(value[0])] if value and isinstance(value[0], dict) else "list"
    return type(value).__name__


def problems(detail):
    """A list of validation problems without their wording."""
    if not isinstance(detail, list):
        return detail
    return [{"type": p.get("type"), "loc": p.get("loc")} for p in detail]

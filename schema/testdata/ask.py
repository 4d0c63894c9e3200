"""Asks pydantic 2.10.6 each question of pydantic.txt again: python3 ask.py < pydantic.txt."""

import datetime
import json
import sys
from typing import Dict, List

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError


class M(BaseModel):
    z: int = 12


types = {
    "int": TypeAdapter(int),
    "float": TypeAdapter(float),
    "str": TypeAdapter(str, config=ConfigDict(coerce_numbers_to_str=True)),
    "bool": TypeAdapter(bool),
    "datetime": TypeAdapter(datetime.datetime),
    "date": TypeAdapter(datetime.date),
    "timedelta": TypeAdapter(datetime.timedelta, config=ConfigDict(ser_json_timedelta="float")),
    "list": TypeAdapter(List[int]),
    "dict": TypeAdapter(Dict[str, int]),
    "dictint": TypeAdapter(Dict[int, int]),
    "dictdate": TypeAdapter(Dict[datetime.date, int]),
    "model": TypeAdapter(M),
}

for line in sys.stdin:
    question = line.rstrip("\n").split(" => ")[0]
    name, raw = question.split(" ", 1)
    try:
        adapter = types[name]
        answer = adapter.dump_json(adapter.validate_python(json.loads(raw))).decode()
    except ValidationError as err:
        problems = [{k: e[k] for k in e if k not in ("url", "input")} for e in err.errors()]
        for p in problems:
            if "ctx" in p:
                p["ctx"] = {k: str(v) for k, v in p["ctx"].items()}
        answer = json.dumps(problems)
    print(question, "=>", answer)

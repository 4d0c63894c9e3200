"""Writes csp_op.txt: what the operators of the real csp tick.

Run it with a Python that has csp: python csp_op.py > csp_op.txt. The Go test reads the table; this script is not part of the tests.
A line is the name of an operator and its ticks as seconds=value; several outputs have their key before the value.
"""
from datetime import datetime, timedelta
from typing import List

import csp
import csp.basketlib
import csp.math

START = datetime(1970, 1, 1)

INPUTS = {
    "x": "1=1 2=2 2=3 3=3 5=8 6=0 7=7",
    "y": "1=10 2.5=20 3=30 3=30 6=40 6=50 9=5",
    "f": "1=nan 2=1.5 3=1.5 4=nan 5=nan 6=2 7=-3",
    "flag": "2=1 3=0 5=1 6=1 7=0",
    "trigger": "0.5=1 1=1 2=1 2.7=1 6=1 10=1",
    "key": "0.5=a 2=b 2.7=z 6=a",
    "list": "1=1,2,3 1=4 2= 3=5,6",
}


def td(seconds):
    return timedelta(microseconds=round(float(seconds) * 1e6))


def curve(name):
    kind, parse = {
        "f": (float, float),
        "flag": (bool, lambda s: s == "1"),
        "trigger": (bool, lambda s: s == "1"),
        "key": (str, str),
        "list": (List[int], lambda s: [int(v) for v in s.split(",") if v]),
    }.get(name, (int, int))
    ticks = [t.split("=") for t in INPUTS[name].split()]
    return csp.curve(kind, [(td(t), parse(v)) for t, v in ticks])


class Quote(csp.Struct):
    bid: int
    ask: int


class Inputs:
    def __getattr__(self, name):
        e = curve(name)
        setattr(self, name, e)
        return e


def delayed_collect(i):
    c = csp.DelayedCollect(int)
    c.add_input(csp.apply(i.x, lambda v: -v, int))
    c.add_input(i.y)
    return c.output()


def ab(i):
    return {"a": i.x, "b": i.y}


CASES = {
    "accum": lambda i: csp.accum(i.x, 5),
    "add": lambda i: i.x + i.y,
    "and": lambda i: csp.and_(i.flag, i.trigger),
    "apply": lambda i: csp.apply(i.x, lambda v: 2 * v, int),
    "collect": lambda i: csp.collect([csp.apply(i.x, lambda v: -v, int), i.y]),
    "count": lambda i: csp.count(i.x),
    "default": lambda i: csp.default(i.x, 99),
    "default later": lambda i: csp.default(i.y, 99, timedelta(seconds=0.5)),
    "default too late": lambda i: csp.default(i.y, 99, timedelta(seconds=1.5)),
    "delay by 0": lambda i: csp.delay(i.x, timedelta()),
    "delay by 1s": lambda i: csp.delay(i.x, timedelta(seconds=1)),
    "delay by 2 ticks": lambda i: csp.delay(i.x, 2),
    "delayed collect": delayed_collect,
    "demultiplex": lambda i: csp.demultiplex(i.x, i.key, ["a", "b"]),
    "diff by 1": lambda i: csp.diff(i.x, 1),
    "diff by 1s": lambda i: csp.diff(i.x, timedelta(seconds=1)),
    "div": lambda i: i.x / i.y,
    "drop_dups": lambda i: csp.drop_dups(i.x),
    "drop_dups eps": lambda i: csp.drop_dups(i.f, 1.0),
    "drop_nans": lambda i: csp.drop_nans(i.f),
    "eq": lambda i: i.x == i.y,
    "feedback": lambda i: csp.wrap_feedback(i.y),
    "filter": lambda i: csp.filter(i.flag, i.x),
    "firstN": lambda i: csp.firstN(i.x, 3),
    "flatten": lambda i: csp.flatten([csp.apply(i.x, lambda v: -v, int), i.y]),
    "floordiv": lambda i: csp.floordiv(i.y, i.x - 4),
    "gate": lambda i: csp.gate(i.x, i.flag),
    "gate tick": lambda i: csp.gate(i.x, i.flag, True),
    "lt": lambda i: i.x < i.y,
    "max": lambda i: csp.max(i.x, i.y),
    "merge": lambda i: csp.merge(i.x, i.y),
    "mod": lambda i: csp.mod(i.y, i.x - 4),
    "multiplex": lambda i: csp.multiplex(ab(i), i.key),
    "multiplex on key": lambda i: csp.multiplex(ab(i), i.key, tick_on_index=True),
    "not": lambda i: csp.not_(i.flag),
    "or": lambda i: csp.or_(i.flag, i.trigger),
    "sample": lambda i: csp.sample(i.trigger, i.x),
    "sample_dict": lambda i: csp.basketlib.sample_dict(i.trigger, ab(i)),
    "split": lambda i: {"true": (s := csp.split(i.flag, i.x)).true, "false": s.false},
    "struct_collectts": lambda i: csp.struct_collectts(Quote, {"bid": i.x, "ask": i.y}),
    "struct_field": lambda i: csp.struct_fromts(Quote, {"bid": i.x, "ask": i.x}).bid,
    "struct_fromts": lambda i: csp.struct_fromts(Quote, {"bid": i.x, "ask": i.y}),
    "struct_fromts trigger": lambda i: csp.struct_fromts(Quote, {"bid": i.x, "ask": i.y}, i.trigger),
    "sync": lambda i: csp.basketlib.sync_dict(ab(i), timedelta(seconds=1)),
    "sync complete": lambda i: csp.basketlib.sync_dict(ab(i), timedelta(seconds=1), output_incomplete=False),
    "sync trigger": lambda i: dict(zip("ab", csp.basketlib.sync_list([i.x, i.y], timedelta(seconds=1), trigger=i.trigger))),
    "times": lambda i: csp.times(i.x),
    "unroll": lambda i: csp.unroll(i.list),
}


def show(v):
    if isinstance(v, bool):
        return str(v).lower()
    if isinstance(v, datetime):
        return show((v - START).total_seconds())
    if isinstance(v, Quote):
        return "{%s,%s}" % (getattr(v, "bid", 0), getattr(v, "ask", 0))
    if isinstance(v, list):
        return "[" + ",".join(show(x) for x in v) + "]"
    return f"{v:.12g}"


for name, ticks in INPUTS.items():
    print(f"{name}: {ticks}")
for name, wire in CASES.items():

    def g():
        i = Inputs()
        for input_name in INPUTS:  # sources tick in the order of wiring
            getattr(i, input_name)
        out = wire(i)
        if isinstance(out, dict):
            for k, e in out.items():
                csp.add_graph_output(k + ":", e)
        else:
            csp.add_graph_output("", out)

    out = csp.run(g, starttime=START, endtime=timedelta(seconds=30))
    for key, ticks in out.items():
        print(f"{name} | {key}", *(f"{(t - START).total_seconds():g}={show(v)}" for t, v in ticks))

"""The nodes that the corpus needs beside those of csp.baselib."""

from datetime import timedelta
from typing import List

import csp
from csp import ts


@csp.node
def alarms(points: object) -> ts[int]:
    with csp.alarms():
        alarm = csp.alarm(int)
    with csp.start():
        for at, v in points:
            csp.schedule_alarm(alarm, at, v)
    if csp.ticked(alarm):
        return alarm


@csp.node
def cancel(at: timedelta, undo: timedelta) -> ts[int]:
    with csp.alarms():
        a = csp.alarm(int)
        b = csp.alarm(bool)
    with csp.state():
        s_handle = None
    with csp.start():
        s_handle = csp.schedule_alarm(a, at, 1)
        csp.schedule_alarm(b, undo, True)
    if csp.ticked(b):
        csp.cancel_alarm(a, s_handle)
    if csp.ticked(a):
        return a


@csp.node
def rearm(every: timedelta, n: int) -> ts[int]:
    with csp.alarms():
        alarm = csp.alarm(int)
    with csp.start():
        csp.schedule_alarm(alarm, every, 1)
    if csp.ticked(alarm):
        if alarm < n:
            csp.schedule_alarm(alarm, every, alarm + 1)
        return alarm


@csp.node
def move(first: timedelta, when: timedelta, to: timedelta) -> ts[int]:
    with csp.alarms():
        a = csp.alarm(int)
        b = csp.alarm(bool)
    with csp.state():
        s_handle = None
    with csp.start():
        s_handle = csp.schedule_alarm(a, first, 1)
        csp.schedule_alarm(b, when, True)
    if csp.ticked(b):
        csp.cancel_alarm(a, s_handle)
        csp.schedule_alarm(a, to - when, 2)
    if csp.ticked(a):
        return a


@csp.node
def twoalarms(at: timedelta) -> ts[int]:
    with csp.alarms():
        a = csp.alarm(int)
        b = csp.alarm(int)
    with csp.start():
        csp.schedule_alarm(a, at, 1)
        csp.schedule_alarm(b, at, 2)
    return (1 if csp.ticked(a) else 0) + (2 if csp.ticked(b) else 0)


@csp.node
def ticked(x: List[ts[int]]) -> ts[List[int]]:
    if csp.ticked(x):
        return list(x.tickedkeys())


@csp.node
def valid(x: List[ts[int]]) -> ts[List[int]]:
    if csp.ticked(x):
        return list(x.validkeys())


@csp.node
def passive(x: ts[int], y: ts[int]) -> ts[int]:
    with csp.start():
        csp.make_passive(y)
    if csp.valid(y):
        return x + y


@csp.node
def window(x: ts[int], on: ts[int]) -> ts[int]:
    if csp.ticked(on):
        csp.make_active(x)
    if csp.ticked(x):
        csp.make_passive(x)
        return x


@csp.node
def probe(x: ts[int], y: ts[int]) -> ts[int]:
    return csp.ticked(x) + 2 * csp.ticked(y) + 4 * csp.valid(x) + 8 * csp.valid(y)


@csp.node
def keyed(orders: ts[object]) -> csp.DynamicBasket[int, int]:
    if csp.ticked(orders):
        for k, v in orders:
            if v is None:
                csp.remove_dynamic_key(k)
            else:
                csp.output({k: v})


@csp.node
def spelled(d: {ts[int]: ts[int]}) -> ts[str]:
    words = []
    if csp.ticked(d.shape):
        words = [("+" if e.added else "-") + str(e.key) for e in d.shape.events]
    words += [f"{k}={v}" for k, v in d.tickeditems()]
    return "[" + " ".join(words) + "]"


@csp.node
def note(name: str, x: ts[int], log: object):
    if csp.ticked(x):
        log.append((csp.now(), {name: x}))

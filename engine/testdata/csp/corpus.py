"""Runs the graphs of the .txt files beside it with csp and writes down what ticks. README.md tells the format."""

import multiprocessing
import os
import pathlib
import sys
from datetime import datetime
from typing import List

import csp
from csp import ts

import nodes
import wiring
from wiring import duration

EPOCH = datetime(2024, 1, 1)


def points(args):
    """Reads 1s:1 2s:2,3."""
    found = []
    for arg in args:
        at, values = arg.split(":")
        found += [(duration(at), int(v)) for v in values.split(",")]
    return found


def curve(args, mode):
    data = [(EPOCH + at, v) for at, v in points(args)]
    return csp.curve(int, data, push_mode=mode)


def flag(x):
    return csp.apply(x, bool, bool)


def make(kind, args, edges):
    """Returns the edge of one line, or the list of its edges."""
    on = [edges[a] for a in args if a in edges]
    x = on[-1] if on else None
    mode = csp.PushMode
    kinds = {
        "const": lambda: csp.const(int(args[0]), delay=duration(args[1])),
        "timer": lambda: csp.timer(duration(args[0]), int(args[1])),
        "null": lambda: csp.null_ts(int),
        "curve": lambda: curve(args, mode.NON_COLLAPSING),
        "conflate": lambda: curve(args, mode.LAST_VALUE),
        "burst": lambda: curve(args, mode.BURST),
        "alarms": lambda: nodes.alarms(points(args)),
        "cancel": lambda: nodes.cancel(duration(args[0]), duration(args[1])),
        "rearm": lambda: nodes.rearm(duration(args[0]), int(args[1])),
        "move": lambda: nodes.move(*map(duration, args)),
        "twoalarms": lambda: nodes.twoalarms(duration(args[0])),
        "merge": lambda: csp.merge(*on),
        "add": lambda: on[0] + on[1],
        "sample": lambda: csp.sample(*on),
        "filter": lambda: csp.filter(flag(on[0]), x),
        "gate": lambda: csp.gate(x, flag(on[0])),
        "gatetick": lambda: csp.gate(x, flag(on[0]), release_on_tick=True),
        "flatten": lambda: csp.flatten(on),
        "collect": lambda: csp.collect(on),
        "ticked": lambda: nodes.ticked(on),
        "valid": lambda: nodes.valid(on),
        "count": lambda: csp.count(x),
        "dropdups": lambda: csp.drop_dups(x),
        "accum": lambda: csp.accum(x, int(args[0])),
        "firstn": lambda: csp.firstN(x, int(args[0])),
        "lag": lambda: csp.delay(x, int(args[0])),
        "diff": lambda: csp.diff(x, int(args[0])),
        "delay": lambda: csp.delay(x, duration(args[0])),
        "default": lambda: csp.default(x, int(args[0]), delay=duration(args[1])),
        "repeat": lambda: csp.apply(x, lambda v, n=int(args[0]): [v, 10 * v, 100 * v][:n], List[int]),
        "unroll": lambda: csp.unroll(x),
        "len": lambda: csp.apply(x, len, int),
        "split": lambda: (lambda s: [s.true, s.false])(csp.split(flag(on[0]), x)),
        "demultiplex": lambda: list(csp.demultiplex(x, csp.apply(x, lambda v: v % 10, int), [1, 2]).values()),
        "multiplex": lambda: csp.multiplex({i: e for i, e in enumerate(on[1:], 1)}, on[0], tick_on_index=True),
        "passive": lambda: nodes.passive(*on),
        "window": lambda: nodes.window(*on),
        "probe": lambda: nodes.probe(*on),
    }
    return kinds[kind]()


@csp.node
def record(names: object, x: List[ts[object]], log: object):
    if csp.ticked(x):
        log.append((csp.now(), {names[i]: v for i, v in x.tickeditems()}))


@csp.graph
def wire(lines: object, log: object):
    w = wiring.Wiring(make, log)
    w.wire(lines)
    record(list(w.edges), list(w.edges.values()), log)


def show(value):
    return "[" + " ".join(map(str, value)) + "]" if isinstance(value, (list, tuple)) else str(value)


def run(lines):
    """Runs one graph and returns its ticks, one line a cycle; crash, where csp kills its process."""
    ours, theirs = multiprocessing.Pipe(False)
    child = multiprocessing.get_context("fork").Process(target=lambda: theirs.send(quietly(ticks, lines)))
    child.start()
    theirs.close()
    try:
        ticked, why = ours.recv()
    except EOFError:
        ticked, why = ["crash"], "csp crashed"
    child.join()
    if why:
        print(f"  {lines[0]}: {why}", file=sys.stderr)
    return ticked


def quietly(f, *args):
    os.dup2(os.open(os.devnull, os.O_WRONLY), 2)  # csp prints where it crashes
    return f(*args)


def ticks(lines):
    options = {}
    if lines[0].startswith("run "):
        options = dict(word.split("=") for word in lines[0].split()[1:])
        lines = lines[1:]
    log, failed, why = [], [], ""
    begin = EPOCH + duration(options.get("start", "0s"))
    try:
        csp.run(wire, lines, log, starttime=begin, endtime=EPOCH + duration(options.get("end", "1000s")))
    except Exception as e:  # csp raises many kinds; that it raised is what counts
        failed, why = ["error"], str(e)
    names = [name for line in lines if "=" in line and line[0] != " " for name in line.split("=")[0].split()]
    return [line(now, values, names) for now, values in cycles(log)] + failed, why


def cycles(log):
    """Puts the notes of sub-graphs and what is recorded of the graph around them, which comes last, into one entry a cycle."""
    open_ = None
    for now, values in log:
        note = len(values) == 1 and next(iter(values)).endswith("]")
        if open_ and (open_[0] != now or note and values.keys() & open_[1].keys()):
            yield open_
            open_ = None
        open_ = (now, {**(open_[1] if open_ else {}), **values})
        if not note:
            yield open_
            open_ = None
    if open_:
        yield open_


def line(now, values, names):
    order = [name for name in names if name in values] + sorted(name for name in values if name.endswith("]"))
    return f"{(now - EPOCH).total_seconds():g}s " + " ".join(f"{name}={show(values[name])}" for name in order)


def answer(block):
    """Returns a block with csp's ticks in the place of those it had."""
    lines = block.strip("\n").split("\n")
    graph = [line for line in lines if not line.startswith("#")]
    end = next((i for i, line in enumerate(graph) if line.startswith("----")), len(graph))
    own = next((i for i, line in enumerate(lines) if line.startswith("---- gw:")), len(lines))
    head = [line for line in lines[: lines.index("----") if "----" in lines else len(lines)]]
    return "\n".join(head + ["----"] + run(graph[:end]) + lines[own:])


def main():
    stale = False
    for path in sorted(pathlib.Path(__file__).parent.glob("*.txt")):
        text = path.read_text()
        fresh = "\n\n".join(answer(block) for block in text.strip("\n").split("\n\n")) + "\n"
        if fresh != text:
            stale = True
            print(f"{path.name}: {'differs from csp' if '--check' in sys.argv else 'rewritten'}")
            if "--check" not in sys.argv:
                path.write_text(fresh)
    sys.exit(stale and "--check" in sys.argv)


if __name__ == "__main__":
    main()

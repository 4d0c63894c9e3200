"""Runs the graphs of the .txt files beside it with csp and writes down what ticks. README.md tells the format."""

import pathlib
import sys
from datetime import datetime, timedelta
from typing import List

import csp
from csp import ts

import nodes

EPOCH = datetime(2024, 1, 1)


def duration(text):
    """Reads 1500ms, 2s, 1us."""
    for unit, size in (("ms", 1e-3), ("us", 1e-6), ("s", 1)):
        if text.endswith(unit):
            return timedelta(seconds=float(text[: -len(unit)]) * size)
    raise ValueError(f"{text}: want a number with ms, us or s")


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
    edges, promises = {}, {}
    for line in lines:
        words = line.split()
        if words[0] == "bind":
            promises[words[1]].bind(edges[words[2]])
        elif words[0] == "stop":
            csp.stop_engine(edges[words[1]])
        else:
            at = words.index("=")
            names, kind, args = words[:at], words[at + 1], words[at + 2 :]
            if kind in ("feedback", "delayed"):
                promise = csp.feedback(int) if kind == "feedback" else csp.DelayedEdge(ts[int])
                promises[names[0]] = promise
                made = promise.out() if kind == "feedback" else promise
            else:
                made = make(kind, args, edges)
            edges.update(zip(names, made if isinstance(made, list) else [made]))
    record(list(edges), list(edges.values()), log)


def show(value):
    return "[" + " ".join(map(str, value)) + "]" if isinstance(value, (list, tuple)) else str(value)


def run(lines):
    """Runs one graph and returns its ticks, one line a cycle."""
    options = {}
    if lines[0].startswith("run "):
        options = dict(word.split("=") for word in lines[0].split()[1:])
        lines = lines[1:]
    log, failed = [], []
    begin = EPOCH + duration(options.get("start", "0s"))
    try:
        csp.run(wire, lines, log, starttime=begin, endtime=EPOCH + duration(options.get("end", "1000s")))
    except Exception as e:  # csp raises many kinds; that it raised is what counts
        failed = ["error"]
        print(f"  {lines[0]}: {e}", file=sys.stderr)
    names = [name for line in lines if "=" in line for name in line.split("=")[0].split()]
    ticks = []
    for now, values in log:
        cells = [f"{name}={show(values[name])}" for name in names if name in values]
        ticks.append(f"{(now - EPOCH).total_seconds():g}s " + " ".join(cells))
    return ticks + failed


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

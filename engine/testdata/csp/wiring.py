"""Wires the lines of a block: edges, promises, dynamic baskets and their sub-graphs. README.md tells the format."""

from datetime import timedelta
from typing import List

import csp
from csp import ts

import nodes


def duration(text):
    """Reads 1500ms, 2s, 1us."""
    for unit, size in (("ms", 1e-3), ("us", 1e-6), ("s", 1)):
        if text.endswith(unit):
            return timedelta(seconds=float(text[: -len(unit)]) * size)
    raise ValueError(f"{text}: want a number with ms, us or s")


class Wiring:
    """One graph, or one sub-graph, being wired."""

    def __init__(self, make, log, edges=None, key="", snapped=0):
        self.make, self.log, self.key, self.snapped = make, log, key, snapped
        self.edges, self.baskets, self.promises, self.out = dict(edges or {}), {}, {}, None

    def wire(self, lines):
        for at, line in enumerate(lines):
            if line.startswith(" "):  # belongs to the sub-graph of a line before
                continue
            inner = []
            for below in lines[at + 1 :]:
                if not below.startswith(" "):
                    break
                inner.append(below[2:])
            self.line(line.split(), inner)

    def line(self, words, inner):
        verbs = {
            "bind": lambda promise, x: self.promises[promise].bind(self.edges[x]),
            "stop": lambda x: csp.stop_engine(self.edges[x]),
            "end": lambda x: csp.stop_engine(self.edges[x], True),
            "note": lambda x: nodes.note(f"{x}[{self.key}]", self.edges[x], self.log),
            "out": self.put_out,
        }
        if words[0] in verbs:
            verbs[words[0]](*words[1:])
            return
        at = words.index("=")
        names, kind, args = words[:at], words[at + 1], words[at + 2 :]
        made = self.dynamic(names[0], kind, args, inner)
        if made is None:
            made = self.promise(names[0], kind)
        if made is None:
            made = self.make(kind, args, self.edges)
        self.edges.update(zip(names, made if isinstance(made, list) else [made]))

    def put_out(self, x):
        self.out = self.edges[x]

    def promise(self, name, kind):
        if kind == "feedback":
            self.promises[name] = csp.feedback(int)
            return self.promises[name].out()
        if kind == "delayed":
            self.promises[name] = csp.DelayedEdge(ts[int])
            return self.promises[name]

    def dynamic(self, name, kind, args, inner):
        """Makes what has to do with dynamic baskets; of a basket, returns the edge that tells what it does."""
        if kind == "key":
            return csp.const(int(self.key.split("/")[-1]))
        if kind == "snap":
            return csp.const(self.snapped)
        if kind == "chain":
            x = self.edges[args[0]]
            for _ in range(int(self.key.split("/")[-1])):
                x = x + x
            return x
        if kind == "values":
            return csp.apply(csp.dynamic_collect(self.baskets[args[0]]), lambda d: list(d.values()), List[int])
        makers = {
            "keys": lambda: nodes.keyed(csp.curve(object, [order(a) for a in args])),
            "bykey": lambda: csp.dynamic_demultiplex(self.edges[args[0]], csp.apply(self.edges[args[0]], lambda v: v % 10, int)),
            "each": lambda: self.each(args[0], args[1:], inner),
        }
        if kind not in makers:
            return None
        made = makers[kind]()
        if made is None:  # nothing comes out of the sub-graphs
            return csp.null_ts(str)
        self.baskets[name] = made
        return nodes.spelled(made)

    def each(self, basket, outers, inner):
        snapped = [line.split()[3] for line in inner if line.split()[2:3] == ["snap"]]
        args = [self.make, self.log, inner, f"{self.key}/" if self.key else "", csp.snapkey(), csp.attach(), outers]
        args.append(csp.snap(self.edges[snapped[0]]) if snapped else 0)
        args += [self.edges[x] for x in outers] + [csp.null_ts(int)] * (2 - len(outers))
        silent = not any(line.startswith("out ") for line in inner)
        return csp.dynamic(self.baskets[basket], sub_silent if silent else sub, *args)


def order(text):
    """Reads 1s:1=5,-2."""
    at, what = text.split(":")
    pairs = [word.split("=") if "=" in word else (word[1:], None) for word in what.split(",")]
    return duration(at), [(int(k), v if v is None else int(v)) for k, v in pairs]


def inside(make, log, lines, around, key, own, outers, snapped, edges):
    w = Wiring(make, log, {**dict(zip(outers, edges)), "own": own}, f"{around}{key}", snapped)
    w.wire(lines)
    return w.out


@csp.graph
def sub(
    make: object, log: object, lines: object, around: str, key: int, own: ts[int], outers: object, snapped: int, x: ts[int], y: ts[int]
) -> ts[int]:
    return inside(make, log, lines, around, key, own, outers, snapped, [x, y])


@csp.graph
def sub_silent(
    make: object, log: object, lines: object, around: str, key: int, own: ts[int], outers: object, snapped: int, x: ts[int], y: ts[int]
):
    inside(make, log, lines, around, key, own, outers, snapped, [x, y])

"""Measures gw beside csp in interleaved passes and prints the medians as a table, ratios first.

    python engine/testdata/csp/bench.py [passes]        # from the root of the repository; needs: pip install csp, a C++20 compiler

Each pass runs bench.cpp (csp's C++ engine as pip ships it, nodes in C++), the graphs of bench_python below (csp as its users
run it) and gw's benchmarks of the same graphs.
"""

import pathlib
import re
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import datetime, timedelta

import csp

HERE = pathlib.Path(__file__).parent
GO_FLAGS = ["-test.run=^$", "-test.bench=.", "-test.skip=Soak", "-test.benchtime=100ms"]

START = datetime(2024, 1, 1)


@csp.node
def add_one(x: csp.ts[int]) -> csp.ts[int]:
    if csp.ticked(x):
        return x + 1


@csp.graph
def counts(n: int):
    x = csp.timer(timedelta(microseconds=1), 1)
    for _ in range(n):
        x = csp.count(x)
    csp.add_graph_output("x", x, tick_count=1)


@csp.graph
def adds(n: int):
    x = csp.timer(timedelta(microseconds=1), 1)
    for _ in range(n):
        x = add_one(x)
    csp.add_graph_output("x", x, tick_count=1)


@csp.graph
def points(data: object):
    csp.add_graph_output("x", csp.count(csp.curve(int, data)), tick_count=1)


def seconds(graph, arg, ticks):
    began = time.perf_counter()
    csp.run(graph, arg, starttime=START, endtime=timedelta(microseconds=ticks))
    return time.perf_counter() - began


def bench_python():
    """Yields name, figure, unit; what it costs to build a graph is taken off."""

    def per_tick(graph, nodes, ticks):
        return (seconds(graph, nodes, ticks) - seconds(graph, nodes, 1)) * 1e9 / nodes / ticks

    yield "Counts", per_tick(counts, 1000, 20_000), "ns/node-tick"
    yield "ChainClosure", per_tick(adds, 1000, 2000), "ns/node-tick"
    data = [(START + timedelta(microseconds=i + 1), i) for i in range(100_000)]
    yield "Curve", seconds(points, data, len(data)) * 1e9 / len(data), "ns/tick"


def build_native(folder):
    """Compiles bench.cpp against the headers and the library that pip's csp brings."""
    root = pathlib.Path(csp.__file__).parent
    libs = [f"-l:libcsp_{name}_static.a" for name in ("engine", "types", "core")]
    flags = ["-std=c++20", "-O3", "-DNDEBUG", f"-I{root}/include"]
    binary = folder / "bench"
    command = ["g++", *flags, str(HERE / "bench.cpp"), f"-L{root}/lib", *libs, "-lpthread", "-o", str(binary)]
    subprocess.run(command, check=True)
    return binary


def lines(command):
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    return done.stdout.splitlines()


def native_pass(binary):
    for line in lines([str(binary)]):
        name, value, unit = line.split()
        yield name, float(value), unit


def build_gw(folder):
    binary = folder / "engine.test"
    subprocess.run(["go", "test", "-c", "-o", str(binary), "./engine"], check=True)
    return binary


def gw_pass(binary):
    for line in lines([str(binary), *GO_FLAGS]):
        found = re.match(r"Benchmark(\S+?)-\d+\s+\d+\s+(.*)", line)
        if not found:
            continue
        name = found[1].replace("µ", "u")
        metrics = dict((unit, float(v)) for v, unit in re.findall(r"([\d.e+]+) (\S+)", found[2]))
        own = [u for u in metrics if not u.endswith("/op") and u != "p99-ns"]
        unit = own[0] if own else "ns/op"
        yield name, metrics[unit], unit


def main():
    passes = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    figures, units = {}, {}
    with tempfile.TemporaryDirectory() as folder:
        native, gw = build_native(pathlib.Path(folder)), build_gw(pathlib.Path(folder))
        for _ in range(passes):
            takes = (("csp", native_pass(native)), ("gw", gw_pass(gw)), ("csp", bench_python()))
            for who, found in takes:
                for name, value, unit in found:
                    name = name.replace("realtime/producers=1", "realtime")
                    figures.setdefault(name, {}).setdefault(who, []).append(value)
                    units[name] = unit
    print("| graph | csp : gw | gw | csp | unit |\n| --- | --- | --- | --- | --- |")
    for name, by in figures.items():
        gw, peer = (statistics.median(by[who]) if who in by else None for who in ("gw", "csp"))
        faster = gw and peer and (gw / peer if units[name] == "M/s" else peer / gw)
        ratio = f"{faster:.1f}" if faster else ""
        cells = [f"{v:.3g}" if v and v < 1000 else f"{v:.0f}" if v else "" for v in (gw, peer)]
        print(f"| {name} | {ratio} | {cells[0]} | {cells[1]} | {units[name]} |")


if __name__ == "__main__":
    main()

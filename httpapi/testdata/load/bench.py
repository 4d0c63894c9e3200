"""Measures gw's API beside a bare httprouter and, if this Python has it, csp-gateway: all take turns, medians count (of latencies the lowest).

    python httpapi/testdata/load/bench.py bin/gw bin/load [PART ...]        # from the root of the repository; needs wrk

PART is one of start, last, send, fanout, stalled; none means all of them. Prints tables.
"""

import importlib.util
import json
import os
import pathlib
import re
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).parent
HOST, GW, BARE, PEER = "http://127.0.0.1", 18420, 18421, 18422
PASSES = 5
TICK = os.sysconf("SC_CLK_TCK")


class Server:
    """A process that serves, once path is answered with 200."""

    def __init__(self, name, port, command, path):
        self.name, self.url = name, f"{HOST}:{port}"
        began = time.perf_counter()
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while not self.answers(path):
            if self.process.poll() is not None or time.perf_counter() - began > 60:
                raise SystemExit(f"bench: {name} does not start: {' '.join(map(str, command))}")
            time.sleep(0.002)
        self.started = time.perf_counter() - began

    def answers(self, path):
        try:
            with urllib.request.urlopen(self.url + path, timeout=1) as answer:
                return answer.status == 200 and answer.read() != b"[]"
        except (urllib.error.URLError, OSError):
            return False

    def cpu(self):
        """Seconds of processor time so far."""
        fields = pathlib.Path(f"/proc/{self.process.pid}/stat").read_text().rsplit(") ", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICK

    def resident(self):
        """Megabytes now."""
        text = pathlib.Path(f"/proc/{self.process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+)", text)[1]) / 1024

    def stop(self):
        self.process.terminate()
        self.process.wait()


class Bench:
    def __init__(self, gw, load):
        self.gw_command, self.load = [gw, "run", "--headless", "--port", str(GW)], load
        self.gw = self.start_gw()
        self.bare = self.peer = None

    def start_gw(self):
        return Server("gw", GW, self.gw_command, "/ready")

    def start_peers(self):
        if self.bare:
            return
        while not self.gw.answers("/api/v1/last/example"):
            time.sleep(0.1)
        self.bare = Server("bare httprouter", BARE, [self.load, "bare", self.gw.url, f"127.0.0.1:{BARE}"], "/headers")
        if importlib.util.find_spec("csp_gateway"):
            peer = [sys.executable, HERE.parent / "interop" / "peer.py", str(PEER)]
            self.peer = Server("csp-gateway", PEER, peer, "/api/v1/last/example")

    def stop(self):
        for server in (self.gw, self.bare, self.peer):
            if server:
                server.stop()

    def start(self):
        started = [self.gw.started]
        for _ in range(PASSES):
            self.gw.stop()
            self.gw = self.start_gw()
            started.append(self.gw.started)
        time.sleep(2)
        cpu = self.gw.cpu()
        time.sleep(5)
        print("| omnibus ready after | resident | processor when nobody asks |\n| --- | --- | --- |")
        idle = (self.gw.cpu() - cpu) / 5 * 100
        print(f"| {statistics.median(started) * 1000:.0f} ms | {self.gw.resident():.0f} MB | {idle:.1f} % of a core |\n")

    def last(self):
        self.start_peers()
        path = "/api/v1/last/example"
        asked = [("gw", self.gw, path), ("bare httprouter", self.bare, path), ("the same with gw's headers", self.bare, "/headers")]
        if self.peer:
            asked.append(("csp-gateway", self.peer, path))
        compare("last", asked, [])

    def send(self):
        self.start_peers()
        servers = [s for s in (self.gw, self.peer) if s]
        compare("send", [(s.name, s, "/api/v1/send/example") for s in servers], ["-s", str(HERE / "send.lua")])

    def fanout(self):
        print("| subscribers | ticks a second | frames a second | MB a second | lost | p50 | p99 | max | cores: gw, load |")
        print("| --- " * 9 + "|")
        for n, rate in ((100, 100), (100, 1000), (1000, 100), (1000, 1000)):
            runs = [self.fan("-n", n, "-rate", rate, "-seconds", 3) for _ in range(3)]
            r = min(runs, key=lambda r: r["p99_ms"])  # whatever else runs on the machine only adds to it
            print(
                f"| {n:,} | {rate:,} | {r['frames_a_second']:,} | {r['mb_a_second']} | {r['lost']} | {r['p50_ms']:.2f} ms "
                f"| {r['p99_ms']:.1f} ms | {r['max_ms']:.0f} ms | {r['gw']:.2f}, {r['load']:.2f} |"
            )
        print()

    def stalled(self):
        """Each run has a gateway of its own, so that what one keeps does not count for the next."""
        common = ["-n", 99, "-rate", 1000, "-bytes", 1000, "-seconds", 12]
        runs = {"all read": [], "one more that never reads": []}
        for _ in range(3):
            for name, some in runs.items():
                self.gw.stop()
                self.gw = self.start_gw()
                some.append(self.fan(*common, *([] if name == "all read" else ["-stalled"])))
        print("| 99 subscribers, 1,000 ticks of 1.2 KB a second | p50 | p99 | memory, most | cut off after |\n" + "| --- " * 5 + "|")
        for name, some in runs.items():
            columns = [f"{r['p50_ms']:.2f}" for r in some], [f"{r['p99_ms']:.1f}" for r in some], [f"{r['memory']:.0f}" for r in some]
            p50, p99, memory = map(", ".join, columns)
            cut = ", ".join(f"{r['cut_after_s']:.1f}" for r in some if "cut_after_s" in r)
            print(f"| {name} | {p50} ms | {p99} ms | {memory} MB | {cut and cut + ' s'} |")
        print()

    def fan(self, *flags):
        cpu, own, began, memory = self.gw.cpu(), children(), time.perf_counter(), 0
        load = subprocess.Popen([self.load, "fanout", *map(str, flags), self.gw.url], stdout=subprocess.PIPE, text=True)
        while load.poll() is None:
            memory = max(memory, self.gw.resident())
            time.sleep(0.2)
        if load.returncode:
            raise SystemExit("bench: the load generator has failed")
        result = json.loads(load.stdout.read())
        took = time.perf_counter() - began
        result.update(memory=memory, gw=(self.gw.cpu() - cpu) / took, load=(children() - own) / took)
        return result


def children():
    """Seconds of processor time of the processes that have ended."""
    times = os.times()
    return times.children_user + times.children_system


def compare(title, asked, flags):
    """Lets wrk ask each in turn and prints requests a second, and the processor time of one."""
    rates, costs = {name: [] for name, _, _ in asked}, {name: [] for name, _, _ in asked}
    for _ in range(PASSES):
        for name, server, path in asked:
            before = server.cpu()
            out = subprocess.run(
                ["wrk", "-t1", "-c16", "-d2s", *flags, server.url + path], check=True, capture_output=True, text=True
            ).stdout
            if "Non-2xx" in out:
                raise SystemExit(f"bench: {name} refuses {path}:\n{out}")
            total = int(re.search(r"(\d+) requests in", out)[1])
            rates[name].append(float(re.search(r"Requests/sec:\s+([\d.]+)", out)[1]))
            costs[name].append((server.cpu() - before) / total * 1e6)
    first = statistics.median(rates[asked[0][0]])
    print(f"| {title} | requests a second | gw to it | processor time of one |\n| --- | --- | --- | --- |")
    for name, _, _ in asked:
        rate = statistics.median(rates[name])
        print(f"| {name} | {rate:,.0f} | {first / rate:.2f} | {statistics.median(costs[name]):.1f} us |")
    print()


def main():
    gw, load, *parts = sys.argv[1:]
    bench = Bench(gw, load)
    try:
        for part in parts or ["start", "last", "send", "fanout", "stalled"]:
            getattr(bench, part)()
    finally:
        bench.stop()


main()

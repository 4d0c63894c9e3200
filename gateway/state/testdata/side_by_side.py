"""Compares the keyed state of gw and of csp-gateway over their own API, in one run, taking turns.

usage: side_by_side.py GW_URL CSP_GATEWAY_URL [ROWS]

Both serve their omnibus, gw with --bind 127.0.0.1. Printed are, for each: values a second from the first send of an
array to the moment at which state shows all of them, and the times of a filtered query over ROWS rows (its answer: 100).
"""

import http.client
import json
import statistics
import sys
import time
import urllib.parse


class Server:
    def __init__(self, name, url):
        self.name = name
        self.connection = http.client.HTTPConnection(urllib.parse.urlparse(url).netloc, timeout=300)

    def ask(self, method, path, body=None):
        headers = {"content-type": "application/json"}
        self.connection.request(method, "/api/v1/" + path, body and json.dumps(body), headers)
        answer = self.connection.getresponse()
        text = answer.read()
        if answer.status != 200:
            sys.exit(f"{self.name}: {path}: {answer.status} {text[:300]}")
        return json.loads(text)

    def query(self, *filters):
        q = {"filters": [{"attr": a, "by": {"value": v, "where": w}} for a, w, v in filters]}
        return self.ask("GET", "state/example?query=" + urllib.parse.quote(json.dumps(q)))

    def fill(self, rows, tag):
        """Sends rows and waits until the last is in the state; returns the seconds."""
        values = [
            {"id": f"{tag}{i}", "x": 1_000_000 + i, "y": tag, "z": "z", "data": [i / 7] * 10, "mapping": {"k": i}}
            for i in range(rows)
        ]
        begin = time.perf_counter()
        for at in range(0, rows, 1000):
            self.ask("POST", "send/example", values[at : at + 1000])
        while not self.query(("y", "==", tag), ("x", "==", 1_000_000 + rows - 1)):
            time.sleep(0.002)
        return time.perf_counter() - begin


def main():
    rows = int(sys.argv[3]) if len(sys.argv) > 3 else 10_000
    servers = [Server("gw", sys.argv[1]), Server("csp-gateway", sys.argv[2])]
    for s in servers:
        print(f"{s.name}: {rows / s.fill(rows, 'a'):.0f} values/s from send to state")
    times = {s.name: [] for s in servers}
    for _ in range(20):
        for s in servers:
            begin = time.perf_counter()
            got = s.query(("z", "==", "z"), ("x", ">=", 1_000_000 + rows - 100))
            times[s.name].append(1000 * (time.perf_counter() - begin))
            if len(got) != 100:
                sys.exit(f"{s.name}: got {len(got)} rows, want 100")
    for s in servers:
        t = sorted(times[s.name])
        print(f"{s.name}: filtered query over {rows} rows: median {statistics.median(t):.2f} ms, best {t[0]:.2f}, worst {t[-1]:.2f}")


main()

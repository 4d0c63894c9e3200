"""Plays one set of requests against a server of the csp-gateway API and writes down what came back.

    python interop.py PORT OUT.json COMMAND...

Two kinds of cases: every method of the unmodified Python client (sync, async, stream_csp, every return type), and the
raw requests of the conformance scripts next door. COMMAND starts the server; it is started again when a case has
ended it. Values that differ from run to run (ids, times, ticks) are replaced, so that two servers that behave alike
give the same file.
"""

import json
import os
import sys

import client_cases
import raw_cases
from server import Server


def main():
    port, out = int(sys.argv[1]), sys.argv[2]
    server = Server(sys.argv[3:], port)
    server.start()
    results = {}
    try:
        for name, case in client_cases.cases() + raw_cases.cases():
            results[name] = played(server, case)
    finally:
        server.stop()
    with open(out, "w") as f:
        json.dump(results, f, indent=1)
    print(f"{len(results)} cases against {os.path.basename(sys.argv[3])}", file=sys.stderr)


def played(server, case):
    """The outcome of a case; one that ends the server says so."""
    try:
        result = case(server.port)
    except OSError as e:
        result = {"no answer": type(e).__name__}
    if not server.alive():
        server.start()
        return {"the server ends": True, "answer": result}
    return result


if __name__ == "__main__":
    main()

"""Has schemathesis look for requests that gw answers otherwise than its /openapi.json says.

    python run.py GW GUARDED PORT CASES [GROUP...]

GW is the binary, GUARDED that of guarded.go, CASES how many cases a route gets. The routes are taken in groups, each with a gateway of its own, so
that what one group sends does not pile up in the states that another reads; the last group asks a gateway that wants
keys. All checks of schemathesis run. Two routes are left out: gw/events, whose answer does not end, and
controls/shutdown of a gateway that may be shut down, which would.
"""

import os
import subprocess
import sys
import tempfile
import threading
import time
import urllib.request

HERE = os.path.dirname(os.path.abspath(__file__))
KEY = "a-key-for-schemathesis"
LEFT_OUT = "/gw/events|/controls/shutdown"

# name, routes, flags of gw, whether it is guarded
GROUPS = [
    ("state", ["--include-path-regex", "/(state|query)"], ["modules.example_module.interval=1m"], False),
    ("next", ["--include-path-regex", "/next/"], ["modules.example_module.interval=2ms"], False),
    ("send", ["--include-path-regex", "/(send|stage)"], [], False),
    ("rest", ["--exclude-path-regex", f"/(state|query|next|send|stage)|{LEFT_OUT}"], [], False),
    ("read-only", ["--include-path-regex", "/(shutdown|control|send/example|stage/example)$"], ["--read-only"], False),
    ("keys", ["--exclude-path-regex", f"/next/|{LEFT_OUT}"], [], True),
]


class Gateway:
    """A running gw, with traffic on the channels that do not tick by themselves."""

    def __init__(self, command, port, keys):
        self.base, self.keys = f"http://127.0.0.1:{port}", keys
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(command, cwd=self.folder.name, stderr=subprocess.DEVNULL)
        self.over = threading.Event()
        self.wait()
        self.traffic = threading.Thread(target=self.tick)
        self.traffic.start()

    def ask(self, method, path, body=None):
        headers = {"Content-Type": "application/json"} | ({"token": KEY} if self.keys else {})
        request = urllib.request.Request(self.base + path, body, headers, method=method)
        with urllib.request.urlopen(request, timeout=10) as answer:
            return answer.read()

    def wait(self):
        for _ in range(100):
            try:
                return self.ask("GET", "/ready")
            except OSError:
                time.sleep(0.1)
        raise SystemExit("gw does not start")

    def tick(self):
        """What waits for the next tick of controls or of a staged channel gets one."""
        while not self.over.wait(0.02):
            try:
                self.ask("GET", "/api/v1/controls/heartbeat")
                self.ask("POST", "/api/v1/stage/example_with_stage", b'{"x":1}')
                self.ask("PATCH", "/api/v1/stage/example_with_stage")
            except OSError:
                pass

    def end(self):
        self.over.set()
        self.traffic.join()
        self.process.terminate()
        self.process.wait(30)
        self.folder.cleanup()


def main():
    gw, guarded = (os.path.abspath(path) for path in sys.argv[1:3])
    port, cases, wanted = sys.argv[3], sys.argv[4], sys.argv[5:]
    failed = []
    for name, routes, flags, keys in GROUPS:
        if wanted and name not in wanted:
            continue
        serve = [guarded, port, KEY] if keys else [gw, "run", "omnibus", "--headless", "--no-ui", "--port", port, *flags]
        gateway = Gateway(serve, port, keys)
        schemathesis = os.path.join(os.path.dirname(sys.executable), "schemathesis")
        command = [
            schemathesis, "--config-file", os.path.join(HERE, "schemathesis.toml"), "run", f"{gateway.base}/openapi.json",
            "--checks", "all", "--max-examples", cases, "--phases", "coverage,fuzzing", "--continue-on-failure",
            "--workers", "1", "--warnings", "off", "--no-color", *routes,
        ]
        if keys:
            command += ["--header", f"token:{KEY}"]
        print(f"schemathesis: {name}", flush=True)
        try:
            if subprocess.call(command, cwd=gateway.folder.name) != 0:
                failed.append(name)
        finally:
            gateway.end()
    if failed:
        raise SystemExit("schemathesis found something: " + ", ".join(failed))


main()

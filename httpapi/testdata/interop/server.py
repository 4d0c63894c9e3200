"""A server under test: started, watched, and started again after a request that was its last."""

import subprocess
import tempfile
import time
import urllib.request


class Server:
    def __init__(self, command, port):
        self.command, self.port, self.process = command, port, None

    def start(self):
        self.stop()
        self.folder = tempfile.TemporaryDirectory()
        self.process = subprocess.Popen(self.command, cwd=self.folder.name, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 90
        while not self.alive():
            if time.monotonic() > deadline or self.process.poll() is not None:
                raise SystemExit(f"{self.command[0]}: the server did not start")
            time.sleep(0.2)
        time.sleep(2.5)  # until something has ticked

    def alive(self):
        try:
            url = f"http://127.0.0.1:{self.port}/api/v1/controls/heartbeat"
            with urllib.request.urlopen(url, timeout=5) as res:
                return res.status == 200
        except OSError:
            return False

    def stop(self):
        if self.process is None:
            return
        self.process.terminate()
        try:
            self.process.wait(10)
        except subprocess.TimeoutExpired:
            self.process.kill()
            self.process.wait()
        self.process = None
        self.folder.cleanup()

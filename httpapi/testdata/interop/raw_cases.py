"""The requests of testdata/conformance, as far as they need no test feed, over plain HTTP."""

import json
import pathlib
import re
import urllib.error
import urllib.parse
import urllib.request

from plain import plain, problems, shape

PREFIX = "/api/v1/"
SCRIPTS = pathlib.Path(__file__).parent.parent / "conformance"


def cases():
    found = []
    for script in sorted(SCRIPTS.glob("*.txt")):
        for line in script.read_text().splitlines():
            line = line.strip()
            if not line or line.startswith(("#", "tick ")):
                continue
            request = re.split(r"  +\d\d\d(?: |$)", line)[0].strip()
            if "{1}" in request or "next/" in request and request != "GET next/":
                continue  # would wait, or is about an area of another run
            if request not in dict(found):
                found.append((request, lambda port, r=request: play(port, r)))
    return found


def play(port, request):
    verb, _, rest = request.partition(" ")
    path, _, body = rest.partition(" ")
    method, kind, data = verb, None, None
    if verb == "QUERY":
        method, path = "GET", path + "?query=" + urllib.parse.quote(body.strip())
    elif verb in ("POST", "TEXT", "PATCH", "DELETE", "PUT"):
        method = "POST" if verb == "TEXT" else verb
        kind = "text/plain" if verb == "TEXT" else "application/json"
        data = body.strip().encode() or None
    if not path.startswith("/"):
        path = PREFIX + path
    return ask(port, method, path, kind, data)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


def ask(port, method, path, kind=None, data=None):
    req = urllib.request.Request(f"http://127.0.0.1:{port}{path}", data=data, method=method)
    if kind:
        req.add_header("Content-Type", kind)
    try:
        with urllib.request.build_opener(NoRedirect).open(req, timeout=10) as res:
            return answer(method, path, res.status, res.headers, res.read(), port)
    except urllib.error.HTTPError as e:
        return answer(method, path, e.code, e.headers, e.read(), port)


def answer(method, path, status, headers, body, port):
    out = {"status": status}
    if status in (303, 307):
        out["location"] = headers["Location"].replace(f"127.0.0.1:{port}", "host")
        return out
    if status == 405:
        out["allow"] = headers["Allow"]
    try:
        value = json.loads(body)
    except ValueError:
        out["not json"] = headers["Content-Type"]
        return out
    if isinstance(value, dict) and "detail" in value:
        out["detail"] = problems(value["detail"])
    elif method == "GET" and status == 200 and re.search(r"/(last|state|lookup)/.", path):
        out["shape"] = shape(value)
    else:
        out["body"] = plain(value)
    return out

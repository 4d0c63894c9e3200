"""Compares two runs of interop.py and writes docs/compatibility.md.

    python compare.py GW.json PEER.json PAGE.md

Every difference must be one of differences.txt: a pattern of cases, a blank, "|", and why gw does it differently. A
difference without a reason fails, and so does a reason without a difference.
"""

import json
import pathlib
import re
import sys
from importlib.metadata import version

REASONS = pathlib.Path(__file__).parent / "differences.txt"

HEAD = """# What differs from csp-gateway

csp-gateway's own Python client works against gw unchanged. `make interop` starts gw's omnibus and csp-gateway's
({version}) and plays {cases} cases against both: every method of `GatewayClient` and `AsyncGatewayClient` in every return
type, `stream`, `publish` and `stream_csp`, and the requests of `httpapi/testdata/conformance` over plain HTTP. {same} of
them give the same outcome. The others differ on purpose. This page is made by that run (`make interop WRITE=1`);
a difference that is not explained here fails it.

What is compared: statuses, members and their order of magnitude in the body, types and places of validation
problems. What is not: minted ids, times, the wording of validation problems.
"""

TAIL = """
## What is mended in the description

`/openapi.json` is compared by what the client makes of it, not word for word. What is read has schemas of its own
(`NAMEInput`), which tell the forms that are coerced; csp-gateway's tell one form and read more. A timestamp is no
`date-time`, since it has no offset on the wire. Keys of baskets, the query of a state, statuses, headers and content types
are described; `GET gw/watch` and what else is gw's own is there, too.

## What is mended beyond the cases

`next` of one key of a basket waits for that key, and any number of callers may wait. Looking up has a bound and forgets the
oldest. A heartbeat that the engine does not answer is 503 after five seconds. `/outputs` stays in its folder. The stream
keeps a connection whose client says something that makes no sense, and cuts off one that does not read, with 1013. Ids
go on over days and restarts. A float compares as a float in a query, times in UTC. Staging names all unknown areas before it
changes any; without ids `PATCH` releases all.

## What is mended in logging in

Not played by the run, since the demo has no login. Pages without credentials are 307 to `/login` or 403, not the login form
with status 200. Cookies have whole seconds, no Domain, and hold a session's id instead of the key. Sessions of the
external validator are good, expire, and are made by logins only. WebSockets take every kind of credentials. OpenID Connect
checks state and nonce and uses PKCE; its callback is public. Keys are compared in constant time. `/openapi.json`, `/docs`
and `/redoc` are protected. The identity filter is enforced where values leave and enter a channel, so aliases, keys of
baskets, staging and the stream decide alike, and it fails closed. [auth.md](auth.md) tells how it works now.

## What 3.0 has that 2.9 had not

gw follows 2.9 where the two differ. `GET /api` (the list of API versions) is 3.0's and is not served; `/outputs/_tree` and
`/outputs/_chunk` (the log viewer of the new page) are. Query parameters, routes, frames and the client's methods are the
same in both.
"""


def reasons():
    found = []
    for line in REASONS.read_text().splitlines():
        if line and not line.startswith("#"):
            pattern, why = line.split(" | ", 1)
            found.append((pattern, re.compile(pattern), why))
    return found


def main():
    gw, peer = (json.load(open(f)) for f in sys.argv[1:3])
    different = [name for name in gw if gw[name] != peer.get(name)]
    rows, used, unexplained = {}, set(), []
    for name in different:
        if isinstance(peer.get(name), dict) and peer[name].get("the server ends"):
            rows.setdefault("Nothing that a client sends ends the server", []).append(name)
            continue
        for pattern, matches, why in reasons():
            if matches.search(name):
                rows.setdefault(why, []).append(name)
                used.add(pattern)
                break
        else:
            unexplained.append(name)
    for name in unexplained:
        print(f"{name}\n  peer {json.dumps(peer.get(name))}\n  gw   {json.dumps(gw[name])}", file=sys.stderr)
    idle = [p for p, _, _ in reasons() if p not in used]
    for pattern in idle:
        print(f"differences.txt: {pattern}: nothing differs any more", file=sys.stderr)
    page = HEAD.format(version=version("csp-gateway"), cases=len(gw), same=len(gw) - len(different))
    for why, names in rows.items():
        page += f"\n## {why}\n\n| case | csp-gateway | gw |\n| --- | --- | --- |\n"
        page += "".join(f"| {cell(n)} | {brief(peer.get(n))} | {brief(gw[n])} |\n" for n in names)
    pathlib.Path(sys.argv[3]).write_text(page + TAIL)
    print(f"{len(gw)} cases, {len(gw) - len(different)} the same, {len(unexplained)} not explained", file=sys.stderr)
    sys.exit(1 if unexplained or idle else 0)


def brief(outcome):
    """An outcome as a cell: the status and what is told of the body."""
    if isinstance(outcome, dict) and "status" in outcome:
        rest = {k: v for k, v in outcome.items() if k != "status"}
        return f"{outcome['status']} {cell(json.dumps(rest))}" if rest else str(outcome["status"])
    return cell(json.dumps(outcome))


def cell(text):
    text = text if len(text) <= 160 else text[:157] + "..."
    return "`" + text.replace("|", "\\|").replace("`", "'") + "`"


if __name__ == "__main__":
    main()

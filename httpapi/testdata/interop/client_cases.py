"""Every method of csp-gateway's own client, unchanged, in every return type."""

import asyncio
import datetime
import threading
import typing

import csp
from csp_gateway import AsyncGatewayClient, Filter, FilterCondition, GatewayClient, Query

from plain import plain, problems, shape

CHANNEL, STAGED = "example", "example_with_stage"
X1 = Query(filters=[Filter(attr="x", by=FilterCondition(value=1, where="=="))])


def outcome(call):
    """What a call returns, or the exception that the client makes of the answer."""
    try:
        return described(call())
    except Exception as e:  # the kind of exception is the result
        if type(e).__module__.split(".")[0] == "polars":
            return {type(e).__name__: "of one column or another"}
        detail = e.args[0] if e.args else ""
        return {type(e).__name__: problems(detail)}


def described(value):
    kind = type(value).__module__.split(".")[0]
    if kind in ("pandas", "polars"):
        kinds = {str(c): str(t) for c, t in zip(value.columns, value.dtypes) if not str(c).startswith("mapping.")}
        return {"columns": kinds, "rows": min(len(value), 1)}
    if type(value).__name__ == "ResponseWrapper":
        return {"wrapper of": value.type_name, "json": shape(value.json_data)}
    if isinstance(value, list) and value and hasattr(type(value[0]), "to_json"):
        return {"structs": type(value[0]).__name__}
    return value


def reads():
    """The reading methods; what ticks is described by its shape."""
    found = []
    calls = {
        "last()": lambda c, _: c.last(),
        "last(example)": lambda c, _: c.last("example"),
        "last(example_list)": lambda c, _: c.last("example_list"),
        "last(basket)": lambda c, _: c.last("basket"),
        "last(basket/A)": lambda c, _: c.last("basket/A"),
        "last(str_basket/b)": lambda c, _: c.last("str_basket/b"),
        "last(never_ticks)": lambda c, _: c.last("never_ticks"),
        "last(nope)": lambda c, _: c.last("nope"),
        "last(str_basket/zzz)": lambda c, _: c.last("str_basket/zzz"),
        "next()": lambda c, _: c.next(),
        "next(example)": lambda c, _: c.next("example"),
        "next(basket/B)": lambda c, _: c.next("basket/B"),
        "state()": lambda c, _: c.state(),
        "state(example_with_state)": lambda c, _: c.state("example_with_state"),
        "state(example_with_state, x == 1)": lambda c, _: c.state("example_with_state", query=X1),
        "controls()": lambda c, _: c.controls(),
        "controls(heartbeat)": lambda c, _: c.controls("heartbeat"),
        "controls(stats)": lambda c, _: c.controls("stats"),
        "lookup(example, id)": lambda c, port: c.lookup("example", newest(port)),
        "lookup(id, id)": lambda c, port: c.lookup("id", newest(port)),
        "lookup(example, nope)": lambda c, _: c.lookup("example", "nope"),
        "lookup(id, nope)": lambda c, _: c.lookup("id", "nope"),
    }
    for kind in ("raw", "pandas", "polars", "struct", "wrapper"):
        for name, call in calls.items():
            found.append((f"{kind}: {name}", read_case(kind, call)))
    return found


def newest(port):
    return GatewayClient(port=port).last("example")[0]["id"]


def read_case(kind, call):
    def run(port):
        def ask():
            value = call(GatewayClient(port=port, return_type=kind), port)
            return shape(value) if kind == "raw" and value and isinstance(value[0], dict) else value
        return outcome(ask)
    return run


def sync_sends(port):
    c = GatewayClient(port=port)
    return [outcome(lambda: plain(call())) for call in (
        lambda: c.send("example", {"x": 1, "y": "one", "id": "mine"}),
        lambda: c.send("example", [{"x": 1}, {"x": 2}]),
        lambda: c.send("basket/A", {"x": 3}),
        lambda: c.send("basket", {"A": {"x": 4}, "C": {"x": 5}}),
        lambda: c.send("example", {"x": -1}),
        lambda: c.send("example", {"x": 1, "nope": 2}),
        lambda: c.send("example_list", {"x": 1}),
        lambda: c.send("controls", {"name": "none"}),
        lambda: c.send(),
    )]


def sync_stage(port):
    c, names, log = GatewayClient(port=port), {}, []

    def step(call):
        log.append(plain(outcome(call), names))

    def area(n):
        return c.stage(STAGED, "list")[n]

    step(lambda: c.stage_clear(STAGED, []) and None)
    step(lambda: c.stage_new(STAGED))
    step(lambda: c.stage_add(STAGED, {"x": 1, "id": "r1"}))
    step(lambda: c.stage_new(STAGED))
    step(lambda: c.stage_add(STAGED, {"x": 2, "id": "r2"}, []))
    step(lambda: c.stage_add(STAGED, {"x": 3, "id": "r3"}, [area(0)]))
    step(lambda: c.stage_add(STAGED, {"x": -3}))
    step(lambda: c.stage_add(STAGED, {"x": 4}, ["nope"]))
    step(lambda: c.stage_list(STAGED))
    step(lambda: c.stage_lookup(STAGED, area(1)))
    step(lambda: c.stage_lookup(STAGED, "nope"))
    step(lambda: c.stage(STAGED, "list"))
    step(lambda: c.stage_remove(STAGED, {"id": "r2"}))
    step(lambda: c.stage_remove(STAGED, {"id": "r3"}, []))
    step(lambda: c.stage_clear(STAGED, [area(1)]))
    step(lambda: c.stage_release(STAGED, [area(0)]))
    step(lambda: c.stage_release(STAGED))
    step(lambda: c.stage_list(STAGED))
    step(lambda: c.stage_clear(STAGED))
    return log


def frames(port, ask, want, timeout=10):
    """Streams with the async client until want frames came; ask tells the client what to do first."""
    async def run():
        c, got = AsyncGatewayClient(port=port), []
        await ask(c)
        stream = c.stream(timeout=timeout)
        async for frame in stream:
            got.append(frame)
            if len(got) == want:
                break
        await stream.aclose()
        return [{k: (shape(v) if isinstance(v, list) else v) for k, v in f.items()} for f in got]
    return outcome(lambda: asyncio.run(run()))


def async_stream(port):
    async def ask(c):
        await c.subscribe("example_with_state")
        await c.subscribe("heartbeat")
        await c.unsubscribe("heartbeat")
    return frames(port, ask, 2)


def async_stream_key(port):
    async def ask(c):
        await c.subscribe("str_basket", "b")
    return frames(port, ask, 2)


def async_heartbeat(port):
    async def ask(c):
        await c.subscribe("heartbeat")
    return frames(port, ask, 2)


def async_publish(port):
    async def ask(c):
        await c.subscribe("controls")
        await c.publish("example", {"x": -1})
        await c.publish("basket", {"x": 1}, key="A")
        await c.publish("controls", {"name": "heartbeat"})
    return frames(port, ask, 1)


def async_calls(port):
    async def run():
        c = AsyncGatewayClient(port=port)
        log = [await c.last(), shape(await c.last("example")), await c.controls(), shape(await c.controls("heartbeat"))]
        log.append(shape(await c.next("example")))
        log.append(plain(await c.send("example", {"x": 1, "id": "mine"})))
        log.append(shape(await c.state("example_with_state", query=X1)))
        log.append(shape(await c.lookup("example", (await c.last("example"))[0]["id"])))
        return log
    return outcome(lambda: asyncio.run(run()))


def async_stage(port):
    async def run():
        c, names = AsyncGatewayClient(port=port), {}
        await c.stage_clear(STAGED, [])
        log = [await c.stage_new(STAGED), await c.stage_add(STAGED, {"x": 1, "id": "r1"}), await c.stage_list(STAGED)]
        log += [await c.stage_lookup(STAGED), await c.stage_remove(STAGED, {"id": "r1"}), await c.stage_release(STAGED)]
        log.append(await c.stage_clear(STAGED))
        return [plain(step, names) for step in log]
    return outcome(lambda: asyncio.run(run()))


def sync_stream(port):
    got = []

    def run():
        c = GatewayClient(port=port)

        def heard(frame):
            got.append(sorted(frame))
            if len(got) == 2:
                raise StopAsyncIteration
        asyncio.set_event_loop(asyncio.new_event_loop())
        c.stream(["example", ("basket", "A")], heard, timeout=10)

    t = threading.Thread(target=run, daemon=True)
    t.start()
    t.join(15)
    return got[:2] and [sorted(set(sum(got, [])) - {"key"})]


# csp has no such operator: the ticks of a dynamic basket as one dict a cycle.
@csp.node
def collected(x: {csp.ts["K"]: csp.ts["V"]}) -> csp.ts[dict]:
    if csp.ticked(x):
        return dict(x.tickeditems())


def over_csp(port):
    @csp.graph
    def g():
        c = GatewayClient(port=port)
        at = datetime.timedelta
        subscribe = csp.curve(str, [(at(0), "example_with_state"), (at(0), "controls")])
        unsubscribe = csp.curve(str, [(at(seconds=3), "controls")])
        data = csp.curve(typing.Dict[str, typing.Any], [(at(seconds=1), {"controls": {"name": "heartbeat"}})])
        csp.add_graph_output("basket", collected(c.stream_csp(subscribe, unsubscribe, data, connection_timeout=5)))

    out = csp.run(g, starttime=datetime.datetime.utcnow(), endtime=datetime.timedelta(seconds=4), realtime=True)
    seen = {}
    for _, ticks in out["basket"]:
        for channel, value in ticks.items():
            seen[channel] = shape(value)
    return seen


def cases():
    found = [("openapi_spec", lambda port: outcome(lambda: sorted(GatewayClient(port=port).openapi_spec)))]
    found += reads()
    found += [
        ("send", sync_sends), ("stage", sync_stage), ("async: calls", async_calls), ("async: stage", async_stage),
        ("async: stream", async_stream), ("async: stream of a key", async_stream_key),
        ("async: heartbeat", async_heartbeat), ("async: publish", async_publish), ("stream", sync_stream),
        ("stream_csp", lambda port: outcome(lambda: over_csp(port))),
    ]
    return found


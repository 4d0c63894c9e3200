import { describe, expect, it } from "vitest";
import type { Channel } from "./api";
import { matching } from "./components/ChannelList";
import { ratesOf } from "./connection";
import { clock, lag, progress, rate } from "./format";
import { defaultLimit, parseRoute, routeHash } from "./route";

const channel = (name: string, ticks = 0): Channel => ({
  name, kind: "struct", keys: null, type: "Trade", fields: [], send: false, state: [], provided: true, ticks, time: null,
});

describe("links", () => {
  it.each([
    ["", { channel: null, by: [], limit: defaultLimit }],
    ["#/channel/trades", { channel: "trades", by: [], limit: defaultLimit }],
    ["#/channel/a%2Fb%3F?by=id,x&rows=1000", { channel: "a/b?", by: ["id", "x"], limit: 1_000 }],
    ["#/channel/100%?rows=-5", { channel: "100%", by: [], limit: defaultLimit }],
    ["#/channel/x?rows=99999999", { channel: "x", by: [], limit: 100_000 }],
  ])("%s", (hash, want) => {
    expect(parseRoute(hash)).toEqual(want);
  });

  it("say what the page shows, and nothing that goes without saying", () => {
    expect(routeHash("a/b?", { by: [], limit: defaultLimit })).toBe("#/channel/a%2Fb%3F");
    const choice = { by: ["id", "x"], limit: 1_000 };
    expect(parseRoute(routeHash("a b", choice))).toEqual({ channel: "a b", ...choice });
  });
});

describe("rates", () => {
  it("count ticks a second between two looks, from 0 after a restart", () => {
    const before = [channel("a", 10), channel("b", 500)];
    const now = [channel("a", 30), channel("b", 4), channel("new", 9)];
    expect([...ratesOf(before, now, 2_000)]).toEqual([["a", 10], ["b", 2]]);
    expect(ratesOf(null, now, 2_000).size).toBe(0);
  });

  it.each([[0, "0"], [0.25, "0.3"], [9.96, "10.0"], [41.4, "41"], [12_345.6, "12,346"]])("%d reads %s", (n, want) => {
    expect(rate(n)).toBe(want);
  });
});

describe("times", () => {
  it("read in UTC with milliseconds", () => {
    expect(clock("2026-01-02T09:30:01.123456789Z")).toBe("2026-01-02 09:30:01.123");
    expect(clock("2026-01-02T09:30:01Z")).toBe("2026-01-02 09:30:01.000");
    expect(clock(null)).toBe("–");
  });

  it("say how far a replay is", () => {
    expect(progress("2026-01-01T00:00:00Z", "2026-01-01T00:15:00Z", "2026-01-01T01:00:00Z")).toBe(0.25);
    expect(progress("2026-01-01T00:00:00Z", "2026-01-01T09:00:00Z", "2026-01-01T01:00:00Z")).toBe(1);
    expect(progress("2026-01-01T00:00:00Z", null, "2026-01-01T01:00:00Z")).toBe(0);
    expect(progress("2026-01-01T00:00:00Z", null, null)).toBeNull();
  });

  it("tell a lag in a unit that fits", () => {
    expect([lag(12.4), lag(1_240)]).toEqual(["12 ms", "1.2 s"]);
  });
});

describe("search", () => {
  it("finds channels by every word, in name, type or kind", () => {
    const all = [channel("trades"), channel("quotes")];
    expect(matching(all, " TRADE str").map((c) => c.name)).toEqual(["trades", "quotes"]);
    expect(matching(all, "quo").map((c) => c.name)).toEqual(["quotes"]);
    expect(matching(all, "").length).toBe(2);
    expect(matching(all, "nothing")).toEqual([]);
  });
});

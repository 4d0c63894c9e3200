import type { Client } from "@perspective-dev/client";
import { describe, expect, it } from "vitest";
import type { Channel, Frame, Tick } from "./api";
import type { Batch } from "./columns";
import { type Choice, Feed } from "./feed";

/** As much of a Perspective table as a feed uses, with rows that can be looked at. */
class FakeTable {
  rows: Record<string, unknown>[] = [];
  constructor(
    readonly schema: Record<string, string>,
    readonly options: { name: string; index?: string; limit?: number },
  ) {}
  async update(batch: Batch): Promise<void> {
    const length = Object.values(batch)[0]?.length ?? 0;
    for (let i = 0; i < length; i++) {
      const row = Object.fromEntries(Object.entries(batch).map(([name, cells]) => [name, cells[i]]));
      const index = this.options.index;
      this.rows = index ? [...this.rows.filter((r) => r[index] !== row[index]), row] : [...this.rows, row];
    }
    this.rows = this.rows.slice(-(this.options.limit ?? Infinity));
  }
  size = async () => this.rows.length;
  clear = async () => void (this.rows = []);
  remove = async (keys: string[]) => void (this.rows = this.rows.filter((r) => !keys.includes(r[this.options.index!] as string)));
  delete = async () => undefined;
  view = async () => ({
    to_columns: async () => Object.fromEntries(Object.keys(this.rows[0] ?? {}).map((name) => [name, this.rows.map((r) => r[name])])),
    delete: async () => undefined,
  });
}

const channel: Channel = {
  name: "trades", kind: "struct", keys: null, type: "Trade", fields: [{ name: "x", type: "integer" }], send: false, state: [], provided: true, ticks: 0, time: null,
};

async function feedOf(choice: Choice) {
  const tables: FakeTable[] = [];
  const client = {
    table: async (schema: Record<string, string>, options: FakeTable["options"]) => {
      tables.push(new FakeTable(schema, options));
      return tables.at(-1);
    },
  };
  const moved: string[] = [];
  const feed = new Feed(client as unknown as Client, "t1", channel, choice, async (f) => void moved.push(f.tableName));
  await feed.open();
  const xs = () => tables.at(-1)!.rows.map((r) => r.x);
  return { feed, tables, moved, xs };
}

let seq = 0;
function frame(ns: number[], more: Partial<Frame> & { start?: string; x?: (n: number) => number } = {}): Frame {
  const { start = "2026-01-01T00:00:00Z", x = (n) => n, ...rest } = more;
  const ticks: Tick[] = ns.map((n) => ({ channel: "trades", key: "", time: "2026-01-01T00:00:00Z", cycle: n, n, data: [{ x: x(n) }] }));
  const status = { name: "gw", mode: "realtime" as const, state: "running" as const, time: null, cycle: Math.max(0, ...ns), speed: 1, start, end: null };
  return { watch: "w1", seq: ++seq, status, dropped: 0, conflated: 0, ticks, ...rest };
}

describe("a feed", () => {
  it("adds rows and sums what the gateway says it left out", async () => {
    const { feed, xs } = await feedOf({ limit: 10, by: [] });
    await feed.apply(frame([1, 2], { snapshot: true }));
    await feed.apply(frame([5], { dropped: 2 }));
    await feed.apply(frame([7], { dropped: 1, conflated: 4 }));
    expect(xs()).toEqual([1, 2, 5, 7]);
    expect(feed.counts).toMatchObject({ rows: 4, ticks: 4, dropped: 3, conflated: 4 });
  });

  it("passes over what a snapshot after a lost link repeats, even if it comes in parts", async () => {
    const { feed, xs } = await feedOf({ limit: 10, by: [] });
    await feed.apply(frame([1, 2, 3], { snapshot: true }));
    const again = frame([1, 2], { snapshot: true });
    again.status.cycle = 5;
    await feed.apply(again);
    await feed.apply(frame([3, 4, 5]));
    expect(xs()).toEqual([1, 2, 3, 4, 5]);
  });

  it("begins anew with a gateway that did", async () => {
    const { feed, xs } = await feedOf({ limit: 10, by: [] });
    await feed.apply(frame([1, 2, 3], { snapshot: true }));
    await feed.apply(frame([1, 2], { snapshot: true }));
    expect(xs(), "the cycle went back").toEqual([1, 2]);
    await feed.apply(frame([8, 9], { snapshot: true, start: "2026-01-02T00:00:00Z" }));
    expect(xs(), "another start").toEqual([8, 9]);
  });

  it("moves to a wider table with what it has", async () => {
    const { feed, tables, moved, xs } = await feedOf({ limit: 10, by: [] });
    await feed.apply(frame([1], { snapshot: true }));
    await feed.apply(frame([2], { x: () => 2 ** 40 }));
    expect(tables.map((t) => t.schema.x)).toEqual(["integer", "float"]);
    expect(moved).toEqual(["t1.1"]);
    expect(xs()).toEqual([1, 2 ** 40]);
    expect(feed.types.get("x")).toEqual({ type: "float", whole: true });
  });

  it("keeps the latest row by a field, and of those the ones that changed last", async () => {
    const { feed, xs } = await feedOf({ limit: 10, by: ["x"] });
    const ns = Array.from({ length: 11 }, (_, i) => i + 1);
    await feed.apply(frame(ns, { snapshot: true }));
    await feed.apply(frame([12], { x: () => 1 }));
    expect(xs(), "11 values are within a tenth of the limit").toHaveLength(11);
    await feed.apply(frame([13], { x: () => 13 }));
    expect(xs()).toEqual([4, 5, 6, 7, 8, 9, 10, 11, 1, 13]);
  });

  it("takes nothing more once it is closed", async () => {
    const { feed, xs } = await feedOf({ limit: 10, by: [] });
    await feed.close();
    await feed.apply(frame([1], { snapshot: true }));
    expect(xs()).toEqual([]);
  });
});

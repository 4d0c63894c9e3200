import { describe, expect, it } from "vitest";
import type { Channel, Tick } from "./api";
import { batchOf, cell, columnsOf, indexOf, keyColumn, milliseconds, rowsOf, schemaOf, widen } from "./columns";

const channel: Channel = {
  name: "basket",
  kind: "basket",
  keys: ["A"],
  type: "T",
  fields: [
    { name: "id", type: "string" },
    { name: "x", type: "integer" },
    { name: "inner.z", type: "integer" },
    { name: "data", type: "list" },
    { name: "took", type: "duration" },
  ],
  send: false,
  state: [],
  provided: true,
  ticks: 0,
  time: null,
};

const tick = (data: Tick["data"], n = 1): Tick => ({ channel: "basket", key: "A", time: "2026-01-02T00:00:00.000000001Z", cycle: 9, n, data });

describe("columns", () => {
  it("follow the channel's fields, and add what the page needs", () => {
    expect(schemaOf(columnsOf(channel), keyColumn(channel))).toEqual({
      key: "string",
      id: "string",
      x: "integer",
      "inner.z": "integer",
      data: "string",
      took: "float",
      "gw.time": "datetime",
      "gw.cycle": "float",
      "gw.row": "float",
      "gw.index": "string",
    });
  });

  it("leave the name key to a field that has it", () => {
    expect(keyColumn({ ...channel, fields: [{ name: "key", type: "string" }] })).toBe("basket-key");
    expect(keyColumn({ ...channel, kind: "struct" })).toBeNull();
  });

  it("show a type that this page does not know as text", () => {
    expect(columnsOf({ ...channel, fields: [{ name: "m", type: "matrix" as "any" }] })[0]?.type).toBe("string");
  });

  it("grow wider for integers that Perspective cannot hold, and only then", () => {
    const columns = columnsOf(channel);
    const fits = rowsOf([tick([{ x: 2 ** 31 - 1, inner: { z: -5 } }])]);
    expect(widen(columns, fits)).toBe(columns);
    for (const x of [2 ** 31, -(2 ** 31), 0.5]) {
      expect(widen(columns, rowsOf([tick([{ x }])])).map((c) => c.type)).toEqual(["string", "float", "integer", "string", "float"]);
    }
  });
});

describe("cells", () => {
  it.each([
    [null, "integer", null],
    [undefined, "string", null],
    [1.5, "float", 1.5],
    ["12", "integer", null],
    [true, "boolean", true],
    ["2026-01-02", "date", "2026-01-02"],
    ["2026-01-02T03:04:05.678901", "datetime", Date.UTC(2026, 0, 2, 3, 4, 5, 678)],
    ["soon", "datetime", null],
    [[1, 2], "string", "[1,2]"],
    [{ a: "ü" }, "string", '{"a":"ü"}'],
    [7, "string", "7"],
  ] as const)("%j in a %s column is %j", (value, type, want) => {
    expect(cell(value, type)).toBe(want);
  });

  it("read times without an offset as UTC, others as they say", () => {
    expect(milliseconds("2020-01-01T00:00:00")).toBe(Date.UTC(2020, 0, 1));
    expect(milliseconds("2020-01-01T05:30:00+05:30")).toBe(Date.UTC(2020, 0, 1));
    expect(milliseconds("2020-01-01T00:00:00.123456789Z")).toBe(Date.UTC(2020, 0, 1, 0, 0, 0, 123));
  });
});

describe("batches", () => {
  it("have a row a value, numbered on, with the tick's key, time and cycle", () => {
    const rows = rowsOf([tick([]), tick([{ id: "1", x: 1, inner: { z: 2 }, data: [] }, { id: "2", "inner.z": 3 }])]);
    expect(batchOf(rows, columnsOf(channel), "key", ["key", "id"], 5)).toEqual({
      key: ["A", "A"],
      id: ["1", "2"],
      x: [1, null],
      "inner.z": [2, 3],
      data: ["[]", null],
      took: [null, null],
      "gw.time": [Date.UTC(2026, 0, 2), Date.UTC(2026, 0, 2)],
      "gw.cycle": [9, 9],
      "gw.row": [5, 6],
      "gw.index": ["A-1", "A-2"],
    });
  });

  it("tell rows apart by nested and missing fields too", () => {
    const [row] = rowsOf([tick([{ inner: { z: 4 } }])]);
    expect(indexOf(row!, ["inner.z", "id"], null)).toBe("4-null");
  });
});

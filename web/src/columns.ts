import type { Channel, Field, Row, Tick } from "./api";

// From a channel's fields to Perspective's columns, and from ticks to batches of them.

export type ColumnType = "string" | "integer" | "float" | "boolean" | "datetime" | "date";
export type Cell = string | number | boolean | null;
export type Batch = Record<string, Cell[]>;

export interface Column {
  name: string;
  type: ColumnType;
  /** The way to the value inside a row. */
  path: readonly string[];
}

/** Columns that the page adds: hidden in the grid until chosen, except the basket's key. */
export const added = { row: "gw.row", time: "gw.time", cycle: "gw.cycle", index: "gw.index" } as const;

const integerMost = 2 ** 31 - 1; // Perspective's integer has 32 bits

const typeOf: Record<Field["type"], ColumnType> = {
  integer: "integer", // until a value needs more bits: see widen
  float: "float",
  duration: "float",
  boolean: "boolean",
  datetime: "datetime",
  date: "date",
  string: "string",
  enum: "string",
  struct: "string",
  list: "string",
  map: "string",
  any: "string",
};

/** Whether a field's values are shown as JSON text, of any length. */
export function isLong({ type }: Field): boolean {
  return type === "list" || type === "map" || type === "struct" || type === "any";
}

/** The columns of a channel's own fields, in their order. */
export function columnsOf(channel: Channel): Column[] {
  return channel.fields.map(({ name, type }) => ({ name, type: typeOf[type] ?? "string", path: name.split(".") }));
}

/** The name of the column that holds a basket's key, null for other channels. */
export function keyColumn(channel: Channel): string | null {
  if (channel.kind !== "basket") {
    return null;
  }
  return channel.fields.some((f) => f.name === "key") ? "basket-key" : "key";
}

/** One row of a batch before it is spread over columns. */
export interface FlatRow {
  tick: Tick;
  row: Row;
}

/** The rows of ticks, in order: a struct has one a tick, a list as many as it is long. */
export function rowsOf(ticks: readonly Tick[]): FlatRow[] {
  return ticks.flatMap((tick) => tick.data.map((row) => ({ tick, row })));
}

export function valueAt(row: Row, column: Column): unknown {
  const flat = row[column.name];
  if (flat !== undefined || column.path.length === 1) {
    return flat;
  }
  let value: unknown = row;
  for (const step of column.path) {
    if (typeof value !== "object" || value === null) {
      return undefined;
    }
    value = (value as Row)[step];
  }
  return value;
}

/** One value as Perspective takes it for a column of that type; what does not fit is empty. */
export function cell(value: unknown, type: ColumnType): Cell {
  if (value === null || value === undefined) {
    return null;
  }
  switch (type) {
    case "integer":
    case "float":
      return typeof value === "number" ? value : null;
    case "boolean":
      return typeof value === "boolean" ? value : null;
    case "datetime":
      return typeof value === "string" ? milliseconds(value) : null;
    case "date":
      return typeof value === "string" ? value : null;
    case "string":
      return typeof value === "string" ? value : JSON.stringify(value);
  }
}

/** Epoch milliseconds of an ISO time; without an offset it is in UTC, as the API writes it. */
export function milliseconds(text: string): number | null {
  const ms = Date.parse(/(?:Z|[+-]\d\d:?\d\d)$/i.test(text) ? text : `${text}Z`);
  return Number.isNaN(ms) ? null : ms;
}

/**
 * The columns with those integers made floats that hold a value outside 32 bits or with a fraction;
 * the same array when all fit.
 */
export function widen(columns: Column[], rows: readonly FlatRow[]): Column[] {
  let wider = columns;
  columns.forEach((column, i) => {
    if (column.type === "integer" && rows.some(({ row }) => tooWide(valueAt(row, column)))) {
      wider = wider === columns ? [...columns] : wider;
      wider[i] = { ...column, type: "float" };
    }
  });
  return wider;
}

function tooWide(value: unknown): boolean {
  return typeof value === "number" && (Math.abs(value) > integerMost || !Number.isInteger(value));
}

/** The schema of a channel's table: its own columns and the page's. */
export function schemaOf(columns: readonly Column[], key: string | null): Record<string, ColumnType> {
  const schema: Record<string, ColumnType> = key ? { [key]: "string" } : {};
  for (const { name, type } of columns) {
    schema[name] = type;
  }
  schema[added.time] = "datetime";
  schema[added.cycle] = "float"; // cycles of a long run outgrow 32 bits
  schema[added.row] = "float";
  schema[added.index] = "string";
  return schema;
}

/** What the rows are told apart by in a table of the latest row per value: those fields, joined. */
export function indexOf({ tick, row }: FlatRow, by: readonly string[], key: string | null): string {
  return by.map((name) => (name === key ? tick.key : text(valueAt(row, { name, type: "string", path: name.split(".") })))).join("-");
}

function text(value: unknown): string {
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "null");
}

/** A batch for Perspective, by columns; rows are numbered from first on. */
export function batchOf(rows: readonly FlatRow[], columns: readonly Column[], key: string | null, by: readonly string[], first: number): Batch {
  const batch: Batch = {};
  if (key) {
    batch[key] = rows.map(({ tick }) => tick.key ?? null);
  }
  for (const column of columns) {
    batch[column.name] = rows.map(({ row }) => cell(valueAt(row, column), column.type));
  }
  batch[added.time] = rows.map(({ tick }) => milliseconds(tick.time));
  batch[added.cycle] = rows.map(({ tick }) => tick.cycle);
  batch[added.row] = rows.map((_, i) => first + i);
  batch[added.index] = rows.map((row) => indexOf(row, by, key));
  return batch;
}

import type { Client, Table } from "@perspective-dev/client";
import type { Channel, Frame, Status, Tick } from "./api";
import { added, batchOf, columnsOf, type Column, type FlatRow, indexOf, isLong, keyColumn, rowsOf, schemaOf, widen } from "./columns";
import type { ShownType } from "./formats";

/** How a channel is shown. */
export interface Choice {
  /** Rows that the table keeps. */
  limit: number;
  /** Fields whose values tell rows apart, so that a newer row takes the place of the older; none: every row stays. */
  by: readonly string[];
}

/** What a feed has taken so far, for the line under the grid's title. */
export interface Counts {
  rows: number;
  ticks: number;
  dropped: number;
  conflated: number;
  /** Milliseconds from the arrival of the last frame to the moment the table had it. */
  lag: number;
}

const nothing: Counts = { rows: 0, ticks: 0, dropped: 0, conflated: 0, lag: 0 };

/** Keeps one Perspective table in step with one channel. Frames are applied one after the other. */
export class Feed {
  readonly key: string | null;
  counts: Counts = nothing;
  private columns: Column[];
  private table: Table | null = null;
  private nextRow = 1;
  private version = 0;
  private run: Status | null = null; // as of the last frame
  private readonly seen = new Map<string, number>(); // the number of the last tick, by key
  private readonly indexed = new Set<string>(); // the index's values, oldest first

  constructor(
    private readonly client: Client,
    private readonly name: string,
    readonly channel: Channel,
    readonly choice: Choice,
    private readonly moved: (feed: Feed) => Promise<void>,
  ) {
    this.columns = columnsOf(channel);
    this.key = keyColumn(channel);
  }

  get tableName(): string {
    return `${this.name}.${this.version}`;
  }

  get title(): string {
    const { by } = this.choice;
    return by.length > 0 ? `latest by ${by.join(", ")}` : "every row, newest first";
  }

  /** The columns that the grid shows before the user chooses others: lists and maps last, since their text is long. */
  get shown(): string[] {
    const long = this.channel.fields.filter(isLong).map((f) => f.name);
    const short = this.channel.fields.filter((f) => !isLong(f)).map((f) => f.name);
    return [...(this.key ? [this.key] : []), ...short, ...long];
  }

  /** The types of all columns of the table, for the grid's formats. */
  get types(): ReadonlyMap<string, ShownType> {
    const whole = new Set(this.channel.fields.filter((f) => f.type === "integer").map((f) => f.name));
    whole.add(added.cycle).add(added.row);
    const schema = schemaOf(this.columns, this.key);
    return new Map(Object.entries(schema).map(([name, type]) => [name, { type, whole: whole.has(name) }]));
  }

  async open(): Promise<void> {
    const options = this.choice.by.length > 0 ? { index: added.index } : { limit: this.choice.limit };
    this.table = await this.client.table(schemaOf(this.columns, this.key), { name: this.tableName, ...options });
  }

  async close(): Promise<void> {
    const table = this.table;
    this.table = null;
    await table?.delete({ lazy: true });
  }

  /** Takes a frame; resolves when the table has it. */
  async apply(frame: Frame): Promise<void> {
    const arrived = performance.now();
    if (!this.table) {
      return;
    }
    if (this.isNewRun(frame.status)) {
      await this.restart();
    }
    this.run = frame.status;
    const ticks = frame.ticks.filter((t) => this.isNew(t));
    const all = rowsOf(ticks);
    const rows = this.choice.by.length > 0 ? all : all.slice(-this.choice.limit); // more would push each other out
    if (rows.length > 0) {
      await this.fit(rows);
      await this.table.update(batchOf(rows, this.columns, this.key, this.choice.by, this.nextRow));
      this.nextRow += rows.length;
      await this.trim(rows);
    }
    this.counts = {
      rows: await this.size(),
      ticks: this.counts.ticks + ticks.length,
      dropped: this.counts.dropped + frame.dropped,
      conflated: this.counts.conflated + frame.conflated,
      lag: rows.length > 0 ? performance.now() - arrived : this.counts.lag,
    };
  }

  private async size(): Promise<number> {
    return (await this.table?.size()) ?? 0;
  }

  /** After a lost link the snapshot repeats ticks that are here already, unless the gateway has begun anew. */
  private isNewRun({ start, cycle }: Status): boolean {
    const { start: begun, cycle: reached } = this.run ?? { start, cycle };
    return start !== begun || cycle < reached;
  }

  private isNew({ key = "", n }: Tick): boolean {
    if (n <= (this.seen.get(key) ?? 0)) {
      return false;
    }
    this.seen.set(key, n);
    return true;
  }

  private async restart(): Promise<void> {
    this.seen.clear();
    this.indexed.clear();
    this.counts = nothing;
    await this.table?.clear();
  }

  /** Moves to a table with wider columns when a value does not fit; what was there comes along. */
  private async fit(rows: readonly FlatRow[]): Promise<void> {
    const columns = widen(this.columns, rows);
    if (columns === this.columns) {
      return;
    }
    const old = this.table;
    this.columns = columns;
    this.version++;
    const view = await old?.view();
    const kept = await view?.to_columns();
    await view?.delete();
    await this.open();
    if (kept && (await old?.size())) {
      await this.table?.update(kept as Record<string, unknown[]>);
    }
    await this.moved(this);
    await old?.delete({ lazy: true });
  }

  /** An indexed table has no limit of its own: the rows that changed longest ago go first. */
  private async trim(rows: readonly FlatRow[]): Promise<void> {
    if (this.choice.by.length === 0) {
      return;
    }
    for (const row of rows) {
      const index = indexOf(row, this.choice.by, this.key);
      this.indexed.delete(index);
      this.indexed.add(index);
    }
    const over = this.indexed.size - this.choice.limit;
    if (over > this.choice.limit / 10) {
      const oldest = [...this.indexed.values()].slice(0, over);
      oldest.forEach((index) => this.indexed.delete(index));
      await this.table?.remove(oldest);
    }
  }
}

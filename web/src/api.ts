// The types of the gateway's API under /api/v1/gw, as docs/api.md describes them.

export type Mode = "realtime" | "replay";
export type RunState = "starting" | "running" | "paused" | "ended" | "stopped";

/** What the gateway is doing. Times are RFC 3339 in UTC with nanoseconds, null where there is none. */
export interface Status {
  name: string;
  version?: string;
  mode: Mode;
  state: RunState;
  time: string | null;
  cycle: number;
  speed: number;
  start: string | null;
  end: string | null;
}

export type FieldType =
  | "integer"
  | "float"
  | "boolean"
  | "string"
  | "datetime"
  | "date"
  | "duration"
  | "enum"
  | "struct"
  | "list"
  | "map"
  | "any";

/** One column of a channel's values; a nested struct's columns are called "outer.inner". */
export interface Field {
  name: string;
  type: FieldType;
}

export type ChannelKind = "struct" | "list" | "basket";

export interface Channel {
  name: string;
  kind: ChannelKind;
  keys: string[] | null;
  type: string;
  fields: Field[];
  send: boolean;
  state: string[];
  provided: boolean;
  ticks: number;
  time: string | null;
}

export type Row = Record<string, unknown>;

/** What one channel (of a basket: one key) had in one engine cycle; n counts its ticks from 1. */
export interface Tick {
  channel: string;
  key?: string;
  time: string;
  cycle: number;
  n: number;
  data: Row[];
}

/**
 * A batch of a watch. The next one comes only after this one was acknowledged; dropped and conflated count the ticks that
 * were left out since the batch before.
 */
export interface Frame {
  watch: string;
  seq: number;
  snapshot?: boolean;
  status: Status;
  dropped: number;
  conflated: number;
  ticks: Tick[];
}

export interface WatchError {
  watch: string;
  error: string;
}

export type Policy = "every" | "latest";

export interface WatchRequest {
  channels: string[];
  policy: Policy;
  history: number;
  interval_ms: number;
}

export type ControlRequest =
  | { action: "pause" | "resume" | "stop" }
  | { action: "step"; cycles: number }
  | { action: "speed"; speed: number }
  | { action: "until"; until: string };

import type { Channel, ControlRequest, Frame, Status, WatchError, WatchRequest } from "./api";

export type Link = "connecting" | "open" | "lost";

/** What the whole page knows about the gateway; replaced, never changed in place. */
export interface Gateway {
  link: Link;
  status: Status | null;
  channels: Channel[] | null;
  /** Ticks a second of the last look, by channel. */
  rates: ReadonlyMap<string, number>;
}

/** Takes a frame; the frame is acknowledged when the promise resolves, so the gateway never sends more than is shown. */
export type FrameTaker = (frame: Frame) => Promise<void>;

export interface WatchHandlers {
  frame: FrameTaker;
  error: (text: string) => void;
}

interface Watch extends WatchHandlers {
  id: string;
  request: WatchRequest;
}

const pollEvery = 1_000;
const silence = 6_000; // a watch has a frame each second, so this long without one means that the link is dead
const retryFirst = 250;
const retryMost = 4_000;

/** Where the API is, from the page's own address and what the server wrote into it. */
export function apiBase(doc: Document): URL {
  const path = doc.querySelector<HTMLMetaElement>('meta[name="gw-api"]')?.content || "api/v1";
  return new URL(`${path}/`, doc.baseURI);
}

/** The page's only way to the gateway: one WebSocket for what ticks, and requests for the rest. */
export class Connection {
  private readonly listeners = new Set<() => void>();
  private readonly watches = new Map<string, Watch>();
  private state: Gateway = { link: "connecting", status: null, channels: null, rates: new Map() };
  private socket: WebSocket | null = null;
  private retry = retryFirst;
  private lastFrame = 0;
  private lastPoll = 0;
  private nextId = 1;
  private polling = false;

  constructor(private readonly base: URL) {}

  start(): void {
    this.open();
    void this.poll();
    window.setInterval(() => this.tend(), pollEvery);
  }

  // For useSyncExternalStore.
  readonly subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  };

  readonly get = (): Gateway => this.state;

  /** Watches channels until the returned function is called; after a lost link it watches again by itself. */
  watch(request: WatchRequest, handlers: WatchHandlers): () => void {
    const watch: Watch = { id: `w${this.nextId++}`, request, ...handlers };
    this.watches.set(watch.id, watch);
    this.lastFrame = performance.now();
    this.send({ action: "watch", id: watch.id, ...request });
    return () => {
      this.watches.delete(watch.id);
      this.send({ action: "unwatch", id: watch.id });
    };
  }

  async control(request: ControlRequest): Promise<void> {
    const answer = await fetch(new URL("gw/control", this.base), {
      method: "POST",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify(request),
    });
    const body: unknown = await answer.json();
    if (!answer.ok) {
      throw new Error(errorText(body, answer.status));
    }
    this.set({ status: body as Status });
  }

  private set(change: Partial<Gateway>): void {
    this.state = { ...this.state, ...change };
    for (const listener of this.listeners) {
      listener();
    }
  }

  private open(): void {
    const url = new URL("gw/watch", this.base);
    url.protocol = url.protocol === "https:" ? "wss:" : "ws:";
    const socket = new WebSocket(url);
    this.socket = socket;
    socket.onopen = () => {
      this.retry = retryFirst;
      this.lastFrame = performance.now();
      this.set({ link: "open" });
      void this.poll();
      for (const { id, request } of this.watches.values()) {
        this.send({ action: "watch", id, ...request });
      }
    };
    socket.onmessage = (event) => this.receive(socket, String(event.data));
    socket.onclose = () => {
      if (this.socket === socket) {
        this.lose();
      }
    };
  }

  private lose(): void {
    const socket = this.socket;
    this.socket = null;
    socket?.close();
    this.set({ link: "lost" });
    window.setTimeout(() => this.open(), this.retry);
    this.retry = Math.min(this.retry * 2, retryMost);
  }

  private send(message: object): void {
    if (this.socket?.readyState === WebSocket.OPEN) {
      this.socket.send(JSON.stringify(message));
    }
  }

  private receive(socket: WebSocket, text: string): void {
    this.lastFrame = performance.now();
    const message = JSON.parse(text) as Frame | WatchError;
    const watch = this.watches.get(message.watch);
    if (!watch) {
      return; // it was under way when the watch ended
    }
    if ("error" in message) {
      watch.error(message.error);
      return;
    }
    this.set({ status: message.status });
    void watch
      .frame(message)
      .catch((cause: unknown) => watch.error(String(cause)))
      .then(() => {
        if (this.socket === socket) {
          this.send({ action: "ack", id: message.watch, seq: message.seq });
        }
      });
  }

  /** Once a second: a look at the channels, and whether the link is alive. */
  private tend(): void {
    if (this.socket?.readyState === WebSocket.OPEN && this.watches.size > 0 && performance.now() - this.lastFrame > silence) {
      this.lose();
    }
    if (this.state.link !== "lost") {
      void this.poll();
    }
  }

  private async poll(): Promise<void> {
    if (this.polling) {
      return;
    }
    this.polling = true;
    try {
      const channels = await this.fetchJSON<Channel[]>("gw/channels");
      const now = performance.now();
      const rates = ratesOf(this.state.channels, channels, now - this.lastPoll);
      this.lastPoll = now;
      this.set({ channels, rates });
      if (this.watches.size === 0 || this.state.status === null) {
        this.set({ status: await this.fetchJSON<Status>("gw/status") });
      }
    } catch {
      // The gateway is away: the socket notices it too, and says so on the page.
    } finally {
      this.polling = false;
    }
  }

  private async fetchJSON<T>(path: string): Promise<T> {
    const answer = await fetch(new URL(path, this.base), { signal: AbortSignal.timeout(5_000) });
    if (!answer.ok) {
      throw new Error(`${path}: HTTP ${answer.status}`);
    }
    return (await answer.json()) as T;
  }
}

/** Ticks a second of each channel between two looks; a gateway that began anew counts from 0. */
export function ratesOf(before: Channel[] | null, now: Channel[], elapsed: number): Map<string, number> {
  const past = new Map(before?.map((c) => [c.name, c.ticks]));
  const rates = new Map<string, number>();
  for (const { name, ticks } of now) {
    const then = past.get(name);
    if (then !== undefined && elapsed > 0) {
      rates.set(name, ((ticks >= then ? ticks - then : ticks) * 1_000) / elapsed);
    }
  }
  return rates;
}

function errorText(body: unknown, status: number): string {
  const detail = (body as { detail?: unknown } | null)?.detail;
  return typeof detail === "string" ? detail : `HTTP ${status}`;
}

import { useSyncExternalStore } from "react";
import type { Choice } from "./feed";

// The page's state that belongs in a link: #/channel/NAME?by=id,x&rows=1000

export interface Route extends Choice {
  channel: string | null;
}

export const limits = [1_000, 10_000, 100_000] as const;
export const defaultLimit = 10_000;

export function parseRoute(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#/, "").split("?", 2);
  const params = new URLSearchParams(query);
  const rows = Number(params.get("rows"));
  return {
    channel: path.startsWith("/channel/") ? decode(path.slice("/channel/".length)) || null : null,
    by: (params.get("by") ?? "").split(",").filter(Boolean),
    limit: Number.isInteger(rows) && rows > 0 ? Math.min(rows, limits[limits.length - 1]!) : defaultLimit,
  };
}

export function routeHash(channel: string, choice?: Choice): string {
  const params = new URLSearchParams();
  if (choice && choice.by.length > 0) {
    params.set("by", choice.by.join(","));
  }
  if (choice && choice.limit !== defaultLimit) {
    params.set("rows", String(choice.limit));
  }
  const query = params.toString();
  return `#/channel/${encodeURIComponent(channel)}${query && `?${query}`}`;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text; // a stray % in a link written by hand
  }
}

const listen = (changed: () => void): (() => void) => {
  window.addEventListener("hashchange", changed);
  return () => window.removeEventListener("hashchange", changed);
};

export function useHash(): string {
  return useSyncExternalStore(listen, () => window.location.hash);
}

export function go(hash: string): void {
  if (window.location.hash !== hash) {
    window.location.hash = hash;
  }
}

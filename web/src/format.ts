// How numbers and times read on the page. Times are engine times in UTC.

const grouped = new Intl.NumberFormat("en-US");

export function count(n: number): string {
  return grouped.format(n);
}

/** A rate: "0", "0.5", "12", "1,234". */
export function rate(perSecond: number): string {
  if (perSecond === 0) {
    return "0";
  }
  return perSecond < 10 ? perSecond.toFixed(1) : grouped.format(Math.round(perSecond));
}

/** "2020-01-01 00:00:00.250" of an RFC 3339 time with nanoseconds; digits finer than milliseconds are left to the grid. */
export function clock(time: string | null | undefined): string {
  if (!time) {
    return "–";
  }
  const match = /^(\d{4}-\d\d-\d\d)T(\d\d:\d\d:\d\d)(?:\.(\d{1,3}))?/.exec(time);
  return match ? `${match[1]} ${match[2]}.${(match[3] ?? "").padEnd(3, "0")}` : time;
}

/** How far a replay is, between 0 and 1; null when its end is unknown. */
export function progress(start: string | null, time: string | null, end: string | null): number | null {
  const [from, at, to] = [start, time, end].map((t) => (t ? Date.parse(t) : Number.NaN)) as [number, number, number];
  if (Number.isNaN(from) || Number.isNaN(to) || to <= from) {
    return null;
  }
  return Number.isNaN(at) ? 0 : Math.min(1, Math.max(0, (at - from) / (to - from)));
}

export function lag(ms: number): string {
  return ms < 1_000 ? `${Math.round(ms)} ms` : `${(ms / 1_000).toFixed(1)} s`;
}

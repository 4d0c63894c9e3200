import type { Client } from "@perspective-dev/client";
import { useEffect, useMemo, useRef, useState } from "react";
import type { Channel } from "../api";
import type { Connection } from "../connection";
import { type Choice, type Counts, Feed } from "../feed";
import { useConnection } from "../gateway";
import { Grid } from "../grid";
import { useTheme } from "../theme";

interface Reports {
  onCounts: (counts: Counts | null) => void;
  onProblem: (text: string) => void;
}

interface Props extends Reports {
  channel: Channel;
  choice: Choice;
  engine: Promise<Client>;
}

const frameEvery = 100; // milliseconds: the eye asks for no more, and a batch costs less a row than a single tick

/** The Perspective grid of the chosen channel. */
export function DataGrid({ channel, choice, engine, onCounts, onProblem }: Props) {
  const connection = useConnection();
  const theme = useTheme();
  const host = useRef<HTMLDivElement>(null);
  const [grid, setGrid] = useState<Grid | null>(null);

  // The channel list is read anew each second; only another shape of the channel asks for another table.
  const shape = JSON.stringify([channel.name, channel.kind, channel.fields]);
  const steady = useMemo(() => channel, [shape]);
  const by = choice.by.join(",");

  useEffect(() => {
    let alive = true;
    engine.then(
      (client) => alive && host.current && setGrid(new Grid(host.current, client)),
      (cause: unknown) => alive && onProblem(`The grid did not start: ${String(cause)}`),
    );
    return () => {
      alive = false;
    };
  }, [engine, onProblem]);

  useEffect(() => grid?.setTheme(theme), [grid, theme]);

  useEffect(() => {
    if (grid) {
      return show(grid, connection, steady, { by: by.split(",").filter(Boolean), limit: choice.limit }, { onCounts, onProblem });
    }
  }, [grid, connection, steady, by, choice.limit, onCounts, onProblem]);

  return <div className="grid" ref={host} />;
}

/** Turns the grid to a channel and keeps it live until the returned function is called. */
function show(grid: Grid, connection: Connection, channel: Channel, choice: Choice, { onCounts, onProblem }: Reports): () => void {
  let alive = true;
  let stop = () => {};
  const fail = (cause: unknown) => alive && onProblem(cause instanceof Error ? cause.message : String(cause));
  const feed = new Feed(grid.client, grid.newTableName(), channel, choice, (moved) => grid.rebind(moved));
  const frame = async (f: Parameters<typeof feed.apply>[0]) => {
    await feed.apply(f);
    if (alive) {
      onCounts(feed.counts);
    }
  };
  onCounts(null);
  onProblem("");
  grid.show(feed).then(() => {
    if (alive) {
      const request = { channels: [channel.name], policy: "every" as const, history: choice.limit, interval_ms: frameEvery };
      stop = connection.watch(request, { frame, error: fail });
    }
  }, fail);
  return () => {
    alive = false;
    stop();
  };
}

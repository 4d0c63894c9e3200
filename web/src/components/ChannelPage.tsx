import type { Client } from "@perspective-dev/client";
import { useState } from "react";
import type { Channel } from "../api";
import type { Choice, Counts } from "../feed";
import { DataGrid } from "./DataGrid";
import { FeedCounts } from "./FeedCounts";
import { GridOptions } from "./GridOptions";

interface Props {
  channel: Channel;
  choice: Choice;
  engine: Promise<Client>;
}

/** One channel: what it is, how far the page is with it, and its rows. */
export function ChannelPage({ channel, choice, engine }: Props) {
  const [counts, setCounts] = useState<Counts | null>(null);
  const [problem, setProblem] = useState("");
  return (
    <>
      <div className="pagehead">
        <h2>{channel.name}</h2>
        {channel.type !== channel.name && (
          <span className="type" title="Type of the channel's values">
            {channel.kind === "list" ? `[]${channel.type}` : channel.type}
          </span>
        )}
        <FeedCounts counts={counts} />
        <GridOptions channel={channel} choice={choice} />
      </div>
      {problem && (
        <p className="problem" role="alert">
          {problem}
        </p>
      )}
      {channel.ticks === 0 && <p className="hint">{channel.provided ? "No ticks yet." : "No ticks yet: no module sets this channel."}</p>}
      <DataGrid channel={channel} choice={choice} engine={engine} onCounts={setCounts} onProblem={setProblem} />
    </>
  );
}

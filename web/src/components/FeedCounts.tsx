import type { Counts } from "../feed";
import { count, lag } from "../format";

const help = {
  rows: "Rows in the grid",
  lag: "From the arrival of the last batch until the grid had it",
  conflated: "Ticks that the gateway left out because a newer one of the same key took their place",
  dropped: "Ticks that the gateway dropped because the page was too slow",
};

/** How well the page keeps up with the channel. */
export function FeedCounts({ counts }: { counts: Counts | null }) {
  const { rows, lag: ms, conflated, dropped } = counts ?? { rows: 0, lag: 0, conflated: 0, dropped: 0 };
  return (
    <dl className="counts">
      <Fact name="Rows" text={count(rows)} help={help.rows} />
      <Fact name="Lag" text={lag(ms)} help={help.lag} warn={ms > 500} />
      <Fact name="Conflated" text={count(conflated)} help={help.conflated} />
      <Fact name="Dropped" text={count(dropped)} help={help.dropped} warn={dropped > 0} />
    </dl>
  );
}

function Fact({ name, text, help, warn }: { name: string; text: string; help: string; warn?: boolean }) {
  return (
    <div title={help} className={warn ? "warn" : ""}>
      <dt>{name}</dt>
      <dd className="figure">{text}</dd>
    </div>
  );
}

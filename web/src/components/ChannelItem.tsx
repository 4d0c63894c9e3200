import type { Channel } from "../api";
import { count, rate as rateText } from "../format";
import { routeHash } from "../route";

interface Props {
  channel: Channel;
  rate: number;
  selected: boolean;
}

export function ChannelItem({ channel, rate, selected }: Props) {
  const { name, kind, keys, ticks, provided } = channel;
  const what = kind === "basket" && keys ? `basket of ${keys.length}` : kind;
  return (
    <li>
      <a href={routeHash(name)} aria-current={selected ? "page" : undefined} className={ticks > 0 ? "" : "quiet"}>
        <span className="label">{name}</span>
        <span className="kind">{provided ? what : `${what} · nothing sets it`}</span>
        <span className="ticks figure" title={`${count(ticks)} ticks`}>
          {count(ticks)}
        </span>
        <span className={`rate figure ${rate > 0 ? "live" : ""}`}>{rate > 0 ? `${rateText(rate)}/s` : "–"}</span>
      </a>
    </li>
  );
}

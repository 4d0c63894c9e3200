import type { Channel } from "../api";
import { isLong, keyColumn } from "../columns";
import type { Choice } from "../feed";
import { count } from "../format";
import { go, limits, routeHash } from "../route";

/** Whether the grid has every row or the latest per value of a field, and how many it keeps. The choice is in the link. */
export function GridOptions({ channel, choice }: { channel: Channel; choice: Choice }) {
  const key = keyColumn(channel);
  const fields = [...(key ? [key] : []), ...channel.fields.filter((f) => !isLong(f)).map((f) => f.name)];
  const by = choice.by.join(",");
  const options = fields.includes(by) || by === "" ? fields : [by, ...fields];
  const rows = (limits as readonly number[]).includes(choice.limit) ? limits : [choice.limit, ...limits];
  return (
    <form className="options" onSubmit={(event) => event.preventDefault()}>
      <label>
        Show
        <select value={by} onChange={(event) => go(routeHash(channel.name, { ...choice, by: split(event.target.value) }))}>
          <option value="">every row</option>
          {options.map((name) => (
            <option key={name} value={name}>
              latest by {name.replaceAll(",", ", ")}
            </option>
          ))}
        </select>
      </label>
      <label>
        Keep
        <select value={choice.limit} onChange={(event) => go(routeHash(channel.name, { ...choice, limit: Number(event.target.value) }))}>
          {rows.map((n) => (
            <option key={n} value={n}>
              {count(n)} rows
            </option>
          ))}
        </select>
      </label>
    </form>
  );
}

function split(by: string): string[] {
  return by.split(",").filter(Boolean);
}

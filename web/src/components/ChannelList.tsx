import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import type { Channel } from "../api";
import { useGateway } from "../gateway";
import { ChannelItem } from "./ChannelItem";

interface Props {
  selected: string | null;
  onSelect: (name: string) => void;
}

/** All channels with their ticks and rates. Up and down go through them, "/" goes to the search box. */
export function ChannelList({ selected, onSelect }: Props) {
  const { channels, rates } = useGateway();
  const [search, setSearch] = useState("");
  const box = useRef<HTMLInputElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const found = matching(channels ?? [], search);

  useEffect(() => {
    const toSearch = (event: globalThis.KeyboardEvent) => {
      if (event.key === "/" && !isTyping(event)) {
        event.preventDefault();
        box.current?.focus();
      }
    };
    window.addEventListener("keydown", toSearch);
    return () => window.removeEventListener("keydown", toSearch);
  }, []);

  const onKeyDown = (event: KeyboardEvent) => {
    const links = [...(list.current?.querySelectorAll("a") ?? [])];
    const next = target(event.key, links.indexOf(document.activeElement as HTMLAnchorElement), links.length);
    if (event.key === "Escape") {
      setSearch("");
    } else if (event.key === "Enter" && event.target === box.current && found[0]) {
      onSelect(found[0].name);
    } else if (next !== null) {
      event.preventDefault();
      (next < 0 ? box.current : links[next])?.focus();
    }
  };

  return (
    <nav className="channels" aria-label="Channels" onKeyDown={onKeyDown}>
      <div className="search">
        <input
          ref={box}
          type="search"
          value={search}
          placeholder="Search channels"
          aria-label="Search channels"
          aria-keyshortcuts="/"
          onChange={(event) => setSearch(event.target.value)}
        />
        <kbd aria-hidden="true">/</kbd>
      </div>
      <ul ref={list}>
        {found.map((channel) => (
          <ChannelItem
            key={channel.name}
            channel={channel}
            rate={rates.get(channel.name) ?? 0}
            selected={channel.name === selected}
          />
        ))}
      </ul>
      {channels && found.length === 0 && <p className="none">No channel matches.</p>}
    </nav>
  );
}

/** Channels whose name or type holds every word of the search. */
export function matching(channels: Channel[], search: string): Channel[] {
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  return channels.filter((c) => words.every((w) => `${c.name} ${c.type} ${c.kind}`.toLowerCase().includes(w)));
}

/** The item that a key goes to from item at; -1 is the search box, null no move. */
function target(key: string, at: number, length: number): number | null {
  switch (key) {
    case "ArrowDown":
      return Math.min(at + 1, length - 1);
    case "ArrowUp":
      return Math.max(at - 1, -1);
    case "Home":
      return at < 0 ? null : 0;
    case "End":
      return at < 0 ? null : length - 1;
  }
  return null;
}

function isTyping(event: globalThis.KeyboardEvent): boolean {
  const at = event.composedPath()[0];
  return event.ctrlKey || event.metaKey || event.altKey || (at instanceof HTMLElement && at.matches("input, textarea, select, [contenteditable]"));
}

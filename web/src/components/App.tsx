import type { Client } from "@perspective-dev/client";
import { useEffect } from "react";
import type { Channel } from "../api";
import { useGateway } from "../gateway";
import { go, parseRoute, routeHash, useHash } from "../route";
import { ChannelList } from "./ChannelList";
import { ChannelPage } from "./ChannelPage";
import { Header } from "./Header";
import { ReplayBar } from "./ReplayBar";

interface Props {
  title: string;
  engine: Promise<Client>;
}

export function App({ title, engine }: Props) {
  const { channels, status } = useGateway();
  const route = parseRoute(useHash());
  const first = firstChannel(channels);

  useEffect(() => {
    if (route.channel === null && first !== null) {
      window.history.replaceState(null, "", routeHash(first));
      window.dispatchEvent(new HashChangeEvent("hashchange"));
    }
  }, [route.channel, first]);

  useEffect(() => {
    document.title = route.channel ? `${route.channel} · ${title}` : title;
  }, [route.channel, title]);

  const channel = channels?.find((c) => c.name === route.channel);
  return (
    <div className="app">
      <Header title={title} />
      {status?.mode === "replay" && <ReplayBar status={status} />}
      <div className="body">
        <ChannelList selected={route.channel} onSelect={(name) => go(routeHash(name))} />
        <main className="page">
          {channel ? (
            <ChannelPage channel={channel} choice={route} engine={engine} />
          ) : (
            <p className="empty">{emptyText(channels, route.channel)}</p>
          )}
        </main>
      </div>
    </div>
  );
}

/** The first channel that something sets: one that will tick. */
function firstChannel(channels: Channel[] | null): string | null {
  return (channels?.find((c) => c.provided) ?? channels?.[0])?.name ?? null;
}

function emptyText(channels: Channel[] | null, wanted: string | null): string {
  if (channels === null) {
    return "Waiting for the gateway…";
  }
  return channels.length === 0 ? "This gateway has no channels." : `This gateway has no channel “${wanted ?? ""}”.`;
}

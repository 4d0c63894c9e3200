import { useGateway } from "../gateway";
import { clock, count } from "../format";
import { LinkState } from "./LinkState";

export function Header({ title }: { title: string }) {
  const { link, status } = useGateway();
  const name = status && status.name !== title ? status.name : "";
  return (
    <header className="header">
      <svg className="logo" viewBox="0 0 32 32" aria-hidden="true">
        <rect width="32" height="32" rx="7" />
        <path d="M5 11h6l5 10 5-10h6M5 21h6m10 0h6" />
      </svg>
      <h1>{title}</h1>
      {name && <span className="name">{name}</span>}
      <dl className="facts">
        {status && (
          <>
            <div>
              <dt>Mode</dt>
              <dd>
                <span className={`mode ${status.mode}`}>{status.mode === "replay" ? "Replay" : "Live"}</span>{" "}
                <span className={`run ${status.state}`}>{status.state}</span>
              </dd>
            </div>
            <div>
              <dt>Engine time (UTC)</dt>
              <dd className="figure" title={status.time ?? undefined}>
                {clock(status.time)}
              </dd>
            </div>
            <div>
              <dt>Cycle</dt>
              <dd className="figure cycle">{count(status.cycle)}</dd>
            </div>
          </>
        )}
      </dl>
      <LinkState link={link} />
    </header>
  );
}

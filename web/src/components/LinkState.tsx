import type { Link } from "../connection";

const words: Record<Link, string> = {
  connecting: "Connecting…",
  open: "Connected",
  lost: "Connection lost, trying again…",
};

export function LinkState({ link }: { link: Link }) {
  return (
    <p className={`link ${link}`} role="status">
      <span className="dot" aria-hidden="true" />
      {words[link]}
    </p>
  );
}

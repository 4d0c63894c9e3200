import { useState } from "react";
import type { ControlRequest, Status } from "../api";
import { clock, count, progress } from "../format";
import { useConnection } from "../gateway";

const speeds = [
  { value: 1, text: "1× original" },
  { value: 10, text: "10×" },
  { value: 100, text: "100×" },
  { value: 1_000, text: "1,000×" },
  { value: 10_000, text: "10,000×" },
  { value: 0, text: "flat out" },
];

const steps = [1, 10, 100];

/** Holds, steps and paces a replay. The gateway does it for everyone who looks at it. */
export function ReplayBar({ status }: { status: Status }) {
  const connection = useConnection();
  const [problem, setProblem] = useState("");
  const done = status.state === "ended" || status.state === "stopped";
  const held = status.state === "paused";
  const order = (request: ControlRequest) => {
    setProblem("");
    connection.control(request).catch((cause: unknown) => setProblem(cause instanceof Error ? cause.message : String(cause)));
  };
  return (
    <section className="replaybar" aria-label="Replay">
      <button type="button" className="primary" disabled={done} onClick={() => order({ action: held ? "resume" : "pause" })}>
        <span aria-hidden="true">{held ? "▶" : "❚❚"}</span> {held ? "Resume" : "Pause"}
      </button>
      <span className="group">
        {steps.map((cycles) => (
          <button key={cycles} type="button" disabled={done} title={`Run ${cycles} engine ${cycles === 1 ? "cycle" : "cycles"}, then hold`} onClick={() => order({ action: "step", cycles })}>
            {cycles === 1 ? "Step" : `+${cycles}`}
          </button>
        ))}
      </span>
      <label>
        Speed
        <select value={status.speed} disabled={done} onChange={(event) => order({ action: "speed", speed: Number(event.target.value) })}>
          {!speeds.some((s) => s.value === status.speed) && <option value={status.speed}>{count(status.speed)}×</option>}
          {speeds.map(({ value, text }) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </label>
      <Progress status={status} />
      {done && <span className="done">Replay {status.state}</span>}
      <span className="problem" role="alert">
        {problem}
      </span>
    </section>
  );
}

function Progress({ status: { start, time, end } }: { status: Status }) {
  const part = progress(start, time, end);
  if (part === null) {
    return null;
  }
  return (
    <span className="progress">
      <span className="figure">{clock(start)}</span>
      <progress value={part} max={1} aria-label="How far the replay is">
        {Math.round(part * 100)} %
      </progress>
      <span className="figure">{clock(end)}</span>
    </span>
  );
}

import "@perspective-dev/viewer/themes/pro.css";
import "@perspective-dev/viewer/themes/pro-dark.css";
import "./style.css";
import { createRoot } from "react-dom/client";
import { App } from "./components/App";
import { apiBase, Connection } from "./connection";
import { startEngine } from "./engine";
import { ConnectionProvider } from "./gateway";

const root = document.getElementById("root");
if (!root) {
  throw new Error("index.html has no #root");
}
const connection = new Connection(apiBase(document));
connection.start();
createRoot(root).render(
  <ConnectionProvider value={connection}>
    <App title={document.title} engine={startEngine()} />
  </ConnectionProvider>,
);

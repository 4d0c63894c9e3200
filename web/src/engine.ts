import perspective, { type Client } from "@perspective-dev/client";
import EngineWorker from "@perspective-dev/client/src/ts/perspective-server.worker.ts?worker";
import serverURL from "@perspective-dev/server/dist/wasm/perspective-server.wasm?url";
import perspectiveViewer from "@perspective-dev/viewer";
import * as viewerGlue from "@perspective-dev/viewer/dist/wasm/perspective-viewer.js";
import viewerURL from "@perspective-dev/viewer/dist/wasm/perspective-viewer.wasm?url";
import "@perspective-dev/viewer-datagrid";

/**
 * Starts Perspective: its engine in a worker, its viewer element in the page. The worker and the viewer's glue are passed
 * explicitly, because by itself the library makes both from blob: addresses, which the content security policy forbids.
 */
export async function startEngine(): Promise<Client> {
  perspective.init_server(fetch(serverURL));
  const viewer = perspectiveViewer.init_client(fetch(viewerURL), viewerGlue);
  await viewer;
  return perspective.worker(Promise.resolve(new EngineWorker({ name: "perspective" })));
}

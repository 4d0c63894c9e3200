// Opens pages in Chromium and notes whatever a good page never does: errors on the console, failed scripts, and requests
// to another host.
import { chromium } from "playwright-core";

export const base = process.env.GW_URL;
if (!base) {
  throw new Error("GW_URL is not set: run this through `npm run e2e`, or set it to the address of a gateway's page");
}

/** A browser with one context: its pages share a cache, so that only the first one compiles Perspective. */
export async function launch() {
  const browser = await chromium.launch({
    executablePath: process.env.GW_CHROMIUM || "/usr/bin/chromium",
    args: [
      "--no-sandbox",
      "--disable-gpu",
      "--disable-quic",
      "--disable-background-networking",
      "--disable-component-update",
      "--disable-sync",
      "--no-first-run",
    ],
  });
  const context = await browser.newContext();
  return { newPage: () => context.newPage(), close: () => browser.close() };
}

/** A page with its faults; pardon(regexp) lets one kind of fault pass that the test brings about itself. */
export async function open(browser, address, { colorScheme = "light", viewport = { width: 1360, height: 820 } } = {}) {
  const home = new URL(address, base);
  const page = await browser.newPage();
  await page.setViewportSize(viewport);
  await page.emulateMedia({ colorScheme });
  const faults = [];
  const pardons = [];
  const fault = (text) => pardons.some((p) => p.test(text)) || faults.push(text);
  page.on("console", (m) => m.type() === "error" && fault(`console: ${m.text()}`));
  page.on("pageerror", (e) => fault(`page: ${e.message}`));
  page.on("request", (r) => {
    const url = new URL(r.url());
    if (!["data:", "about:"].includes(url.protocol) && url.host !== home.host) {
      fault(`request: ${r.url()}`);
    }
  });
  await page.goto(home.href);
  return { page, faults, pardon: (p) => pardons.push(p), close: () => page.close() };
}

/** The grid's rows, in its order: through the viewer's own view, since the cells are drawn in a shadow root. */
export function rows(page, window = { start_row: 0, end_row: 50 }) {
  return page.evaluate(async (w) => {
    const view = await document.querySelector("perspective-viewer").getView();
    return view.to_json(w);
  }, window);
}

export function table(page) {
  return page.evaluate(async () => {
    const table = await document.querySelector("perspective-viewer").getTable();
    return { size: await table.size(), schema: await table.schema() };
  });
}

/** All rows of the table with all columns, whatever the grid shows. */
export function allRows(page) {
  return page.evaluate(async () => {
    const table = await document.querySelector("perspective-viewer").getTable();
    const view = await table.view();
    const rows = await view.to_json();
    await view.delete();
    return rows;
  });
}

/** Asks until the answer is true; the tests wait for conditions, never for a time. */
export async function until(what, ask, limit = 15_000) {
  const end = Date.now() + limit;
  let last;
  while (Date.now() < end) {
    try {
      last = await ask();
      if (last) {
        return last;
      }
    } catch (cause) {
      last = cause; // the grid is not there yet, or is just turning to another table
    }
    await new Promise((next) => setTimeout(next, 50));
  }
  throw new Error(`waited ${limit} ms: ${what} (last answer: ${last})`);
}

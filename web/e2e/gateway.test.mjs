// The page against the real binary: GW_URL is a gateway that runs the omnibus, GW_REPLAY one that replays
// testdata/seattle-weather.csv. cmd/gw starts both.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { allRows, base, launch, open, table, until } from "./browser.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

test("the omnibus moves, and shows what is sent to it", { timeout: 60_000 }, async () => {
  const { page, faults, close } = await open(browser, "#/channel/example");
  const first = await until("the first rows", async () => (await table(page)).size);
  await until("the timer's next rows", async () => (await table(page)).size > first);
  const sent = await page.evaluate(() =>
    fetch("api/v1/send/example", {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ id: "sent-by-the-page", x: 998, z: "sent" }),
    }).then((r) => r.status),
  );
  assert.equal(sent, 200);
  const row = await until("the row that was sent", async () => (await allRows(page)).find((r) => r.id === "sent-by-the-page"));
  assert.deepEqual([row.x, row.z, row["internal_csp_struct.z"]], [998, "sent", 12]);
  await until("the feedback's answer", async () => (await allRows(page)).find((r) => r.x === 999));
  assert.deepEqual(faults, []);
  await close();
});

test("a paused replay waits for its button, then shows every row or counts it", { timeout: 60_000 }, async () => {
  const { page, faults, close } = await open(browser, process.env.GW_REPLAY);
  const resume = page.getByRole("button", { name: "Resume" });
  await resume.waitFor();
  assert.equal(await page.locator(".cycle").innerText(), "0");
  await page.getByRole("button", { name: "Step", exact: true }).click();
  await until("the first row, so that the page watches", async () => (await table(page)).size === 1);
  await resume.click();
  const last = await until("the newest row", async () => (await allRows(page)).find((r) => r.temp_max === 5.6 && r.temp_min === -2.1));
  assert.equal(last.weather, "sun");
  const dropped = page.locator(".counts div", { hasText: "Dropped" }).locator("dd"); // at this speed a page cannot take all
  await until("the sum", async () => (await table(page)).size + Number((await dropped.innerText()).replaceAll(",", "")) === 1461);
  await page.getByText("Replay", { exact: true }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

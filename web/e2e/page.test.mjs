// The page in a real browser. Run it with `npm run e2e`, which serves the built bundle with two fake gateways: one live at
// the root, one in replay below /replay/.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { after, before, test } from "node:test";
import { allRows, base, launch, open, rows, table, until } from "./browser.mjs";

let browser;
before(async () => {
  browser = await launch();
});
after(() => browser?.close());

/** A test with a page of its own, which must end without faults. */
function pageTest(name, address, body, options) {
  test(name, { timeout: 60_000 }, async () => {
    const opened = await open(browser, address, options);
    try {
      await body(opened.page, opened);
      assert.deepEqual(opened.faults, []);
    } finally {
      await opened.close();
    }
  });
}

const post = (path) => fetch(new URL(path, base), { method: "POST" });
const cycle = (page) => page.locator(".cycle").innerText().then((text) => Number(text.replaceAll(",", "")));
const newest = async (page) => (await rows(page))[0]?.x;
const heading = (page, name) => page.getByRole("heading", { level: 2, name, exact: true }).waitFor();

pageTest("rows arrive and grow, the newest on top", "", async (page) => {
  assert.equal(await page.getByRole("heading", { level: 1 }).innerText(), "Fake gateway");
  await heading(page, "example");
  assert.equal(await page.title(), "example · Fake gateway");
  const first = await until("the first rows", async () => (await table(page)).size);
  await until("more rows", async () => (await table(page)).size > first + 20);
  const top = await until("rows in the grid's order", async () => {
    const shown = await rows(page);
    return shown[0].x > shown[1].x && shown;
  });
  await until("a newer row on top", async () => (await newest(page)) > top[0].x);
  await page.getByText("Connected", { exact: true }).waitFor();
  await page.getByText("Live", { exact: true }).waitFor();
  const before = await cycle(page);
  await until("the cycle goes on", async () => (await cycle(page)) > before);
});

pageTest("every kind of value has its column", "#/channel/example", async (page) => {
  await until("a value beyond 32 bits", async () => (await table(page)).schema.big === "float");
  const { schema } = await table(page);
  const own = Object.fromEntries(Object.entries(schema).filter(([name]) => !name.startsWith("gw.")));
  assert.deepEqual(own, {
    id: "string", timestamp: "datetime", x: "integer", y: "string", price: "float", big: "float", ok: "boolean", day: "date",
    "inner.z": "integer", data: "string", mapping: "string",
  });
  const row = await until("the seventh row", async () => (await allRows(page)).find((r) => r.x === 7));
  assert.deepEqual(
    [row.id, row.timestamp, row.price, row.big, row.ok, row.day, row["inner.z"], row.data, row.mapping, row["gw.cycle"]],
    ["1700000000000000007", Date.UTC(2026, 0, 2, 9, 30, 7), 100.25 + 7 / 8, 1_700_000_000_007, false, Date.UTC(2026, 0, 2), -7,
      "[7,0.5]", '{"x":7}', 7],
  );
});

pageTest("lists have a row an element, baskets a key column", "#/channel/example_list", async (page) => {
  const xs = await until("rows", async () => (await table(page)).size > 3 && (await allRows(page)).map((r) => r.x));
  assert.deepEqual(xs.slice(0, 4), [2, 3, 4, 5]);
  await page.getByRole("link", { name: "basket" }).click();
  await heading(page, "basket");
  const kept = await until("rows of three keys", async () => {
    const all = await allRows(page);
    return all[0]?.key !== undefined && new Set(all.map((r) => r.key)).size === 3 && all;
  });
  kept.forEach((r) => assert.equal(r.key, "ABC"[r.x % 3], `row ${r.x}`));
});

pageTest("the latest row by a field, and the row limit, are in the link", "#/channel/example_list?by=letter&rows=1000", async (page) => {
  await until("one row a letter", async () => (await table(page)).size === 5);
  const before = await newest(page);
  await until("newer rows in their place", async () => (await newest(page)) > before);
  assert.equal((await table(page)).size, 5);
  await page.getByLabel("Show").selectOption("");
  await until("every row again", async () => (await table(page)).size > 20);
  assert.match(page.url(), /#\/channel\/example_list\?rows=1000$/);
  assert.equal(await page.getByLabel("Keep").inputValue(), "1000");
});

pageTest("a table keeps no more rows than its limit", "#/channel/example_list?rows=30", async (page) => {
  await until("a full table", async () => (await table(page)).size === 30);
  const before = await newest(page);
  await until("newer rows", async () => (await newest(page)) > before + 20);
  assert.equal((await table(page)).size, 30);
});

pageTest("search, keyboard and links lead to a channel", "", async (page) => {
  await heading(page, "example");
  await page.keyboard.press("/");
  await page.keyboard.type("bask");
  await until("one channel found", async () => (await page.locator(".channels a").count()) === 1);
  await page.keyboard.press("Enter");
  await heading(page, "basket");
  assert.match(page.url(), /#\/channel\/basket$/);
  await page.keyboard.press("Escape");
  await until("all channels again", async () => (await page.locator(".channels a").count()) === 5);
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await heading(page, "example_list");
  await page.goBack();
  await heading(page, "basket");
});

pageTest("names and values are shown, never run", "", async (page) => {
  await page.getByRole("link", { name: /^odd\// }).click();
  await until("rows of the odd channel", async () => (await table(page)).size > 0);
  await heading(page, /^odd\/<img src=x/);
  assert.equal(await page.locator("img").count(), 0);
});

pageTest("a channel without ticks and one that is not there say so", "#/channel/never_ticks", async (page) => {
  await page.getByText("No ticks yet: no module sets this channel.").waitFor();
  await page.goto(new URL("#/channel/nowhere", base).href);
  await page.getByText("This gateway has no channel “nowhere”.").waitFor();
});

pageTest("a lost link comes back without losing or repeating rows", "#/channel/example_list", async (page, { pardon }) => {
  pardon(/WebSocket/);
  await until("rows", async () => (await table(page)).size > 10);
  const before = await newest(page);
  await post("test/cut");
  await until("newer rows after the cut", async () => (await newest(page)) > before + 20);
  await page.getByText("Connected", { exact: true }).waitFor();
  const xs = (await allRows(page)).map((r) => r.x).sort((a, b) => a - b);
  assert.deepEqual(xs, xs.map((_, i) => xs[0] + i), "no gap and no row twice");
});

pageTest("a gateway that begins anew begins a new table", "#/channel/basket", async (page, { pardon }) => {
  pardon(/WebSocket/);
  await until("rows", async () => (await table(page)).size > 20);
  await post("test/restart");
  await until("the rows of the new run alone", async () => {
    const xs = (await allRows(page)).map((r) => r.x);
    return xs.length > 0 && xs.length === Math.max(...xs) && new Set(xs).size === xs.length;
  });
});

test("a replay begins held", () => post("replay/test/restart"));

pageTest("a column grows wider for a value beyond 32 bits, and keeps its rows", "replay/#/channel/example", async (page) => {
  const step = page.getByRole("button", { name: "Step" });
  for (let n = 1; n <= 3; n++) {
    await step.click();
    await until("the next row", async () => (await table(page)).size === n);
  }
  assert.equal((await table(page)).schema.big, "integer");
  await page.getByRole("button", { name: "+10", exact: true }).click();
  const kept = await until("the rows in a wider column", async () => (await table(page)).schema.big === "float" && (await table(page)).size === 13 && allRows(page));
  assert.deepEqual(kept.map((r) => r.big), [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13].map((n) => (n < 5 ? n : 1_700_000_000_000 + n)));
  assert.deepEqual(kept.map((r) => r.timestamp), kept.map((r) => Date.UTC(2026, 0, 2, 9, 30, r.x)));
  const shown = await rows(page);
  assert.deepEqual([shown.length, shown[0].x, shown[0]["gw.row"]], [13, 13, undefined], "the grid is arranged as before");
  await page.getByRole("button", { name: "Resume" }).click();
});

pageTest("a replay is held, stepped, paced and resumed", "replay/", async (page) => {
  await page.getByRole("progressbar").waitFor();
  await until("rows", async () => (await table(page)).size > 0);
  await page.getByRole("button", { name: "Pause" }).click();
  await page.getByText("paused", { exact: true }).waitFor();
  const held = await until("a held cycle that the grid has reached", async () => {
    const at = await cycle(page);
    return (await newest(page)) === at && at;
  });
  await page.getByRole("button", { name: "Step" }).click();
  await until("one cycle more", async () => (await cycle(page)) === held + 1 && (await newest(page)) === held + 1);
  await page.getByRole("button", { name: "+10", exact: true }).click();
  await until("ten cycles more", async () => (await cycle(page)) === held + 11);
  await page.getByLabel("Speed").selectOption("100");
  await until("the speed that the gateway tells", async () => (await page.getByLabel("Speed").inputValue()) === "100");
  await page.getByRole("button", { name: "Resume" }).click();
  await until("it goes on", async () => (await newest(page)) > held + 20);
});

pageTest("what the user made of a grid is there after another channel", "#/channel/example", async (page) => {
  await until("rows", async () => (await table(page)).size > 0);
  await page.evaluate(() => document.querySelector("perspective-viewer").restore({ group_by: ["ok"], columns: ["x"] }));
  await page.getByRole("link", { name: "basket" }).click();
  await until("the basket", async () => "key" in (await table(page)).schema);
  await page.getByRole("link", { name: /^example struct/ }).click();
  await until("the first grid", async () => "price" in (await table(page)).schema);
  const config = await page.evaluate(() => document.querySelector("perspective-viewer").save());
  assert.deepEqual([config.group_by, config.columns], [["ok"], ["x"]]);
});

for (const scheme of ["light", "dark"]) {
  pageTest(`the grid follows the system: ${scheme}`, "", async (page) => {
    await until("rows", async () => (await table(page)).size > 0);
    const theme = () => page.evaluate(async () => (await document.querySelector("perspective-viewer").save()).theme);
    await until("the theme", async () => (await theme()) === (scheme === "dark" ? "Pro Dark" : "Pro Light"));
    await page.emulateMedia({ colorScheme: scheme === "dark" ? "light" : "dark" });
    await until("the other theme", async () => (await theme()) === (scheme === "dark" ? "Pro Light" : "Pro Dark"));
  }, { colorScheme: scheme });

  pageTest(`axe finds nothing serious in the page's own elements: ${scheme}`, "replay/", async (page) => {
    await until("rows", async () => (await table(page)).size > 0);
    const source = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
    await page.evaluate(source);
    const found = await page.evaluate(() => axe.run({ exclude: [["perspective-viewer"]] }));
    const serious = found.violations.filter((v) => ["serious", "critical"].includes(v.impact));
    assert.deepEqual(serious.map((v) => `${v.id}: ${v.nodes.map((n) => n.target).join(", ")}`), []);
  }, { colorScheme: scheme });
}

pageTest("the page works in a narrow window", "", async (page) => {
  await until("rows", async () => (await table(page)).size > 0);
  const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
  assert.ok(overflow <= 0, `the page is ${overflow} pixels wider than the window`);
}, { viewport: { width: 480, height: 800 } });

// The page before a store that answers, fails, throttles and comes back.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, nextPoll, openPage } from "./browser.mjs";
import { MockStore } from "./mock_store.mjs";
import { site } from "./places.mjs";
import { checkout, emptyDay, fewAnswers, hour, kiosks, response, sixTouchpoints, today } from "./samples.mjs";

const clock = "2026-11-21T17:20:31Z";
let browser, store, view;

before(async () => (browser = await launch()));
after(() => browser.close());
beforeEach(async () => (store = await MockStore.start(site)));
afterEach(async () => {
  await view.close();
  await store.stop();
  assert.deepEqual(view.faults, []);
});

async function open(touchpoints, options = {}) {
  store.today = today(...touchpoints);
  view = await openPage(browser, store.url, { clock, ...options });
  return view.page;
}

/** ECharts draws with the next frame, and the clock stands. */
async function drawn(page) {
  await page.locator("hours-chart .chart").waitFor();
  while ((await page.locator("hours-chart svg path").count()) === 0) await page.clock.runFor(50);
}

/** Lets the page's time pass until `locator` is there, or with `gone`, no longer there. */
async function until(page, locator, { gone = false } = {}) {
  while ((await locator.count()) > 0 === gone) await page.clock.runFor(250);
}

const shows = (page, text) => page.getByText(text).first().waitFor();

async function signIn(page, password) {
  await page.getByLabel("User").fill("admin");
  await page.getByLabel("Password").fill(password);
  await page.keyboard.press("Enter");
}

test("sign-in: a wrong password is said in words, the right one shows today", async () => {
  store.signedIn = false;
  const page = await open([checkout()]);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.equal(await page.evaluate(() => document.activeElement?.localName), "milepost-page", "the form has the focus");
  await signIn(page, "wrong");
  await page.getByRole("alert").getByText("do not match").waitFor();
  await signIn(page, store.password);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  await shows(page, "admin");
});

test("sign-in: throttling says how long, and lets in afterwards", async () => {
  store.signedIn = false;
  store.retryAfter = 30;
  const page = await open([checkout()]);
  await signIn(page, store.password);
  await page.getByRole("alert").getByText("Too many attempts. The store accepts the next one in 30 seconds.").waitFor();
  assert.ok(await page.getByRole("button", { name: "Wait 30 seconds" }).isDisabled());
  store.retryAfter = 0;
  await page.clock.runFor(31_000);
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
});

test("sign-in: a store that cannot be reached is told from a wrong password", async () => {
  store.signedIn = false;
  const page = await open([]);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  store.mode = "down";
  await signIn(page, store.password);
  await page.getByRole("alert").getByText("The store cannot be reached: it does not answer.").waitFor();
});

test("devices: each stands beside the words that its screen shows, asked for only while somebody looks", async () => {
  const page = await open([checkout()]);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  assert.equal(store.count("GET /api/v1/devices"), 0);
  await page.locator("device-list summary").click();
  await page.getByText("None yet.").waitFor();
  store.devices = kiosks();
  await nextPoll(page);
  const row = page.getByRole("row", { name: "Till 1" });
  await until(page, row);
  assert.match(await row.innerText(), /Checkout\s+enrolled\s+Saturday 21 November\D+\d\d:18\s+amber lake piano wolf/);
  assert.match(await page.getByRole("row", { name: "Till 2" }).innerText(), /new\s+no report yet\s*$/);
  assert.equal(await page.locator("device-list").getByRole("row").count(), 4);
});

test("devices: a list that cannot be had says why", async () => {
  const page = await open([checkout()]);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  store.mode = "error";
  await page.locator("device-list summary").click();
  await page.getByText("The list cannot be had: it answers with error 503.").waitFor();
});

test("sign-out: leaves nothing of the data behind", async () => {
  const page = await open([checkout()]);
  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("You are signed out.").waitFor();
  assert.equal(await page.getByText("Checkout").count(), 0);
  const asked = store.count("GET /api/v1/today");
  await nextPoll(page, 20_000);
  assert.equal(store.count("GET /api/v1/today"), asked, "nobody asks while signed out");
});

test("session: one that ends while the page is open brings the form back, with the reason", async () => {
  const page = await open([checkout()]);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  store.signedIn = false;
  await nextPoll(page);
  await page.getByText("Your session has ended. Sign in again.").waitFor();
});

test("scores: each stands with its interval, its count and what it leaves out", async () => {
  const page = await open([checkout()]);
  const csat = page.getByRole("region", { name: /^CSAT/ });
  for (const text of ["82 %", "(75–88)", "n\u00a0=\u00a0124", "54 very satisfied"]) {
    await csat.getByText(text, { exact: false }).first().waitFor();
  }
  const nps = page.getByRole("region", { name: /^NPS/ });
  for (const text of ["+30", "(+15 to +43)", "54 promoters"]) await nps.getByText(text).first().waitFor();
  assert.equal(await csat.locator("svg.whisker").count(), 1);
  const excluded = page.getByText("3 excluded: 2 repeat, 1 burst");
  await excluded.click();
  await page.getByText("Of 127 received.").waitFor();
  await page.getByText("1 burst: more than 6 responses in 30 seconds").waitFor();
  await page.getByText("Northside, Berlin · Saturday 21 November 2026 · 18:20 local time").waitFor();
});

test("scores: below the limit there is a count and no score anywhere", async () => {
  const page = await open([fewAnswers()]);
  await shows(page, "n\u00a0=\u00a07, too few");
  assert.equal(await page.getByText(/\b(?!95 )\d+ %/).count(), 0);
  assert.equal(await page.locator("svg.whisker").count(), 0);
  await shows(page, "Of 5 asked: too few for shares");
});

test("scores: a kind of question that this page does not know is left out", async () => {
  const ces = { ...checkout().scores[0], kind: "ces", question: "effort", text: "How easy was it?" };
  const page = await open([checkout({ scores: [ces, ...checkout().scores] })]);
  await page.getByRole("region", { name: /^CSAT/ }).waitFor();
  assert.equal(await page.getByText("How easy was it?").count(), 0);
});

test("hours: the chart is drawn, the same numbers stand in a table", async () => {
  const page = await open([checkout()]);
  await page.getByRole("img", { name: /Chart of responses and CSAT by hour/ }).waitFor();
  await drawn(page);
  await page.getByText("Hours as a table").click();
  await page.getByRole("row", { name: "12:00 21 81 % (60–92)" }).waitFor();
  await page.getByRole("row", { name: /14:00 9 n\s=\s9, too few/ }).waitFor();
});

test("hours: a tooltip is drawn within the chart, without HTML", async () => {
  const page = await open([checkout()]);
  const chart = page.locator("hours-chart .chart");
  await drawn(page);
  await chart.scrollIntoViewIfNeeded();
  const box = await chart.boundingBox();
  await page.mouse.move(box.x + box.width * 0.36, box.y + box.height * 0.7);
  await page.clock.runFor(1_000);
  await chart.locator("svg text", { hasText: "21 responses" }).waitFor();
});

test("hours: without the charts' script the table stands open", async () => {
  store.missing = "charts-";
  const page = await open([checkout()]);
  await page.getByRole("row", { name: "12:00 21 81 % (60–92)" }).waitFor();
});

test("hours: the repeated hour of autumn is two rows", async () => {
  const hours = [hour(1, 2, null, 120), hour(2, 3, null, 120), hour(2, 4, null, 60)];
  const page = await open([checkout({ day: "2026-10-25", hours })]);
  await page.getByText("Hours as a table").click();
  await page.getByRole("row", { name: "02:00 (UTC+2) 3" }).waitFor();
  await page.getByRole("row", { name: "02:00 (UTC+1) 4" }).waitFor();
});

test("reasons: shares of those asked, question by question", async () => {
  const page = await open([checkout()]);
  await page.getByRole("row", { name: "Friendly staff 50 % (40–60) 51" }).waitFor();
  await page
    .getByRole("table", { name: "Of 22 asked" })
    .getByRole("row", { name: /^Waiting time 41 %/ })
    .waitFor();
});

test("latest: comments keep their language and their direction", async () => {
  const page = await open([checkout()]);
  const comment = page.getByRole("cell", { name: "شكراً جزيلاً، خدمة ممتازة!" });
  assert.equal(await comment.getAttribute("lang"), "ar");
  assert.equal(await comment.getAttribute("dir"), "auto");
  assert.equal(await comment.evaluate((cell) => getComputedStyle(cell).direction), "rtl");
  await page.getByRole("row", { name: /18:12 4 of 5, satisfied repeat, excluded/ }).waitFor();
});

test("refresh: a new response appears without a reload, and is not asked for twice", async () => {
  const page = await open([checkout()]);
  await shows(page, "updated 18:20:31");
  await nextPoll(page);
  await shows(page, "updated 18:20:36");
  assert.equal(store.count("GET /api/v1/today 304"), 1);
  const latest = [response("new", "18:21", 1, 0, { comment: "Just now" }), ...checkout().latest];
  store.today = today(checkout({ responses: 125, raw: 128, latest }));
  await nextPoll(page);
  await page.getByRole("row", { name: /18:21 .*Just now/ }).waitFor();
  await page.getByRole("region", { name: "Responses" }).getByText("125", { exact: true }).waitFor();
  assert.equal(store.count("GET / "), 1, "the page was not loaded again");
});

test("refresh: a hidden tab asks nothing, and asks at once when it is seen again", async () => {
  const page = await open([checkout()]);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  const see = (state) =>
    page.evaluate((state) => {
      Object.defineProperty(document, "visibilityState", { value: state, configurable: true });
      document.dispatchEvent(new Event("visibilitychange"));
    }, state);
  await see("hidden");
  const asked = store.count("GET /api/v1/today");
  await nextPoll(page, 60_000);
  assert.equal(store.count("GET /api/v1/today"), asked);
  await see("visible");
  await shows(page, "updated 18:21:31");
});

for (const [mode, words] of [
  ["down", "it does not answer"],
  ["error", "it answers with error 503"],
  ["portal", "something else answers in its place"],
]) {
  test(`outage: ${mode} shows a banner over the last data, and ends by itself`, async () => {
    const page = await open([checkout()]);
    await shows(page, "updated 18:20:31");
    store.mode = mode;
    const banner = page.getByRole("alert").getByText(words);
    await until(page, banner);
    await shows(page, "What you see is from 18:20:31.");
    await page.getByRole("heading", { name: "Checkout" }).waitFor();
    store.mode = "up";
    await until(page, banner, { gone: true });
    assert.doesNotMatch(await page.getByText("updated").innerText(), /updated 18:20:31/);
  });
}

test("outage: one lost request is nobody's business", async () => {
  const page = await open([checkout()]);
  await shows(page, "updated 18:20:31");
  store.mode = "down";
  const failed = page.waitForEvent("requestfailed");
  await nextPoll(page);
  await failed;
  store.mode = "up";
  await until(page, page.getByText("updated 18:20:31"), { gone: true });
  assert.equal(await page.getByText("cannot be reached").count(), 0);
});

test("outage: a page opened during one recovers too", async () => {
  store.mode = "down";
  const page = await open([checkout()]);
  await shows(page, "Asking the store");
  await until(page, page.getByRole("alert").getByText("The store cannot be reached"));
  store.mode = "up";
  await until(page, page.getByRole("heading", { name: "Checkout" }));
});

test("empty: a day without responses says when the last came and what to look at", async () => {
  const page = await open([emptyDay()]);
  await page.getByRole("heading", { name: "No responses yet today." }).waitFor();
  await shows(page, "The last one came on Friday 20 November at 18:58");
  await shows(page, "Without one it keeps every answer");
});

test("empty: a store without a kiosk says how to add one", async () => {
  const page = await open([]);
  await page.getByRole("heading", { name: "No kiosk yet." }).waitFor();
  await shows(page, "milepost-store device add");
});

test("several touchpoints: sorted by score, too few to rank stand last", async () => {
  const page = await open(sixTouchpoints());
  const table = page.getByRole("table", { name: "Touchpoints" });
  const names = () => table.getByRole("link").allInnerTexts();
  await table.waitFor();
  assert.deepEqual((await names())[0], "Café");
  await table.getByRole("button", { name: "CSAT" }).click();
  assert.deepEqual((await names()).slice(0, 3), ["Fitting rooms", "Checkout", "Entrance"]);
  assert.equal(await table.getByRole("columnheader", { name: "CSAT" }).getAttribute("aria-sort"), "ascending");
  await shows(page, "fewer than 30 answers stand last");
  await table.getByRole("button", { name: "CSAT" }).click();
  assert.deepEqual((await names()).slice(0, 3), ["Entrance", "Checkout", "Fitting rooms"]);
});

test("several touchpoints: chosen by keyboard, kept in the address, there again after a reload", async () => {
  const page = await open(sixTouchpoints());
  await page.getByRole("link", { name: "Entrance" }).focus();
  await page.keyboard.press("Enter");
  const heading = page.getByRole("heading", { name: "Entrance" });
  await heading.waitFor();
  assert.ok(await heading.evaluate((element) => element.getRootNode().activeElement === element));
  assert.ok(page.url().endsWith("#/touchpoint/entrance"));
  await page.reload();
  await heading.waitFor();
  assert.equal(await page.getByRole("link", { name: "Entrance" }).getAttribute("aria-current"), "true");
});

for (const width of [390, 768, 1280, 1920]) {
  test(`width ${width}: nothing sticks out sideways`, async () => {
    const long = { name: "Donaudampfschifffahrtsgesellschaftskapitänsmützenverkaufsstand", site: "S".repeat(80) };
    const latest = [response("long", "18:20", 5, 10, { comment: "a".repeat(400), reasons: ["b".repeat(90)] })];
    const touchpoints = [checkout({ ...long, latest }), ...sixTouchpoints().slice(1)];
    const page = await open(touchpoints, { viewport: { width, height: 900 } });
    await drawn(page);
    const overflow = await page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth);
    assert.ok(overflow <= 0, `${overflow} px too wide`);
  });
}

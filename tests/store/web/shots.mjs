// Pictures of the page for people to judge: node shots.mjs DIRECTORY (needs the variables that ctest sets).
import { mkdir } from "node:fs/promises";
import path from "node:path";
import { launch, openPage } from "./browser.mjs";
import { MockStore } from "./mock_store.mjs";
import { site } from "./places.mjs";
import { checkout, emptyDay, fewAnswers, kiosks, sixTouchpoints, today } from "./samples.mjs";

const directory = process.argv[2] ?? "shots";
const days = { one: [checkout()], six: sixTouchpoints(), empty: [emptyDay()], few: [fewAnswers()], none: [] };
await mkdir(directory, { recursive: true });
const [store, browser] = [await MockStore.start(site), await launch()];

async function shoot(name, width, colorScheme, options = {}, act = async () => {}) {
  const viewport = { width, height: width < 500 ? 844 : 1000 };
  const { page, faults, close } = await openPage(browser, store.url, { viewport, colorScheme, ...options });
  await page.getByRole("heading", { level: 1 }).waitFor();
  if (options.clock) await page.clock.runFor(100);
  const chart = await page.locator("hours-chart").count();
  if (chart) await page.locator("hours-chart svg path").first().waitFor({ state: "attached" });
  await act(page);
  await page.screenshot({ path: path.join(directory, `${name}-${width}-${colorScheme}.png`), fullPage: true });
  if (faults.length) console.error(name, width, colorScheme, faults);
  await close();
}

for (const [name, touchpoints] of Object.entries(days)) {
  store.today = today(...touchpoints);
  for (const width of [390, 1280, 1920]) for (const scheme of ["light", "dark"]) await shoot(name, width, scheme);
}
store.today = today(checkout());
store.devices = kiosks();
for (const [width, scheme] of [
  [390, "light"],
  [1280, "light"],
  [1280, "dark"],
]) {
  await shoot("devices", width, scheme, {}, async (page) => {
    await page.locator("device-list summary").click();
    await page.getByText("amber lake piano wolf").waitFor();
  });
}
await shoot("forced", 1280, "dark", { forcedColors: "active" });
await shoot("outage", 1280, "light", { clock: "2026-11-21T17:20:31Z" }, async (page) => {
  await page.getByText("updated").waitFor();
  store.mode = "down";
  while ((await page.getByText("cannot be reached").count()) === 0) await page.clock.runFor(500);
  await page.locator("summary").first().click();
});
store.mode = "up";
store.signedIn = false;
for (const scheme of ["light", "dark"]) await shoot("sign-in", 1280, scheme);
await shoot("sign-in", 390, "light");
await browser.close();
await store.stop();

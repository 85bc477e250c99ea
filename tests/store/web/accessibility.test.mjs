// axe-core on every state of the page, light, dark and in forced colours.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { MockStore } from "./mock_store.mjs";
import { load, site } from "./places.mjs";
import { checkout, emptyDay, fewAnswers, kiosks, sixTouchpoints, today } from "./samples.mjs";

let browser, store, axe;
before(async () => {
  browser = await launch();
  axe = await readFile(load.resolve("axe-core/axe.min.js"), "utf8");
});
after(() => browser.close());
beforeEach(async () => (store = await MockStore.start(site)));
afterEach(() => store.stop());

/** What axe finds, of any weight. Runs in the page by the debugger: the page's policy does not apply to it. */
async function violations(page) {
  await page.evaluate(axe);
  const { violations } = await page.evaluate(() => window.axe.run(document, { resultTypes: ["violations"] }));
  return violations.map(({ id, impact, nodes }) => `${impact} ${id}: ${nodes.map(({ target }) => target).join(" | ")}`);
}

const states = {
  "one touchpoint": { touchpoints: [checkout()], ready: "hours-chart svg path" },
  "six touchpoints": { touchpoints: sixTouchpoints(), ready: "hours-chart svg path" },
  "few answers": { touchpoints: [fewAnswers()], ready: "hours-chart svg path" },
  "empty day": { touchpoints: [emptyDay()], ready: "touchpoint-detail .empty" },
  "no kiosk": { touchpoints: [], ready: "code" },
  "sign-in": { touchpoints: [], ready: "sign-in form", signedIn: false },
};

for (const [name, { touchpoints, ready, signedIn = true }] of Object.entries(states)) {
  for (const options of [
    { colorScheme: "light" },
    { colorScheme: "dark" },
    { viewport: { width: 390, height: 844 } },
  ]) {
    test(`axe: ${name} with ${JSON.stringify(options)}`, async () => {
      store.signedIn = signedIn;
      store.today = today(...touchpoints);
      store.devices = kiosks();
      const { page, faults, close } = await openPage(browser, store.url, options);
      await page.locator(ready).first().waitFor({ state: "attached" });
      for (const summary of await page.locator("summary").all()) await summary.click();
      if (signedIn) await page.getByText("amber lake piano wolf").waitFor();
      assert.deepEqual(await violations(page), []);
      assert.deepEqual(faults, []);
      await close();
    });
  }
}

test("axe itself: sees a missing label", async () => {
  store.today = today(checkout());
  const { page, close } = await openPage(browser, store.url);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  await page.evaluate(() => document.body.append(document.createElement("input")));
  assert.match((await violations(page)).join(), /critical label/);
  await close();
});

test("forced colours: bars, whiskers and chart stay visible on the system's background", async () => {
  store.today = today(checkout());
  const { page, close } = await openPage(browser, store.url, { forcedColors: "active", colorScheme: "dark" });
  await page.locator("hours-chart svg path").first().waitFor({ state: "attached" });
  const background = await page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  for (const [drawing, property] of Object.entries({
    ".whisker .range": "stroke",
    ".whisker .point": "fill",
    ".share .bar": "fill",
  })) {
    const colour = await page
      .locator(drawing)
      .first()
      .evaluate((element, name) => getComputedStyle(element)[name], property);
    assert.notEqual(colour, background, drawing);
  }
  await close();
});

test("keyboard: every control is reached by Tab and shows its focus", async () => {
  store.today = today(...sixTouchpoints());
  const { page, close } = await openPage(browser, store.url);
  await page.locator("hours-chart svg path").first().waitFor({ state: "attached" });
  const reached = [];
  for (let presses = 0; presses < 16; presses += 1) {
    await page.keyboard.press("Tab");
    reached.push(
      await page.evaluate(() => {
        let element = document.activeElement;
        while (element?.shadowRoot?.activeElement) element = element.shadowRoot.activeElement;
        return { name: element.textContent.trim(), outline: parseFloat(getComputedStyle(element).outlineWidth) };
      }),
    );
  }
  const names = reached.map(({ name }) => name);
  for (const name of ["Sign out", "CSAT", "Fitting rooms", "Hours as a table"]) assert.ok(names.includes(name), name);
  for (const { name, outline } of reached.slice(0, 12)) assert.ok(outline >= 3, `${name}: ${outline}`);
  await close();
});

// Strangers' text reaches this page: it stays text, and the strict policy is never needed nor broken.
import assert from "node:assert/strict";
import { after, afterEach, before, beforeEach, test } from "node:test";
import { launch, openPage } from "./browser.mjs";
import { MockStore } from "./mock_store.mjs";
import { site } from "./places.mjs";
import { checkout, kiosks, response, sixTouchpoints, today } from "./samples.mjs";

const run = "reportFault('executed')";
const payloads = [
  `<script>${run}</script>`,
  `"><script>${run}</script>`,
  `<img src=x onerror="${run}">`,
  `<svg onload="${run}"><animate onbegin="${run}" attributeName=x dur=1s>`,
  `"onmouseover="${run}" autofocus onfocus="${run}" x="`,
  `'onfocus='${run}' autofocus tabindex=1 x='`,
  `javascript:${run}`,
  `<a href="javascript:${run}">click</a>`,
  `<iframe srcdoc="<script>parent.${run}</script>"></iframe>`,
  `<details open ontoggle="${run}">`,
  `</style><script>${run}</script>`,
  `<style>@import 'javascript:${run}'</style>`,
  `</title><script>${run}</script>`,
  `<math><mi xlink:href="data:x,<script>${run}</script>">`,
  `<template><script>${run}</script></template>`,
  `<!--><img src=x onerror="${run}">-->`,
  `\${${run}}{{constructor.constructor("${run}")()}}`,
  `{a|rich}{b|<img src=x onerror=${run}>}`,
  `\u202e<img src=x onerror=${run}>\u0000\ufeff`,
  `<base href="http://elsewhere.invalid/"><link rel=stylesheet href=//elsewhere.invalid/x.css>`,
  `<form action=//elsewhere.invalid><button formaction="javascript:${run}">`,
  `__proto__`,
];

/** Every string that a stranger, or a careless head office, can set. */
function poisoned(text) {
  const reasons = checkout().reasons.map((reason) => ({ ...reason, label: text, option: text, question: text }));
  const scores = checkout().scores.map((score) => ({ ...score, text }));
  const strings = { language: text, reasons: [text, text], comment: text, ended: text, flags: [text], local: text };
  return checkout({
    ...{ id: text, name: text, site: text, time_zone: text, local_time: text, excluded_why: { [text]: 2 } },
    ...{ reasons, scores, latest: [response(text, text, 4, 9, { ...strings, day: text })] },
  });
}

/** Elements and attributes that have no business on this page, shadow roots included. */
function alien() {
  const found = [];
  const visit = (root) => {
    for (const element of root.querySelectorAll("*")) {
      if (/^(script|iframe|img|object|embed|base|form|math|animate|template)$/.test(element.localName)) {
        if (!element.closest("head")) found.push(element.localName);
      }
      for (const { name, value } of element.attributes) {
        const isUrl = /^(href|xlink:href|src|srcdoc|action|formaction|data)$/.test(name);
        if (name.startsWith("on") || (isUrl && /^\s*javascript:/i.test(value))) {
          found.push(`${element.localName} ${name}`);
        }
      }
      if (element.shadowRoot) visit(element.shadowRoot);
    }
  };
  visit(document);
  return found;
}

let browser, store;
before(async () => (browser = await launch()));
after(() => browser.close());
beforeEach(async () => (store = await MockStore.start(site)));
afterEach(() => store.stop());

/** With the tooltip shown and everything unfolded. */
async function look(text, options = {}) {
  store.today = today(poisoned(text), ...sixTouchpoints().slice(1, 2));
  store.devices = [{ ...kiosks(text)[0], id: text, touchpoint: text, state: text, words: text }];
  const view = await openPage(browser, store.url, options);
  const { page } = view;
  await page.goto(`${store.url}/#/touchpoint/${encodeURIComponent(text)}`);
  const chart = page.locator("hours-chart .chart");
  await chart.locator("svg path").first().waitFor({ state: "attached" });
  for (const summary of await page.locator("summary").all()) await summary.click();
  await page.locator("device-list tbody tr").waitFor();
  await chart.hover();
  for (const element of await page.locator("a, .flag").all()) await element.hover();
  return view;
}

for (const csp of [true, false]) {
  test(`strangers' text: nothing of the corpus runs, policy ${csp ? "on" : "off"}`, async () => {
    store.csp = csp;
    for (const text of payloads) {
      const { page, faults, close } = await look(text);
      assert.deepEqual(await page.evaluate(alien), [], text);
      assert.deepEqual(faults, [], text);
      const comment = await page.locator("latest-responses .comment span").textContent();
      assert.equal(comment, text, "shown letter by letter");
      await close();
    }
  });
}

test("the alarm itself: a payload put in as HTML is seen to run", async () => {
  store.csp = false;
  const { page, faults, close } = await look("harmless");
  await page.evaluate((html) => (document.body.innerHTML = html), payloads[2]);
  await page.waitForFunction(() => document.images[0]?.complete);
  assert.ok((await page.evaluate(alien)).includes("img onerror"));
  assert.ok(faults.includes("executed"), faults.join());
  await close();
});

test("the alarm itself: a broken policy is reported", async () => {
  store.today = today(checkout());
  const { page, faults, close } = await openPage(browser, store.url);
  await page.evaluate(() => document.body.setAttribute("style", "color: red"));
  await page.waitForFunction(() => true);
  assert.ok(
    faults.some((fault) => fault.startsWith("CSP: style-src")),
    faults.join(),
  );
  await close();
});

test("policy: a whole visit breaks it nowhere, and asks nobody else", async () => {
  for (const options of [{ colorScheme: "light" }, { colorScheme: "dark" }, { reducedMotion: "no-preference" }]) {
    const { page, faults, close } = await look("Checkout", options);
    await page.getByRole("button", { name: "NPS" }).click();
    await page.getByRole("button", { name: "Sign out" }).click();
    await page.getByLabel("User").fill("admin");
    await page.getByLabel("Password").fill(store.password);
    await page.keyboard.press("Enter");
    await page.getByRole("table", { name: "Touchpoints" }).waitFor();
    assert.deepEqual(faults, []);
    await close();
  }
});

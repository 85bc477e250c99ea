// A browser on the page, and what went wrong in it.
import { load } from "./places.mjs";

const { chromium } = load("playwright-core");

const flags = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** playwright makes a new, empty profile by itself. */
export function launch() {
  const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
  return chromium.launch({ executablePath, args: flags, chromiumSandbox: process.getuid() !== 0 });
}

/**
 * A page of its own profile. `faults` fills with CSP violations, script errors, dialogs, requests to
 * elsewhere and proofs of executed payloads; `clock` moves by hand where the test says so.
 */
export async function openPage(browser, url, { clock = null, ...options } = {}) {
  const context = await browser.newContext({
    reducedMotion: "reduce",
    locale: "en-GB",
    timezoneId: "Europe/Berlin",
    ...options,
  });
  const page = await context.newPage();
  page.setDefaultTimeout(15_000);
  const faults = [];
  page.on("pageerror", (error) => faults.push(`script error: ${error.message}`));
  page.on("dialog", (dialog) => {
    faults.push(`dialog: ${dialog.message()}`);
    void dialog.dismiss();
  });
  page.on("request", (request) => {
    if (!request.url().startsWith(`${url}/`)) faults.push(`request elsewhere: ${request.url()}`);
  });
  await page.exposeFunction("reportFault", (fault) => faults.push(fault));
  await page.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", (event) =>
      window.reportFault(`CSP: ${event.violatedDirective} ${event.blockedURI} ${event.sample}`),
    );
  });
  if (clock) {
    await page.clock.install({ time: new Date(Date.parse(clock) - 1_000) });
    await page.clock.pauseAt(new Date(clock));
  }
  await page.goto(url);
  return { page, faults, close: () => context.close() };
}

/** The next look at the store, without waiting for it. */
export async function nextPoll(page, milliseconds = 5_100) {
  await page.clock.runFor(milliseconds);
}

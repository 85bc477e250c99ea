// The page out of the real milepost-store: MILEPOST_STORE_PROGRAM names it.
import assert from "node:assert/strict";
import { execFile, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { launch, openPage } from "./browser.mjs";

const program = process.env.MILEPOST_STORE_PROGRAM;
const skip = program ? false : "MILEPOST_STORE_PROGRAM is not set";
let browser, data, store;

/** Starts the store and reads what it prints, up to its address. */
async function serve(listen = "127.0.0.1:0") {
  const child = spawn(program, ["serve", "--data", data, "--listen", listen], { stdio: ["ignore", "pipe", "pipe"] });
  let said = "";
  const url = await new Promise((resolve, reject) => {
    const hear = (chunk) => {
      said += chunk;
      const address = /listening on (http:\S+)\n/.exec(said);
      if (address) resolve(address[1]);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", reject);
    child.on("exit", (code) => reject(new Error(`milepost-store ended with ${code}: ${said}`)));
  });
  return { url, child, password: /with the password (\S+)/.exec(said)?.[1] };
}

async function stop({ child }) {
  if (child.exitCode !== null) return;
  const ended = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await ended;
}

before(async () => {
  if (skip) return;
  data = await mkdtemp(path.join(tmpdir(), "milepost-store-"));
  [store, browser] = [await serve(), await launch()];
});

after(async () => {
  if (skip) return;
  await browser?.close();
  if (store) await stop(store);
  await rm(data, { recursive: true });
});

test("the real store: sign in, add a kiosk, lose the store and find it again", { skip }, async () => {
  const { page, faults, close } = await openPage(browser, store.url);
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  await page.getByLabel("User").fill("admin");
  await page.getByLabel("Password").fill("not this");
  await page.keyboard.press("Enter");
  await page.getByRole("alert").getByText("do not match").waitFor();
  await page.getByLabel("Password").fill(store.password);
  await page.keyboard.press("Enter");
  await page.getByRole("heading", { name: "No kiosk yet." }).waitFor();

  const place = ["--name", "Till 1", "--site", "Northside", "--touchpoint", "Checkout"];
  await promisify(execFile)(program, ["device", "add", "--data", data, ...place, "--json"]);
  await page.getByRole("heading", { name: "Checkout" }).waitFor();
  await page.getByRole("heading", { name: "No responses yet today." }).waitFor();

  await stop(store);
  await page.getByRole("alert").getByText("The store cannot be reached").waitFor();
  store = await serve(new URL(store.url).host);
  await page.getByText("The store cannot be reached").waitFor({ state: "detached" });
  await page.getByRole("heading", { name: "Checkout" }).waitFor();

  await page.getByRole("button", { name: "Sign out" }).click();
  await page.getByText("You are signed out.").waitFor();
  await page.reload();
  await page.getByRole("heading", { name: "Sign in" }).waitFor();
  assert.deepEqual(faults, []);
  await close();
});

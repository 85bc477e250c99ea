// What the page computes, without a browser.
import assert from "node:assert/strict";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { after, before, test } from "node:test";
import { pathToFileURL } from "node:url";
import { load, modules, sources } from "./places.mjs";
import { checkout, emptyDay, fewAnswers, hour, nps, csat, sixTouchpoints } from "./samples.mjs";

let directory, format, hours, links, ranking, wilson;

before(async () => {
  directory = await mkdtemp(path.join(tmpdir(), "milepost-web-"));
  const names = ["format", "hours", "links", "ranking", "wilson"];
  await load("esbuild").build({
    entryPoints: names.map((name) => path.join(sources, `${name}.ts`)),
    outdir: directory,
    outExtension: { ".js": ".mjs" },
    nodePaths: [modules],
    bundle: true,
    format: "esm",
    platform: "node",
  });
  const imports = names.map((name) => import(pathToFileURL(path.join(directory, `${name}.mjs`))));
  [format, hours, links, ranking, wilson] = await Promise.all(imports);
});

after(() => rm(directory, { recursive: true }));

test("wilson: reproduces the golden values", () => {
  const golden = [
    [9, 10, 0.59585, 0.982124],
    [27, 30, 0.743789, 0.9654],
    [90, 100, 0.825634, 0.944771],
    [360, 400, 0.866689, 0.925701],
    [0, 10, 0, 0.277533],
  ];
  for (const [k, n, low, high] of golden) {
    const interval = wilson.wilson(k, n);
    assert.ok(Math.abs(interval.low - low) < 1e-6, `${k}/${n}: ${interval.low}`);
    assert.ok(Math.abs(interval.high - high) < 1e-6, `${k}/${n}: ${interval.high}`);
  }
});

test("format: scores and intervals read as people write them", () => {
  assert.equal(format.scoreText("csat", 82.26), "82 %");
  assert.equal(format.scoreText("nps", 30), "+30");
  assert.equal(format.scoreText("nps", -0.3), "0");
  assert.equal(format.scoreText("nps", -12.6), "−13");
  assert.equal(format.intervalText({ kind: "csat", low: 75.6, high: 87.4 }), "76–87");
  assert.equal(format.intervalText({ kind: "nps", low: -12.59, high: 74.12 }), "−13 to +74");
  assert.equal(format.shareText({ share: 0.5, low: 0.404, high: 0.596 }), "50 % (40–60)");
  assert.equal(format.tooFewText(7), "n\u00a0=\u00a07, too few");
  assert.equal(format.excludedText(checkout()), "3 excluded: 2 repeat, 1 burst");
  assert.equal(format.dayText("2026-11-21"), "Saturday 21 November 2026");
  assert.equal(format.dayText("soon"), "soon");
  assert.equal(format.localTime(0, "No/Where"), null);
  assert.equal(format.waitText(1), "1 second");
  assert.equal(format.waitText(600), "10 minutes");
});

test("hours: an ordinary day has 24, spring's 23 and autumn's 25", () => {
  assert.equal(hours.hoursOfDay("2026-11-21", "Europe/Berlin").length, 24);
  const spring = hours.hoursOfDay("2026-03-29", "Europe/Berlin");
  assert.deepEqual(
    spring.slice(0, 4).map(({ hour, offset_minutes }) => [hour, offset_minutes]),
    [
      [0, 60],
      [1, 60],
      [3, 120],
      [4, 120],
    ],
  );
  assert.equal(spring.length, 23);
  const autumn = hours.hoursOfDay("2026-10-25", "Europe/Berlin");
  assert.equal(autumn.length, 25);
  assert.deepEqual(
    autumn.filter(({ hour }) => hour === 2).map((name) => name.offset_minutes),
    [120, 60],
  );
  assert.equal(hours.hoursOfDay("2026-11-21", "Asia/Kathmandu").length, 24);
  assert.equal(hours.hoursOfDay("2026-11-21", "Pacific/Kiritimati").length, 24);
});

test("hours: the repeated hour is two bars, told apart by offset", () => {
  const data = [hour(2, 3, null, 120), hour(2, 5, null, 60), hour(4, 1, null, 60)];
  const slots = hours.hourSlots(data, "2026-10-25", "Europe/Berlin", null);
  assert.deepEqual(
    slots.slice(0, 4).map(({ label, data }) => [label, data?.responses ?? 0]),
    [
      ["02:00 (UTC+2)", 3],
      ["02:00 (UTC+1)", 5],
      ["03:00", 0],
      ["04:00", 1],
    ],
  );
});

test("hours: gaps are kept, the day runs on to now, and no hour of the store is lost", () => {
  const names = (slots) => slots.map(({ label }) => label);
  const data = [hour(9, 1, null), hour(11, 1, null)];
  const slots = hours.hourSlots(data, "2026-11-21", "Europe/Berlin", 20);
  assert.equal(names(slots)[0], "09:00");
  assert.equal(names(slots).at(-1), "20:00");
  assert.equal(slots.length, 12);
  assert.equal(hours.hourSlots([hour(23, 1, null)], "2026-11-21", "Europe/Berlin", 23).length, 10);
  assert.deepEqual(names(hours.hourSlots(data, "2026-11-21", "No/Where", null)), ["09:00", "11:00"]);
  assert.equal(hours.hourSlots([hour(9, 2, null, 345)], "2026-11-21", "Europe/Berlin", null)[0].data.responses, 2);
  assert.deepEqual(hours.hourSlots([], "2026-11-21", "Europe/Berlin", 9), []);
});

test("hours: a score comes with its interval, or with why there is none", () => {
  const row = (data) => hours.hourRow({ hour: 9, offset_minutes: 60, label: "09:00", data });
  assert.equal(row(hour(9, 10, 90)).csatText, "90 % (60–98)");
  assert.equal(row(hour(9, 7, 90)).csatText, "n\u00a0=\u00a07, too few");
  assert.equal(row(hour(9, 7, 90)).csat, null);
  assert.equal(row(null).csatText, "no answers yet");
});

test("ranking: too few answers for a place stand last in either direction", () => {
  const places = sixTouchpoints();
  const names = (column, down) => ranking.sorted(places, column, down).map(({ id }) => id);
  assert.deepEqual(names("csat", true).slice(0, 3), ["entrance", "checkout", "fitting"]);
  assert.deepEqual(names("csat", false).slice(0, 3), ["fitting", "checkout", "entrance"]);
  assert.deepEqual(names("csat", false).slice(3), names("csat", true).slice(3));
  assert.deepEqual(names("responses", true)[0], "fitting");
  assert.equal(names("name", false)[0], "cafe");
  assert.equal(ranking.rank(fewAnswers(), "csat"), null);
  assert.equal(ranking.rank(emptyDay(), "nps"), null);
});

test("links: every touchpoint's id survives the address", () => {
  for (const id of ["checkout", "a/b?c#d", "Kasse 1 – Süd", "%41", "収銀"]) {
    assert.equal(links.touchpointOf(links.linkTo(id)), id);
  }
  assert.equal(links.touchpointOf("#/touchpoint/%E0%A4%A"), "");
  assert.equal(links.touchpointOf("#elsewhere"), "");
});

test("samples: agree with the golden intervals, or the pictures lie", () => {
  assert.ok(Math.abs(csat([0, 1, 0, 4, 5]).low - 59.585) < 0.01);
  const { score, low, high } = nps([0, 0, 0, 0, 0, 0, 2, 1, 1, 3, 3]);
  assert.equal(score, 40);
  assert.ok(Math.abs(low - -12.59) < 0.01 && Math.abs(high - 74.12) < 0.01, `${low}..${high}`);
});

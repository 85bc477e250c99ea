import type { Score, Touchpoint } from "./api.js";

/** U+2212: a hyphen is too short to be read as a minus, and screen readers skip it. */
const minus = "\u2212";

const count = new Intl.NumberFormat("en", { maximumFractionDigits: 0 });

export function number(value: number): string {
  return count.format(value).replace("-", minus);
}

export function plural(n: number, one: string, many: string = `${one}s`): string {
  return `${number(n)} ${n === 1 ? one : many}`;
}

export const kindName: Record<Score["kind"], string> = { csat: "CSAT", nps: "NPS" };

/** −0.3 is +0 to a reader, never −0. */
function signed(value: number): string {
  const rounded = Math.round(value) || 0;
  return rounded > 0 ? `+${number(rounded)}` : number(rounded);
}

export function scoreText(kind: Score["kind"], score: number): string {
  return kind === "csat" ? `${number(Math.round(score))} %` : signed(score);
}

export function intervalText(score: { kind: Score["kind"]; low: number; high: number }): string {
  if (score.kind === "csat") return `${number(Math.round(score.low))}–${number(Math.round(score.high))}`;
  return `${signed(score.low)} to ${signed(score.high)}`;
}

/** The store's default, for what it sends without a word on it (metrics.md, "Suppression"). */
export const fewestAnswers = 10;

export function tooFewText(n: number): string {
  return n === 0 ? "no answers yet" : `n = ${number(n)}, too few`;
}

export function shareText(reason: { share: number; low: number; high: number }): string {
  const [share, low, high] = [reason.share, reason.low, reason.high].map((part) => Math.round(part * 100));
  return `${share} % (${low}–${high})`;
}

/** Why a response is left out of the scores; the names are the kiosk's. */
const flagMeanings: Record<string, string> = {
  repeat: "begun under 2 seconds after the one before",
  burst: "more than 6 responses in 30 seconds",
  too_fast: "answered faster than anybody reads",
  wipe: "the screen was being cleaned",
  after_hours: "outside opening hours",
  test: "staff test",
};

export function flagName(flag: string): string {
  return flag.replaceAll("_", " ");
}

export function flagMeaning(flag: string): string {
  return flagMeanings[flag] ?? "flagged by the kiosk";
}

export function excludedText(touchpoint: Touchpoint): string {
  const why = Object.entries(touchpoint.excluded_why).map(([flag, n]) => `${number(n)} ${flagName(flag)}`);
  return `${number(touchpoint.excluded)} excluded` + (why.length > 0 ? `: ${why.join(", ")}` : "");
}

export function two(value: number): string {
  return String(value).padStart(2, "0");
}

export function clockText(time: number): string {
  const at = new Date(time);
  return `${two(at.getHours())}:${two(at.getMinutes())}:${two(at.getSeconds())}`;
}

function inZone(time: number, timeZone: string, options: Intl.DateTimeFormatOptions): string | null {
  try {
    return new Intl.DateTimeFormat("en-GB", { ...options, timeZone }).format(time);
  } catch {
    return null; // A zone that this browser does not know.
  }
}

export function localTime(time: number, timeZone: string): string | null {
  return inZone(time, timeZone, { hour: "2-digit", minute: "2-digit", hour12: false });
}

export function localMoment(time: number, timeZone: string): string | null {
  return inZone(time, timeZone, {
    weekday: "long",
    day: "numeric",
    month: "long",
    hour: "2-digit",
    minute: "2-digit",
    hour12: false,
  });
}

/** "2026-11-21" → "Saturday 21 November 2026", whatever zone the browser is in. */
export function dayText(day: string): string {
  const time = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(time)) return day;
  const options: Intl.DateTimeFormatOptions = { weekday: "long", day: "numeric", month: "long", year: "numeric" };
  return inZone(time, "UTC", options)?.replace(",", "") ?? day;
}

export function waitText(seconds: number): string {
  return seconds < 90 ? plural(seconds, "second") : plural(Math.ceil(seconds / 60), "minute");
}

import type { Hour } from "./api.js";
import { intervalText, plural, scoreText, tooFewText, two } from "./format.js";
import { wilson } from "./wilson.js";

/** An hour of a site's day. A day of 25 hours has one hour twice, told apart by `offset_minutes`. */
export interface HourSlot {
  hour: number;
  offset_minutes: number;
  /** "09:00", or "02:00 (UTC+2)" in an hour that the day has twice. */
  label: string;
  /** Null: nothing was answered in this hour. */
  data: Hour | null;
}

interface HourName {
  hour: number;
  offset_minutes: number;
}

const quarter = 15 * 60_000;
/** Chart labels stay readable, and a lone bar does not fill the chart. */
const fewestShown = 10;

const daysHours = new Map<string, HourName[]>();

/** Minutes since the epoch at which the hour would begin if its offset always held: sorts repeated hours. */
function instant(name: HourName): number {
  return name.hour * 60 - name.offset_minutes;
}

/**
 * The hours that `day` has in `timeZone`: 23, 24 or 25 of them. Found by asking the browser for the local
 * time of every quarter of an hour around it, because nothing simpler is right in every zone.
 */
export function hoursOfDay(day: string, timeZone: string): HourName[] {
  const key = `${day} ${timeZone}`;
  let hours = daysHours.get(key);
  if (!hours) {
    hours = findHours(day, timeZone);
    daysHours.clear();
    daysHours.set(key, hours);
  }
  return hours;
}

function findHours(day: string, timeZone: string): HourName[] {
  const noon = Date.parse(`${day}T12:00:00Z`);
  if (Number.isNaN(noon)) return [];
  let format: Intl.DateTimeFormat;
  try {
    const digits = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit" } as const;
    format = new Intl.DateTimeFormat("en-GB", { ...digits, hourCycle: "h23", timeZone });
  } catch {
    return []; // A zone that this browser does not know: only the hours that the store names.
  }
  const hours: HourName[] = [];
  for (let time = noon - 28 * 3_600_000; time <= noon + 28 * 3_600_000; time += quarter) {
    const part = Object.fromEntries(format.formatToParts(time).map(({ type, value }) => [type, value]));
    if (`${part.year}-${part.month}-${part.day}` !== day || part.minute !== "00") continue;
    const asUtc = Date.parse(`${day}T${part.hour}:00:00Z`);
    hours.push({ hour: Number(part.hour), offset_minutes: Math.round((asUtc - time) / 60_000) });
  }
  return hours;
}

function offsetText(minutes: number): string {
  const size = Math.abs(minutes);
  const rest = size % 60 ? `:${two(size % 60)}` : "";
  return `UTC${minutes < 0 ? "\u2212" : "+"}${Math.floor(size / 60)}${rest}`;
}

/** The part of the day worth showing: from the first answered hour to the last one or to now, gaps included. */
export function hourSlots(data: Hour[], day: string, timeZone: string, hourNow: number | null): HourSlot[] {
  const same = (a: HourName, b: HourName) => a.hour === b.hour && a.offset_minutes === b.offset_minutes;
  const names = hoursOfDay(day, timeZone);
  const missing = data.filter((hour) => !names.some((name) => same(name, hour)));
  const all = [...names, ...missing].sort((a, b) => instant(a) - instant(b));
  const slots = all.map((name): HourSlot => {
    const twice = all.filter(({ hour }) => hour === name.hour).length > 1;
    const label = `${two(name.hour)}:00` + (twice ? ` (${offsetText(name.offset_minutes)})` : "");
    return { ...name, label, data: data.find((hour) => same(hour, name)) ?? null };
  });
  const answered = slots.flatMap((slot, index) => (slot.data && slot.data.responses > 0 ? [index] : []));
  if (answered.length === 0) return [];
  const now = slots.findIndex((slot) => slot.hour === hourNow);
  return window(slots, answered[0]!, Math.max(answered[answered.length - 1]!, now));
}

function window(slots: HourSlot[], first: number, last: number): HourSlot[] {
  const size = Math.max(last - first + 1, fewestShown);
  const from = Math.max(0, Math.min(first, slots.length - size));
  return slots.slice(from, from + size);
}

/** What a chart or a table says of an hour. */
export interface HourRow {
  label: string;
  responses: number;
  responsesText: string;
  /** Null where there are too few answers for a score. */
  csat: { score: number; low: number; high: number } | null;
  csatText: string;
}

export function hourRow({ label, data }: HourSlot): HourRow {
  const responses = data?.responses ?? 0;
  const row = { label, responses, responsesText: plural(responses, "response") };
  const csat = data?.csat;
  if (!csat || csat.score === null || !csat.shown) return { ...row, csat: null, csatText: tooFewText(csat?.n ?? 0) };
  const { low, high } = wilson(Math.round((csat.score * csat.n) / 100), csat.n);
  const interval = { kind: "csat" as const, score: csat.score, low: low * 100, high: high * 100 };
  return { ...row, csat: interval, csatText: `${scoreText("csat", csat.score)} (${intervalText(interval)})` };
}

/** What the store's `/api/v1` says, and the few calls of it that the page makes. */

export interface Score {
  survey: string;
  question: string;
  kind: "csat" | "nps";
  text: string;
  n: number;
  score: number | null;
  /** The interval; null with no answers. */
  low: number | null;
  high: number | null;
  /** False below the number of answers from which a score means anything. */
  shown: boolean;
  /** From the lowest value of the scale to the highest. */
  counts: number[];
}

export interface Hour {
  hour: number;
  offset_minutes: number;
  responses: number;
  csat: { n: number; score: number | null; shown: boolean } | null;
}

/** Shares lie between 0 and 1. */
export interface Reason {
  survey: string;
  question: string;
  option: string;
  label: string;
  count: number;
  asked: number;
  share: number;
  low: number;
  high: number;
}

export interface LatestResponse {
  id: string;
  at: string;
  local: string;
  day: string;
  /** False: the kiosk's clock was not set; `local` is the store's best guess. */
  dated?: boolean;
  language: string;
  csat: number | null;
  nps: number | null;
  reasons: string[];
  comment: string | null;
  ended: string;
  flags: string[];
}

export interface Touchpoint {
  id: string;
  name: string;
  site: string;
  time_zone: string;
  day: string;
  local_time: string;
  /** What the scores rest on; `raw` counts the excluded ones too. */
  responses: number;
  raw: number;
  excluded: number;
  excluded_why: Record<string, number>;
  undated: number;
  last_response: string | null;
  scores: Score[];
  hours: Hour[];
  reasons: Reason[];
  latest: LatestResponse[];
}

export interface Today {
  generated: string;
  touchpoints: Touchpoint[];
}

export interface Device {
  id: string;
  name: string;
  touchpoint: string;
  state: "new" | "enrolled" | "revoked";
  /** The four that its screen shows too; null before it enrolled. */
  words: string | null;
  last_report: string | null;
}

/** `clock` is the store's own time where it said it: the browser's may be wrong. */
export type Answer<T> =
  | { kind: "ok"; value: T; etag: string | null; clock: number | null }
  | { kind: "unchanged"; clock: number | null }
  | { kind: "signed_out" }
  | { kind: "throttled"; seconds: number }
  | { kind: "unreachable"; why: string };

const patience = 10_000;
const noReply = "it does not answer";
const notOurs = "something else answers in its place";

async function call(path: string, options: RequestInit): Promise<Response | null> {
  const abort = new AbortController();
  const timer = setTimeout(() => abort.abort(), patience);
  try {
    const response = await fetch(path, { ...options, cache: "no-store", redirect: "error", signal: abort.signal });
    // The body is read under the same deadline, so that a stalled one cannot hold the page up.
    const body = response.status === 204 || response.status === 304 ? null : await response.arrayBuffer();
    return new Response(body, { status: response.status, headers: response.headers });
  } catch {
    return null;
  } finally {
    clearTimeout(timer);
  }
}

function clockOf(response: Response): number | null {
  const time = Date.parse(response.headers.get("date") ?? "");
  return Number.isNaN(time) ? null : time;
}

function secondsToWait(response: Response): number {
  const seconds = Number(response.headers.get("retry-after"));
  return Number.isFinite(seconds) && seconds > 0 ? Math.min(Math.ceil(seconds), 3600) : 30;
}

async function answer<T>(response: Response | null, valid: (value: unknown) => value is T): Promise<Answer<T>> {
  if (!response) return { kind: "unreachable", why: noReply };
  const clock = clockOf(response);
  if (response.status === 304) return { kind: "unchanged", clock };
  if (response.status === 401) return { kind: "signed_out" };
  if (response.status === 429) return { kind: "throttled", seconds: secondsToWait(response) };
  if (!response.ok) return { kind: "unreachable", why: `it answers with error ${response.status}` };
  const value: unknown = await response.json().catch(() => undefined);
  if (!valid(value)) return { kind: "unreachable", why: notOurs };
  return { kind: "ok", value, etag: response.headers.get("etag"), clock };
}

const isToday = (value: unknown): value is Today => Array.isArray((value as Today | undefined)?.touchpoints);
/** Of the kinds of questions, those that this page can draw. */
const isDrawn = ({ kind }: Score) => kind === "csat" || kind === "nps";
const isDeviceList = (value: unknown): value is { devices: Device[] } =>
  Array.isArray((value as { devices?: unknown } | undefined)?.devices);
const isSession = (value: unknown): value is { user: string } =>
  typeof (value as { user?: unknown } | undefined)?.user === "string";

export async function getToday(etag: string | null): Promise<Answer<Today>> {
  const response = await call("/api/v1/today", { headers: etag ? { "If-None-Match": etag } : {} });
  const today = await answer(response, isToday);
  if (today.kind === "ok") for (const place of today.value.touchpoints) place.scores = place.scores.filter(isDrawn);
  return today;
}

export async function getSession(): Promise<Answer<{ user: string }>> {
  return answer(await call("/api/v1/session", {}), isSession);
}

export async function getDevices(): Promise<Answer<{ devices: Device[] }>> {
  return answer(await call("/api/v1/devices", {}), isDeviceList);
}

export async function signIn(user: string, password: string): Promise<Answer<null>> {
  const response = await call("/api/v1/session", {
    method: "POST",
    headers: { "Content-Type": "application/json" },
    body: JSON.stringify({ user, password }),
  });
  if (response?.status === 204) return { kind: "ok", value: null, etag: null, clock: clockOf(response) };
  return answer(response, (value): value is null => value === null);
}

/** True when the store has ended the session. */
export async function signOut(): Promise<boolean> {
  const response = await call("/api/v1/session", { method: "DELETE" });
  return response?.status === 204 || response?.status === 401;
}

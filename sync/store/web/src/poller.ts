import { type Answer, getToday, type Today } from "./api.js";

export interface PollerEvents {
  /** The store answered; `today` is null when nothing changed. */
  fresh(today: Today | null, clock: number | null): void;
  signedOut(): void;
  /** Told again with every failed attempt. */
  unreachable(why: string): void;
}

const interval = 5_000;
/** One lost request is retried sooner and shown to nobody. */
const firstRetry = 1_000;
const longestRetry = 30_000;

/** Asks for today's view again and again while somebody can see it. */
export class Poller {
  private timer: number | undefined;
  private etag: string | null = null;
  private failures = 0;
  private asking = false;
  /** Counts start() and stop(), so that an answer to an earlier run is dropped. */
  private run = 0;

  constructor(private readonly events: PollerEvents) {}

  start(): void {
    this.stop();
    this.etag = null;
    this.failures = 0;
    document.addEventListener("visibilitychange", this.wake);
    window.addEventListener("online", this.wake);
    this.wake();
  }

  stop(): void {
    this.run += 1;
    this.asking = false;
    clearTimeout(this.timer);
    document.removeEventListener("visibilitychange", this.wake);
    window.removeEventListener("online", this.wake);
  }

  private readonly wake = (): void => {
    clearTimeout(this.timer);
    if (document.visibilityState === "visible" && !this.asking) void this.ask();
  };

  private async ask(): Promise<void> {
    const run = this.run;
    this.asking = true;
    const answer = await getToday(this.etag);
    if (run !== this.run) return;
    this.asking = false;
    const delay = this.take(answer);
    if (run === this.run && document.visibilityState === "visible") this.timer = window.setTimeout(this.wake, delay);
  }

  /** Returns the milliseconds to the next question. */
  private take(answer: Answer<Today>): number {
    switch (answer.kind) {
      case "ok":
      case "unchanged":
        this.failures = 0;
        if (answer.kind === "ok") this.etag = answer.etag;
        this.events.fresh(answer.kind === "ok" ? answer.value : null, answer.clock);
        return interval;
      case "signed_out":
        this.stop();
        this.events.signedOut();
        return 0;
      case "throttled":
        return answer.seconds * 1_000;
      case "unreachable":
        this.failures += 1;
        if (this.failures > 1) this.events.unreachable(answer.why);
        return this.retryDelay();
    }
  }

  /** Doubles from the usual interval, with a spread, so that a restarted store is not met by everybody at once. */
  private retryDelay(): number {
    if (this.failures === 1) return firstRetry;
    const delay = Math.min(interval * 2 ** (this.failures - 2), longestRetry);
    return delay * (0.8 + 0.4 * Math.random());
  }
}

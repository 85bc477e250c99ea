import { css, html, LitElement, nothing } from "lit";
import { customElement, query, state } from "lit/decorators.js";
import { keyed } from "lit/directives/keyed.js";
import { getSession, signOut, type Today, type Touchpoint } from "./api.js";
import "./detail.js";
import type { TouchpointDetail } from "./detail.js";
import "./devices.js";
import { mark } from "./drawings.js";
import { clockText } from "./format.js";
import { touchpointOf } from "./links.js";
import "./overview.js";
import { Poller } from "./poller.js";
import "./sign_in.js";
import { shared } from "./styles.js";

/** The whole page: who is signed in, what the store last said, which touchpoint is chosen. */
@customElement("milepost-page")
export class MilepostPage extends LitElement {
  @state() private signedIn: boolean | null = null;
  @state() private user = "";
  @state() private notice = "";
  @state() private today: Today | null = null;
  @state() private heard = 0;
  @state() private outage = "";
  @state() private hash = location.hash;
  @query("touchpoint-detail") private detail!: TouchpointDetail | null;
  /** The store's clock minus the browser's. */
  private skew = 0;
  private readonly poller = new Poller({
    fresh: (today, clock) => this.take(today, clock),
    signedOut: () => this.leave(this.signedIn ? "Your session has ended. Sign in again." : ""),
    unreachable: (why) => (this.outage = why),
  });
  private readonly hashChanged = () => void this.choose();

  static override styles = [
    shared,
    css`
      .bar {
        background: var(--surface);
        border-bottom: 1px solid var(--line);
      }
      .bar > div {
        display: flex;
        align-items: center;
        gap: 6px 16px;
        max-width: 1640px;
        min-height: 60px;
        margin: 0 auto;
        padding: 8px clamp(16px, 3vw, 40px);
      }
      .bar .quiet {
        overflow-wrap: anywhere;
      }
      .brand {
        display: inline-flex;
        align-items: center;
        gap: 10px;
      }
      .brand svg {
        width: 26px;
        height: 26px;
      }
      .brand {
        font-weight: 650;
        letter-spacing: -0.01em;
        margin-inline-end: auto;
      }
      main {
        display: grid;
        grid-template-columns: minmax(0, 1fr);
        gap: 20px;
        max-width: 1640px;
        margin: 0 auto;
        padding: 20px clamp(16px, 3vw, 40px) 56px;
      }
      .banner {
        background: var(--surface);
        border: 2px solid var(--danger);
        border-radius: 12px;
        padding: 12px 16px;
      }
      .banner strong {
        color: var(--danger);
      }
      .empty {
        display: grid;
        gap: 8px;
        padding: 28px;
      }
      @media (max-width: 480px) {
        .user {
          display: none;
        }
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    window.addEventListener("hashchange", this.hashChanged);
    this.poller.start();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    window.removeEventListener("hashchange", this.hashChanged);
    this.poller.stop();
  }

  private take(today: Today | null, clock: number | null): void {
    if (today) this.today = today;
    this.heard = Date.now();
    if (clock !== null) this.skew = clock - this.heard;
    this.outage = "";
    this.notice = "";
    if (!this.signedIn) void this.nameUser();
    this.signedIn = true;
  }

  private async nameUser(): Promise<void> {
    const answer = await getSession();
    if (answer.kind === "ok") this.user = answer.value.user;
  }

  private leave(notice: string): void {
    this.poller.stop();
    this.signedIn = false;
    this.notice = notice;
    this.today = null;
    this.outage = "";
    this.user = "";
  }

  private async signOut(): Promise<void> {
    if (await signOut()) this.leave("You are signed out.");
    else this.notice = "You are still signed in: the store could not be reached. Try again.";
  }

  private async choose(): Promise<void> {
    this.hash = location.hash;
    await this.updateComplete;
    await this.detail?.updateComplete;
    this.detail?.focusHeading();
  }

  private chosen(touchpoints: Touchpoint[]): Touchpoint | undefined {
    const id = touchpointOf(this.hash);
    return touchpoints.find((touchpoint) => touchpoint.id === id) ?? touchpoints[0];
  }

  override render() {
    return html`${this.bar()}
      <main>
        <div role="alert">${this.banner()}</div>
        ${this.content()}
      </main>`;
  }

  private bar() {
    const account = html`<span class="quiet" title="By your own clock">updated ${clockText(this.heard)}</span>
      <span class="quiet user">${this.user}</span>
      <button @click=${this.signOut}>Sign out</button>`;
    return html`<header class="bar">
      <div><span class="brand">${mark()}Milepost</span>${this.signedIn ? account : nothing}</div>
    </header>`;
  }

  private banner() {
    if (this.outage === "") return this.signedIn && this.notice ? html`<p class="banner">${this.notice}</p>` : nothing;
    const seen = this.today ? `What you see is from ${clockText(this.heard)}. ` : "";
    return html`<p class="banner">
      <strong>The store cannot be reached:</strong> ${this.outage}. ${seen}This page tries again by itself; kiosks keep
      their answers meanwhile.
    </p>`;
  }

  private content() {
    if (this.signedIn === false) {
      return html`<sign-in .notice=${this.notice} @signed-in=${() => this.poller.start()}></sign-in>`;
    }
    if (!this.today)
      return html`<h1>Today</h1>
        <p class="quiet">Asking the store …</p>`;
    const { touchpoints } = this.today;
    const chosen = this.chosen(touchpoints);
    return html`<h1>Today</h1>
      ${touchpoints.length > 1 ? this.overview(touchpoints, chosen!.id) : nothing}
      ${chosen ? keyed(chosen.id, this.detailOf(chosen)) : this.noTouchpoint()}
      <device-list .heard=${this.heard}></device-list>`;
  }

  private overview(touchpoints: Touchpoint[], chosen: string) {
    return html`<touchpoint-overview .touchpoints=${touchpoints} .chosen=${chosen}></touchpoint-overview>`;
  }

  private detailOf(touchpoint: Touchpoint) {
    const now = this.heard + this.skew;
    return html`<touchpoint-detail .touchpoint=${touchpoint} .now=${now}></touchpoint-detail>`;
  }

  private noTouchpoint() {
    return html`<div class="card empty">
      <h2>No kiosk yet.</h2>
      <p>Add the first one on the store's machine, then enter the code that it prints on the kiosk:</p>
      <p><code>milepost-store device add --data DIR --name NAME --site SITE --touchpoint TOUCHPOINT</code></p>
      <p>Its touchpoint then appears here by itself.</p>
    </div>`;
  }
}

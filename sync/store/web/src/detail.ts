import { html, LitElement, nothing } from "lit";
import { customElement, property } from "lit/decorators.js";
import type { Touchpoint } from "./api.js";
import { dayText, excludedText, flagMeaning, flagName, localMoment, localTime, number } from "./format.js";
import { hourRow, hourSlots } from "./hours.js";
import "./hours_chart.js";
import "./latest.js";
import { reasonTables } from "./reasons.js";
import { scoreCard } from "./scores.js";
import { detailStyle } from "./detail_style.js";
import { drawn, shared } from "./styles.js";

/** One touchpoint's day. */
@customElement("touchpoint-detail")
export class TouchpointDetail extends LitElement {
  @property({ attribute: false }) touchpoint!: Touchpoint;
  /** The store's time. */
  @property({ attribute: false }) now = 0;

  static override styles = [shared, drawn, detailStyle];

  /** For who came here by a link of the overview. */
  focusHeading(): void {
    const heading = this.renderRoot.querySelector("h2");
    heading?.focus({ preventScroll: true });
    heading?.scrollIntoView();
  }

  override render() {
    const { latest, scores, raw } = this.touchpoint;
    return html`<section aria-labelledby="name">
      ${this.heading()} ${raw === 0 ? this.empty() : nothing}
      ${raw > 0 ? html`<div class="cards">${this.responsesCard()} ${scores.map(scoreCard)}</div>` : nothing}
      ${raw > 0 ? this.charts() : nothing}
      ${
        latest.length > 0
          ? html`<section class="card" aria-labelledby="latest">
              <h3 id="latest">Latest responses</h3>
              <latest-responses .responses=${latest} .day=${this.touchpoint.day}></latest-responses>
            </section>`
          : nothing
      }
    </section>`;
  }

  private heading() {
    const { name, site, day, time_zone, local_time } = this.touchpoint;
    const time = localTime(this.now, time_zone) ?? local_time;
    return html`<header>
      <h2 id="name" tabindex="-1"><bdi>${name}</bdi></h2>
      <p class="quiet">
        <bdi>${site}</bdi> · ${dayText(day)} ·
        <span class="local-time" title=${time_zone}>${time}</span>
        local time
      </p>
    </header>`;
  }

  private responsesCard() {
    const { responses, raw, excluded, undated } = this.touchpoint;
    return html`<section class="card" aria-label="Responses">
      <h3>Responses</h3>
      <p class="quiet">counted today</p>
      <p class="value"><span class="big">${number(responses)}</span></p>
      ${this.lastResponse()} ${excluded > 0 ? this.excluded(raw) : nothing}
      ${
        undated > 0
          ? html`<p class="quiet">
              ${number(undated)} more with an uncertain time: the kiosk's clock was not set, so they count in no day.
            </p>`
          : nothing
      }
    </section>`;
  }

  private lastResponse() {
    const time = Date.parse(this.touchpoint.last_response ?? "");
    if (Number.isNaN(time)) return nothing;
    const text = localTime(time, this.touchpoint.time_zone);
    return text ? html`<p class="quiet">last one at ${text}</p>` : nothing;
  }

  private excluded(raw: number) {
    const why = Object.entries(this.touchpoint.excluded_why);
    const entry = ([flag, n]: [string, number]) => html`<li>${number(n)} ${flagName(flag)}: ${flagMeaning(flag)}</li>`;
    return html`<details class="quiet">
      <summary>${excludedText(this.touchpoint)}</summary>
      <p>Of ${number(raw)} received. Excluded responses are kept, but no score here counts them.</p>
      <ul>
        ${why.map(entry)}
      </ul>
    </details>`;
  }

  private charts() {
    const { hours, day, time_zone, local_time, reasons } = this.touchpoint;
    const hourNow = Number.parseInt(localTime(this.now, time_zone) ?? local_time, 10);
    const rows = hourSlots(hours, day, time_zone, Number.isNaN(hourNow) ? null : hourNow).map(hourRow);
    return html`<div class="charts">
      <section class="card" aria-labelledby="hours">
        <h3 id="hours">Through the day</h3>
        ${
          rows.length > 0
            ? html`<hours-chart .rows=${rows}></hours-chart>`
            : html`<p class="quiet">No hour has a response that counts yet.</p>`
        }
      </section>
      <section class="card" aria-labelledby="reasons">
        <h3 id="reasons">Reasons</h3>
        ${
          reasons.length > 0
            ? html`<p class="quiet">
                  Several may be chosen. Bar and number: share of those asked; line and brackets: its 95 % interval.
                </p>
                ${reasonTables(reasons)}`
            : html`<p class="quiet">Nobody has given a reason yet today. They are asked for after a rating.</p>`
        }
      </section>
    </div>`;
  }

  private empty() {
    const { last_response, time_zone } = this.touchpoint;
    const time = Date.parse(last_response ?? "");
    const moment = Number.isNaN(time) ? null : localMoment(time, time_zone);
    return html`<div class="card empty">
      <h3>No responses yet today.</h3>
      <p>
        ${
          moment
            ? `The last one came on ${moment}, the site's time.`
            : "None has ever arrived from this touchpoint: give the first answer yourself."
        }
        An answer given at the kiosk appears here within seconds, by itself.
      </p>
      <p>If you expected some:</p>
      <ul>
        <li>See that the kiosk is switched on and shows its question.</li>
        <li>See that it has a network. Without one it keeps every answer and sends them later.</li>
      </ul>
    </div>`;
  }
}

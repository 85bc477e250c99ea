import { css, html, LitElement, nothing, type PropertyValues } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import type { Chart, Look } from "./charts.js";
import type { HourRow } from "./hours.js";
import { shared } from "./styles.js";

/** The day by hours: a chart, and the same numbers as a table. */
@customElement("hours-chart")
export class HoursChart extends LitElement {
  @property({ attribute: false }) rows: HourRow[] = [];
  @state() private failed = false;
  @query(".chart") private element!: HTMLElement;
  private chart: Chart | null = null;
  private readonly resized = new ResizeObserver(() => this.chart?.resize());
  private readonly looks = ["(prefers-color-scheme: dark)", "(forced-colors: active)", "(prefers-reduced-motion)"].map(
    (query) => matchMedia(query),
  );
  private readonly redraw = () => void this.draw();

  static override styles = [
    shared,
    css`
      .chart {
        width: 100%;
        height: 350px;
      }
      .chart.low {
        height: 215px;
      }
      details {
        margin-top: 8px;
      }
      table {
        max-width: 560px;
        margin-top: 8px;
      }
      td,
      tbody th {
        padding-block: 4px;
      }
    `,
  ];

  override connectedCallback(): void {
    super.connectedCallback();
    for (const look of this.looks) look.addEventListener("change", this.redraw);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    for (const look of this.looks) look.removeEventListener("change", this.redraw);
    this.resized.disconnect();
    this.chart?.dispose();
    this.chart = null;
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has("rows")) void this.draw();
  }

  private async draw(): Promise<void> {
    try {
      const { hoursOption, open } = await import("./charts.js");
      if (!this.isConnected || this.rows.length === 0) return;
      if (!this.chart) {
        this.chart = open(this.element);
        this.resized.observe(this.element);
      }
      this.chart.resize();
      this.chart.setOption(hoursOption(this.rows, this.look()), { notMerge: true });
    } catch {
      this.failed = true; // Not loaded: the table below says it all.
    }
  }

  /** The page's tokens; SVG attributes cannot name them. */
  private look(): Look {
    const style = getComputedStyle(this);
    const token = (name: string) => style.getPropertyValue(name).trim();
    return {
      text: token("--text"),
      secondary: token("--secondary"),
      line: token("--line"),
      surface: token("--surface"),
      bar: token("--face-4"),
      accent: token("--accent"),
      font: style.fontFamily,
      motion: !matchMedia("(prefers-reduced-motion: reduce)").matches,
    };
  }

  override render() {
    const scored = this.rows.some(({ csat }) => csat);
    return html`<div
        class="chart ${scored ? "" : "low"}"
        role="img"
        aria-label="Chart of responses${scored ? " and CSAT" : ""} by hour. The table after it has the same numbers."
        ?hidden=${this.failed}
      ></div>
      ${scored ? nothing : html`<p class="quiet">CSAT joins the chart for hours with enough answers for a score.</p>`}
      <details ?open=${this.failed}>
        <summary>Hours as a table</summary>
        <div class="scroll">${this.table()}</div>
      </details>`;
  }

  private table() {
    const row = ({ label, responses, csatText }: HourRow) =>
      html`<tr>
        <th scope="row">${label}</th>
        <td class="number">${responses}</td>
        <td>${csatText}</td>
      </tr>`;
    return html`<table>
      <thead>
        <tr>
          <th scope="col">Hour</th>
          <th scope="col" class="number">Responses</th>
          <th scope="col">CSAT (95 % interval)</th>
        </tr>
      </thead>
      <tbody>
        ${this.rows.map(row)}
      </tbody>
    </table>`;
  }
}

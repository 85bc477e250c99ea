import { css, html, LitElement, nothing } from "lit";
import { customElement, property, query, state } from "lit/decorators.js";
import { signIn } from "./api.js";
import { waitText } from "./format.js";
import { shared } from "./styles.js";

/** The sign-in form. Fires "signed-in". */
@customElement("sign-in")
export class SignIn extends LitElement {
  /** Why the form is there, when the person did not ask for it. */
  @property() notice = "";
  @state() private error = "";
  @state() private busy = false;
  @state() private wait = 0;
  @query("#user") private user!: HTMLInputElement;
  @query("#password") private password!: HTMLInputElement;
  private timer: number | undefined;

  static override styles = [
    shared,
    css`
      form {
        max-width: 400px;
        margin: 8vh auto 0;
        padding: 28px;
        display: grid;
        gap: 14px;
      }
      label {
        display: grid;
        gap: 4px;
        font-weight: 550;
      }
      input {
        font: inherit;
        color: var(--text);
        background: var(--surface);
        border: 1px solid var(--control-line);
        border-radius: 8px;
        padding: 9px 12px;
        width: 100%;
      }
      .error {
        color: var(--danger);
        font-weight: 550;
      }
      button {
        min-height: 44px;
      }
    `,
  ];

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    clearInterval(this.timer);
  }

  protected override firstUpdated(): void {
    this.user.focus();
  }

  override render() {
    const text = this.wait > 0 ? `Wait ${waitText(this.wait)}` : this.busy ? "Signing in …" : "Sign in";
    return html`<form class="card" @submit=${this.submit}>
      <h1>Sign in</h1>
      ${this.notice ? html`<p role="status">${this.notice}</p>` : nothing}
      <label>User<input id="user" name="username" autocomplete="username" autocapitalize="none" required /></label>
      <label
        >Password<input id="password" name="password" type="password" autocomplete="current-password" required
      /></label>
      <div role="alert">${this.error ? html`<p class="error">${this.error}</p>` : nothing}</div>
      <button class="main" ?disabled=${this.busy || this.wait > 0}>${text}</button>
      <p class="quiet">The first user is admin. Its password was printed when the store started for the first time.</p>
    </form>`;
  }

  private async submit(event: Event): Promise<void> {
    event.preventDefault();
    if (this.busy || this.wait > 0) return;
    this.busy = true;
    this.error = "";
    const user = this.user.value.trim();
    const answer = await signIn(user, this.password.value);
    this.busy = false;
    switch (answer.kind) {
      case "ok":
      case "unchanged":
        this.dispatchEvent(new CustomEvent("signed-in"));
        break;
      case "signed_out":
        this.error = "This user and password do not match. Check both and try again.";
        this.password.select();
        break;
      case "throttled":
        this.error = `Too many attempts. The store accepts the next one in ${waitText(answer.seconds)}.`;
        this.countDown(answer.seconds);
        break;
      case "unreachable":
        this.error = `The store cannot be reached: ${answer.why}. Try again in a moment.`;
    }
  }

  private countDown(seconds: number): void {
    const end = performance.now() + seconds * 1_000;
    this.wait = seconds;
    clearInterval(this.timer);
    this.timer = window.setInterval(() => {
      this.wait = Math.max(0, Math.ceil((end - performance.now()) / 1_000));
      if (this.wait > 0) return;
      clearInterval(this.timer);
      this.error = "";
    }, 1_000);
  }
}

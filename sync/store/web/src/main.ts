import "./page.js";

// Asked for at once, waited for by nobody: the page paints without the charts, and does without them.
void import("./charts.js").catch(() => undefined);

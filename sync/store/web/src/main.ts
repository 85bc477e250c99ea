import "./page.js";

// Asked for at once, waited for by nobody: the page paints without the charts.
void import("./charts.js");

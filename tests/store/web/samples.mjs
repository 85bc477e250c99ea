// Days at made-up touchpoints: plausible, and the same in every run.
function wilson(k, n) {
  const z = 1.959963984540054;
  const reach = z * Math.sqrt(((k / n) * (1 - k / n)) / n + (z * z) / (4 * n * n));
  const middle = k / n + (z * z) / (2 * n);
  return { low: (middle - reach) / (1 + (z * z) / n), high: (middle + reach) / (1 + (z * z) / n) };
}

function adjustedWald(promoters, detractors, n) {
  const [p, d] = [(promoters + 0.75) / (n + 3), (detractors + 0.75) / (n + 3)];
  const error = Math.sqrt((p + d - (p - d) ** 2) / (n + 3));
  return { low: 100 * (p - d - 1.959964 * error), high: 100 * (p - d + 1.959964 * error) };
}

const sum = (values) => values.reduce((total, value) => total + value, 0);

export function csat(counts, text = "How satisfied were you with your visit today?") {
  const n = sum(counts);
  const { low, high } = n ? wilson(counts[3] + counts[4], n) : { low: 0, high: 1 };
  const score = n >= 10 ? (100 * (counts[3] + counts[4])) / n : null;
  const name = { survey: "store-exit", question: "satisfaction", kind: "csat", text };
  return { ...name, n, score, low: 100 * low, high: 100 * high, shown: n >= 10, counts };
}

export function nps(counts, text = "How likely are you to recommend us to a friend?") {
  const n = sum(counts);
  const [detractors, promoters] = [sum(counts.slice(0, 7)), counts[9] + counts[10]];
  const score = n >= 10 ? (100 * (promoters - detractors)) / n : null;
  const name = { survey: "store-exit", question: "recommend", kind: "nps", text };
  return { ...name, n, score, ...adjustedWald(promoters, detractors, n), shown: n >= 10, counts };
}

export function hour(hour, responses, score, offset_minutes = 60) {
  const scored = { n: responses, score: responses >= 10 ? score : null, shown: responses >= 10 };
  return { hour, offset_minutes, responses, csat: responses > 0 ? scored : null };
}

export function reason(option, label, count, asked) {
  const name = { survey: "store-exit", question: "why", option, label };
  return { ...name, count, asked, share: count / asked, ...wilson(count, asked) };
}

export function response(id, local, csat, nps, more = {}) {
  const when = { id, at: `2026-11-21T${local}:00+01:00`, local, day: "2026-11-21", language: "en" };
  return { ...when, csat, nps, reasons: [], comment: null, ended: "complete", flags: [], ...more };
}

const latest = [
  response("r9", "18:20", 5, 10, { reasons: ["Friendly staff", "Found what I wanted"] }),
  response("r8", "18:17", 2, 4, { reasons: ["Waiting time"], comment: "Only one till open at six.\nAgain." }),
  response("r7", "18:12", 4, 8, { language: "de", reasons: ["Auswahl"], comment: "Schöner Laden, aber kalt." }),
  response("r6", "18:12", 4, null, { flags: ["repeat"] }),
  response("r5", "18:05", 5, 9, { language: "ar", reasons: ["موظفون ودودون"], comment: "شكراً جزيلاً، خدمة ممتازة!" }),
  response("r4", "17:58", 3, null, { ended: "timeout" }),
  response("r3", "17:49", 1, 0, {
    reasons: ["Price", "Waiting time"],
    comment: "The price on the shelf was not the price at the till, and nobody wanted to hear about it.",
  }),
];

/** A busy Saturday until 18:20. */
export function checkout(more = {}) {
  const counts = [4, 7, 11, 48, 54];
  return {
    id: "checkout",
    name: "Checkout",
    site: "Northside, Berlin",
    time_zone: "Europe/Berlin",
    day: "2026-11-21",
    local_time: "18:20",
    responses: 124,
    raw: 127,
    excluded: 3,
    excluded_why: { repeat: 2, burst: 1 },
    undated: 0,
    last_response: "2026-11-21T17:20:02Z",
    scores: [csat(counts), nps([2, 0, 1, 2, 3, 6, 7, 15, 20, 24, 30])],
    hours: [
      hour(9, 6, 83),
      hour(10, 12, 91.7),
      hour(11, 17, 88.2),
      hour(12, 21, 81),
      hour(13, 14, 71.4),
      hour(14, 9, 80),
      hour(15, 11, 81.8),
      hour(16, 16, 87.5),
      hour(17, 15, 73.3),
      hour(18, 3, 100),
    ],
    reasons: [
      reason("staff", "Friendly staff", 51, 102),
      reason("found", "Found what I wanted", 38, 102),
      reason("fast", "Quick checkout", 27, 102),
      reason("queue", "Waiting time", 9, 22),
      reason("price", "Price", 7, 22),
      reason("choice", "Choice of goods", 3, 22),
    ].map((row, i) => (i < 3 ? { ...row, question: "why_good" } : { ...row, question: "why_bad" })),
    latest,
    ...more,
  };
}

export function emptyDay(more = {}) {
  const empty = { responses: 0, raw: 0, excluded: 0, excluded_why: {}, hours: [], reasons: [], latest: [] };
  const scores = [csat([0, 0, 0, 0, 0]), nps(new Array(11).fill(0))];
  return checkout({ ...empty, scores, local_time: "08:02", last_response: "2026-11-20T17:58:02Z", ...more });
}

/** A morning's seven answers: too few for a score. */
export function fewAnswers(more = {}) {
  const hours = [hour(9, 3, null), hour(10, 4, null)];
  const scores = [csat([0, 1, 1, 3, 2]), nps([0, 0, 0, 1, 0, 0, 1, 1, 1, 1, 1])];
  const counted = { responses: 7, raw: 7, excluded: 0, excluded_why: {}, local_time: "10:41" };
  return checkout({
    ...counted,
    hours,
    scores,
    reasons: [reason("staff", "Friendly staff", 3, 5)],
    latest: latest.slice(0, 3),
    ...more,
  });
}

export function sixTouchpoints() {
  const scaled = (by) => csat([4, 7, 11, 48, 54].map((n, i) => Math.round(n * (i < 3 ? by : 1))));
  return [
    checkout(),
    checkout({
      id: "fitting",
      name: "Fitting rooms",
      scores: [scaled(2.4), nps([1, 0, 2, 1, 3, 4, 9, 14, 12, 9, 7])],
      responses: 153,
    }),
    fewAnswers({ id: "returns", name: "Returns and exchanges desk" }),
    emptyDay({ id: "cafe", name: "Café" }),
    checkout({ id: "entrance", name: "Entrance", site: "Harbour, Hamburg", scores: [scaled(0.4)], responses: 111 }),
    checkout({
      id: "parking",
      name: "Car park, level −2",
      site: "Harbour, Hamburg",
      scores: [csat([3, 2, 2, 5, 4]), nps([2, 1, 0, 0, 1, 2, 1, 3, 2, 2, 2])],
      responses: 16,
    }),
  ];
}

/** One of each state, as GET /api/v1/devices lists them. */
export function kiosks(name = "Till 1") {
  const device = {
    id: "dev_7f3a91c2d4e5f607",
    name,
    touchpoint: "Checkout",
    state: "enrolled",
    words: "amber lake piano wolf",
  };
  return [
    { ...device, last_report: "2026-11-21T17:18:02.000Z" },
    { ...device, id: "dev_1", name: "Till 2", state: "new", words: null, last_report: null },
    {
      ...device,
      id: "dev_2",
      name: "مكتب الاستقبال",
      state: "revoked",
      words: "birch tiger cloud iron",
      last_report: null,
    },
  ];
}

export function today(...touchpoints) {
  return { generated: "2026-11-21T17:20:31Z", touchpoints };
}

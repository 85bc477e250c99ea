/**
 * The 95 % Wilson score interval of `successes` of `n`, between 0 and 1 (metrics.md, "Uncertainty").
 * Wilson, JASA 22 (1927). Only for the hours, whose interval the store does not send.
 */
export function wilson(successes: number, n: number): { low: number; high: number } {
  const z = 1.959963984540054;
  const share = successes / n;
  const middle = share + (z * z) / (2 * n);
  const reach = z * Math.sqrt((share * (1 - share)) / n + (z * z) / (4 * n * n));
  const scale = 1 + (z * z) / n;
  return { low: Math.max(0, (middle - reach) / scale), high: Math.min(1, (middle + reach) / scale) };
}

/** The chosen touchpoint stands in the address, so that it can be bookmarked and sent to a colleague. */
const prefix = "#/touchpoint/";

export function linkTo(touchpoint: string): string {
  return prefix + encodeURIComponent(touchpoint);
}

export function touchpointOf(hash: string): string {
  if (!hash.startsWith(prefix)) return "";
  try {
    return decodeURIComponent(hash.slice(prefix.length));
  } catch {
    return ""; // A cut percent escape.
  }
}

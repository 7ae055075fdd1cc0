/** Where the service is: a proxy may show it under a prefix, which the page names. */

/** @param {string} map */
export function addressOf(map) {
  return `${document.documentElement.dataset.root ?? ""}/maps/${encodeURIComponent(map)}`;
}

/** Characters of a text from outside that a record keeps. */
const detailLength = 300

/** Cuts a text from outside to the length that a record keeps. */
export function shorten(text: string | null): string | null {
  return text !== null && text.length > detailLength
    ? `${text.slice(0, detailLength - 1).toWellFormed()}…`
    : text
}

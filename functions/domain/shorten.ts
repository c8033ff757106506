/** Bytes, in UTF-8, of a text from outside that a record keeps. */
export const longestTextBytes = 240

const ellipsis = '…'

/** Cuts a text from outside to the length that a record keeps. */
export function shorten(text: string | null): string | null {
  return text === null ? null : cutTo(longestTextBytes, text)
}

/** Cuts a text to so many bytes; never in the middle of a character. */
export function cutTo(longest: number, text: string): string {
  if (countBytes(text) <= longest) return text
  let bytes = countBytes(ellipsis)
  let kept = ''
  for (const character of text) {
    bytes += countBytes(character)
    if (bytes > longest) break
    kept += character
  }
  return `${kept.toWellFormed()}${ellipsis}`
}

/** In UTF-8. */
export function countBytes(text: string): number {
  let bytes = 0
  for (const character of text) bytes += bytesOf(character.codePointAt(0) ?? 0)
  return bytes
}

function bytesOf(codePoint: number): number {
  if (codePoint < 0x80) return 1
  if (codePoint < 0x8_00) return 2
  return codePoint < 0x1_00_00 ? 3 : 4
}

/** Control characters, line ends of Unicode, and what turns the direction of a text. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]+/gu

/** A text from outside as it may stand in a line of ours: it cannot begin another one. */
export function toOneLine(text: string): string {
  return text.replace(invisible, ' ').trim()
}

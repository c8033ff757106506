/** Control characters of terminals, line ends of Unicode, and what turns the direction of writing. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]+/gu

/** A text from outside as it may stand in a line of ours: it cannot begin another one. */
export function toOneLine(text: string): string {
  return text.replace(invisible, ' ').trim()
}

/** A text from outside that can neither forge a line nor steer a terminal: `\u001b` for Escape. */
export function escapeInvisible(text: string): string {
  return text.replace(invisible, escaped)
}

function escaped(characters: string): string {
  const units = Array.from({ length: characters.length }, (_, index) =>
    characters.charCodeAt(index),
  )
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

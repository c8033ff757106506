/** Control characters of terminals, line ends of Unicode, and what turns the direction of writing. */
const invisible = /[\p{C}\p{Zl}\p{Zp}]/gu

/** A text from outside that can neither forge a line nor steer a terminal: `\u001b` for Escape. */
export function escapeInvisible(text: string): string {
  return text.replace(invisible, escaped)
}

function escaped(character: string): string {
  const units = Array.from({ length: character.length }, (_, index) => character.charCodeAt(index))
  return units.map((unit) => `\\u${unit.toString(16).padStart(4, '0')}`).join('')
}

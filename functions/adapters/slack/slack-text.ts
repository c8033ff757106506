/** Slack reads `<!channel>` and `<https://…|text>` as orders; what comes from outside must be text. */
function escapeForSlack(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** A headline in bold, and what it is about. */
export function toSlackText(sender: string, headline: string, text: string): string {
  return escapeForSlack(`*${sender}*: ${headline}\n${text}`)
}

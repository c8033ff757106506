const shown = '[secret]'

/**
 * Takes secrets out of texts, also where JSON or an address wrote them in its own way. Toloka has no
 * reason to send a secret back, but a report goes to other people.
 */
export function createRedactor(secrets: readonly string[]): (text: string) => string {
  const bare = secrets.map((secret) => secret.trim().replace(/^(ApiKey|OAuth) +/, ''))
  const forms = [
    ...new Set(
      bare.flatMap((one) => [one, JSON.stringify(one).slice(1, -1), encodeURIComponent(one)]),
    ),
  ].filter((form) => form !== '')
  return (text) => forms.reduce((rest, form) => rest.replaceAll(form, shown), text)
}

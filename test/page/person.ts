import { request } from 'node:http'

/** What a page answers; redirects are not followed. */
export interface Answer {
  readonly status: number
  readonly location: string | null
  readonly headers: Readonly<Record<string, string>>
  /** With every run of white space as one space. */
  readonly text: string
}

/** A person at the pages, without a browser: free to send any header, also `Host`. */
export class Person {
  readonly #url: string
  readonly #headers: Readonly<Record<string, string>>

  constructor(url: string, headers: Readonly<Record<string, string>> = {}) {
    this.#url = url
    this.#headers = headers
  }

  get(path: string, headers: Readonly<Record<string, string>> = {}): Promise<Answer> {
    return this.send('GET', path, headers)
  }

  /** Opens a form and sends it, with its token. */
  async submit(path: string, fields: Readonly<Record<string, string>> = {}): Promise<Answer> {
    const { text } = await this.get(path)
    return this.post(path, { token: tokenIn(text), ...fields })
  }

  post(
    path: string,
    fields: Readonly<Record<string, string>>,
    headers: Readonly<Record<string, string>> = {},
  ): Promise<Answer> {
    const type = { 'Content-Type': 'application/x-www-form-urlencoded' }
    return this.send('POST', path, { ...type, ...headers }, new URLSearchParams(fields).toString())
  }

  send(
    method: string,
    path: string,
    headers: Readonly<Record<string, string>> = {},
    body = '',
  ): Promise<Answer> {
    const options = { method, headers: { ...this.#headers, ...headers } }
    return new Promise((resolve, reject) => {
      const asked = request(this.#url + path, options, (response) => {
        let text = ''
        response.setEncoding('utf8').on('data', (part) => (text += String(part)))
        response.on('error', reject).on('end', () => {
          resolve({
            status: response.statusCode ?? 0,
            location: response.headers.location ?? null,
            headers: Object.fromEntries(
              Object.entries(response.headers).map(([name, value]) => [name, String(value)]),
            ),
            text: text.replaceAll(/\s+/g, ' '),
          })
        })
      })
      asked.on('error', reject).end(body)
    })
  }
}

/** The token of the form on a page; empty if there is none. */
export function tokenIn(text: string): string {
  return /name="token" value="([^"]+)"/.exec(text)?.[1] ?? ''
}

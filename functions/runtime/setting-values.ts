import { durationExamples, parseDuration } from './duration.ts'
import { Unfit, type Parse } from './setting.ts'

const switchedOff = /(^|\.)toloka\.yandex\.(com|ru)\.?$/
const loopback = new Set(['127.0.0.1', 'localhost', '[::1]'])

/** Toloka's origin, without a path; `sandbox` is short for that of its sandbox. */
export const parseOrigin: Parse<string> = (text) => {
  if (text === 'sandbox') return 'https://sandbox.toloka.dev'
  const expected = 'sandbox, or an origin such as https://toloka.dev: no path, query or password'
  const url = URL.parse(text)
  if (switchedOff.test(url?.hostname ?? text)) {
    return new Unfit('https://toloka.dev or sandbox: Toloka switched the yandex domains off')
  }
  if (url === null) return new Unfit(expected)
  if (!isSafe(url)) return new Unfit(`${expected}; http only to 127.0.0.1, localhost or [::1]`)
  return url.href === `${url.origin}/` ? url.origin : new Unfit(expected)
}

/** An address that others can reach us by. */
export const parseWebAddress: Parse<string> = (text) =>
  parseAddress(text, 'https://archiver.example.org/webhooks/toloka')

/** Where an incoming webhook of Slack takes messages, or of what understands the same. */
export const parseSlackAddress: Parse<string> = (text) =>
  // A list would be taken for one address.
  parseAddress(/[\s,]/.test(text) ? '' : text, 'https://hooks.slack.com/services/…')

function parseAddress(text: string, example: string): string | Unfit {
  const url = URL.parse(text)
  return url !== null &&
    isSafe(url) &&
    url.username === '' &&
    url.password === '' &&
    url.hash === ''
    ? url.href
    : new Unfit(
        `an address such as ${example}, without a password; ` +
          'http only to 127.0.0.1, localhost or [::1]',
      )
}

function isSafe({ protocol, hostname }: URL): boolean {
  return protocol === 'https:' || (protocol === 'http:' && loopback.has(hostname))
}

/** What a token must look like, and where it comes from. */
export const tokenExpected =
  'the token of a Toloka requester, in one line; `ApiKey ` or `OAuth ` before it overrides the guess'

export const parseToken: Parse<string> = (text) =>
  /^((ApiKey|OAuth) )?[\x21-\x7e]+$/.test(text) ? text : new Unfit(tokenExpected)

export const secretArnExpected =
  'the ARN of a secret in AWS Secrets Manager, such as ' +
  'arn:aws:secretsmanager:eu-central-1:123456789012:secret:toloka-token-AbCdEf'

/** With the six letters at its end, as a policy needs it. */
export const parseSecretArn: Parse<string> = (text) =>
  /^arn:aws[a-z-]*:secretsmanager:[a-z\d-]+:\d{12}:secret:[\w/+=.@-]+-[A-Za-z\d]{6}$/.test(text)
    ? text
    : new Unfit(secretArnExpected)

/**
 * A key for signatures: long enough not to be guessed. One that was read with the end of its line
 * would be another key than the one at Toloka, and no webhook would ever fit.
 */
export const parseWebhookSecret: Parse<string> = (text) =>
  text.length >= 32 && !/\p{Cc}/u.test(text)
    ? text
    : new Unfit('32 characters or more, random ones, in one line')

/** A duration in milliseconds that is at least so long. */
export function durationOfAtLeast(shortest: string): Parse<number> {
  return durationWithin(shortest, null, `of ${shortest} or more`)
}

/** A duration in milliseconds between two others. */
export function durationFromTo(shortest: string, longest: string): Parse<number> {
  return durationWithin(shortest, longest, `from ${shortest} to ${longest}`)
}

function durationWithin(shortest: string, longest: string | null, range: string): Parse<number> {
  const shortestMs = parseDuration(shortest) ?? 0
  const longestMs = longest === null ? Infinity : (parseDuration(longest) ?? 0)
  return (text) => {
    const durationMs = parseDuration(text)
    return durationMs !== null && durationMs >= shortestMs && durationMs <= longestMs
      ? durationMs
      : new Unfit(`a duration ${range}, ${durationExamples}`)
  }
}

/** A number above 0, with or without decimals. */
export function rateUpTo(highest: number): Parse<number> {
  return (text) => {
    const rate = /^\d+(\.\d+)?$/.test(text) ? Number(text) : 0
    return rate > 0 && rate <= highest
      ? rate
      : new Unfit(`a number above 0 and up to ${highest}, such as 20 or 0.5`)
  }
}

export function wholeNumber(lowest: number, highest: number | null): Parse<number> {
  const range = highest === null ? `of ${lowest} or more` : `from ${lowest} to ${highest}`
  return (text) => {
    const number = /^\d{1,15}$/.test(text) ? Number(text) : Number.NaN
    return number >= lowest && number <= (highest ?? number)
      ? number
      : new Unfit(`a whole number ${range}`)
  }
}

/** Project ids, each once. */
export const parseProjects: Parse<readonly string[]> = (text) => {
  const ids = splitList(text)
  return ids.every((id) => /^\d+$/.test(id))
    ? [...new Set(ids)]
    : new Unfit('project ids, which are digits, with commas between them, such as 123,456')
}

/** Close reason → grace in milliseconds, out of `COMPLETED,MANUAL:7d`. */
export const parseCloseReasons: Parse<Readonly<Record<string, number>>> = (text) => {
  const graces: Record<string, number> = {}
  for (const entry of splitList(text)) {
    const [, reason, grace = '0'] = /^([A-Z_]+)(?::(.*))?$/.exec(entry) ?? []
    const graceMs = parseDuration(grace)
    if (reason === undefined || graceMs === null) return new Unfit(closeReasonsExpected)
    if (reason === 'FOR_UPDATE') {
      return new Unfit('no FOR_UPDATE: Toloka reopens a pool that was closed for an update')
    }
    if (Object.hasOwn(graces, reason)) return new Unfit(`${reason} only once`)
    graces[reason] = graceMs
  }
  return graces
}

const closeReasonsExpected =
  'close reasons with commas between them, each with the time that must have passed since the ' +
  'close if it is not 0, such as COMPLETED,MANUAL:7d'

/** Any text in which there is something to see. */
export const parseVisibleText: Parse<string> = (text) =>
  text.trim() === '' ? new Unfit('a text with something to see in it') : text

export const parseHost: Parse<string> = (text) =>
  /^[\w.:-]+$/.test(text) ? text : new Unfit('a host name or address, such as 127.0.0.1')

/** Whether nobody but this machine reaches an address. */
export function isLoopback(host: string): boolean {
  return /^(localhost|::1|127(\.\d{1,3}){3})$/i.test(host)
}

/** Host names, such as that of a proxy, each once. */
export const parseHostNames: Parse<readonly string[]> = (text) => {
  const names = splitList(text).map((name) => name.toLowerCase())
  return names.every((name) => /^[a-z\d]([a-z\d.-]*[a-z\d])?$/.test(name))
    ? [...new Set(names)]
    : new Unfit('host names without a port, with commas between them, such as archiver.example.org')
}

/** What people type: long enough not to be guessed over HTTP, with nothing that cannot be typed. */
export const parsePassword: Parse<string> = (text) =>
  text.length >= 12 && text.length <= 200 && !/\p{Cc}/u.test(text)
    ? text
    : new Unfit('12 to 200 characters, in one line')

/** One of a few words. */
export function oneOf<Word extends string>(...words: readonly Word[]): Parse<Word> {
  return (text) => words.find((word) => word === text) ?? new Unfit(words.join(' or '))
}

/** The parts between commas; spaces around them do not matter. */
export function splitList(text: string): string[] {
  return text.split(',').map((part) => part.trim())
}

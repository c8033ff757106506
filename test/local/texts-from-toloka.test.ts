import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { createTextJournal } from '../../functions/adapters/system/text-journal.ts'
import { workOff } from '../../functions/local/work-off.ts'
import { addFinishedPool, openBox, type Box } from './box.ts'

const mark = 'archived-by-evil'
/** Wants to be a tag, a line of the journal, a command to the terminal and a header. */
const evil = `"><img src=x onerror=alert(1)>\r\nSet-Cookie: ${mark}=1\r\n\r\n\u001b[2J\u009b2J\u202e`

describe('A text from Toloka that wants to be more than a text', () => {
  let box: Box
  let poolId: string

  beforeEach(async () => {
    box = await openBox()
    poolId = addFinishedPool(box.model, evil)
    box.fake.faults.next({ method: 'POST' }, { kind: 'refusal', status: 400, code: evil })
    await box.archiver.queue.request({ version: 1, poolId, cause: 'hint', dueAt: box.clock.at })
    await workOff(box.archiver)
  })
  afterEach(() => box.close())

  const get = async (path: string): Promise<{ headers: Headers; said: string }> => {
    const response = await fetch(box.server.url + path.replace('{id}', poolId))
    expect(response.status).toBe(200)
    return { headers: response.headers, said: await response.text() }
  }

  test.each(['/', '/pools/{id}', '/pools/{id}/explain'])('is a text on %s', async (path) => {
    const { said } = await get(path)

    expect(said).toContain(mark)
    expect(said).not.toContain('<img')
  })

  test.each(['/api/pools', '/api/pools/{id}'])('is a text in the JSON of %s', async (path) => {
    const { headers, said } = await get(path)

    expect(JSON.stringify(JSON.parse(said))).toContain(mark)
    expect(headers.get('content-type')).toBe('application/json')
    expect(headers.get('x-content-type-options')).toBe('nosniff')
  })

  test('is in no header', async () => {
    for (const path of ['/', '/pools/{id}', '/pools/{id}/explain', '/api/pools/{id}']) {
      const { headers } = await get(path)
      expect(JSON.stringify([...headers])).not.toContain(mark)
    }
  })

  test('stays in its field of one line of the journal', () => {
    const lines: string[] = []
    const journal = createTextJournal(box.archiver.clock, (line) => lines.push(line), 'debug')
    for (const { code, fields } of box.journal.entries) journal.write(code, fields)

    expect(lines.join('\n')).toContain(mark)
    for (const line of lines) {
      expect(line).toMatch(/^2026-\S+ \w+ +[A-Z_]+ /)
      expect(line).not.toMatch(/[\p{C}\p{Zl}\p{Zp}]/u)
    }
  })
})

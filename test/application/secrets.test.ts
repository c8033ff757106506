import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { confirmOwner } from '../../functions/application/access.ts'
import { dayMs, hourMs } from '../../functions/domain/instant.ts'
import type { Fault } from '../fake-toloka/faults.ts'
import { closedPool, pass } from '../support/closed-pools.ts'
import { unfoldError } from '../support/unfold-error.ts'
import { setUpWorkbench, type Workbench } from '../support/workbench.ts'
import { anyRecord } from '../../functions/application/record-query.ts'

let bench: Workbench

beforeEach(async () => {
  bench = await setUpWorkbench()
})

afterEach(() => bench.close())

/** Everything that the archiver wrote down or told anybody, with the causes of errors. */
async function everythingSaid(thrown: readonly unknown[]): Promise<string> {
  const { dependencies, journal, announcements } = bench
  const { records } = await dependencies.store.list({ ...anyRecord, limit: 1_000 })
  const account = await dependencies.account.read()
  return JSON.stringify({
    records,
    account,
    journal,
    announcements,
    thrown: thrown.map(unfoldError),
  })
}

const quoting = (token: string): readonly Fault[] => [
  { kind: 'refusal', status: 400, code: `NOT_${token}` },
  { kind: 'refusal', status: 401, code: token },
  { kind: 'refusal', status: 403, code: token },
  { kind: 'refusal', status: 409, code: token },
  { kind: 'refusal', status: 500, code: token },
  { kind: 'edited', edit: (body) => ({ ...Object(body), status: 1, type: token, id: token }) },
  { kind: 'edited', edit: (body) => ({ ...Object(body), private_name: token, details: token }) },
  { kind: 'redirect', location: `https://elsewhere.invalid/${token}` },
  { kind: 'cut' },
  { kind: 'truncated' },
]

test('No answer, not even one that quotes the token, gets it anywhere', async () => {
  const { token } = bench.model
  const thrown: unknown[] = []
  for (const fault of quoting(token)) {
    for (const method of ['GET', 'POST']) {
      const poolId = closedPool(bench, { private_comment: token })
      bench.fake.faults.next({ method, path: poolId, times: method === 'GET' ? 4 : 1 }, fault)
      await bench.hint(poolId).catch((error: unknown) => thrown.push(error))
      bench.fake.faults.clear()
      await pass(bench, hourMs)
    }
  }
  for (const fault of quoting(token)) {
    bench.fake.faults.next({ times: 4 }, fault)
    await confirmOwner(bench.dependencies).catch((error: unknown) => thrown.push(error))
    bench.fake.faults.clear()
  }
  await pass(bench, dayMs)

  const said = await everythingSaid(thrown)
  expect(said).toContain('[secret]')
  expect(said).toContain('ACCESS_DENIED')
  expect(thrown.length).toBeGreaterThan(3)
  expect(said).not.toContain(token)
})

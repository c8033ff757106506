import { describe, expect, test } from '@jest/globals'
import type { Answer } from './answer.ts'
import { Ledger, nobodysPool } from './ledger.ts'

function answer(method: string, target: string, status: number, json?: unknown): Answer {
  const text = json === undefined ? '' : JSON.stringify(json)
  return { method, target, status, headers: {}, text, json, code: null, requestId: null }
}

/** A ledger of a run that has made one of each. */
function ledgerOfARun(): Ledger {
  const ledger = new Ledger()
  ledger.learn(answer('POST', '/projects', 201, { id: '1' }))
  ledger.learn(answer('POST', '/pools', 201, { id: '2' }))
  ledger.learn(answer('POST', '/trainings', 201, { id: '3' }))
  ledger.learn(answer('PUT', '/webhook-subscriptions', 201, { items: { 0: { id: '4' } } }))
  const assignments = [
    { id: '5', pool_id: '2' },
    { id: '6', pool_id: '99' },
  ]
  ledger.learn(answer('GET', '/assignments?pool_id=2', 200, { items: assignments }))
  const pools = [
    { id: '7', project_id: '1' },
    { id: '95', project_id: '94' },
  ]
  ledger.learn(answer('GET', '/pools?project_id=1', 200, { items: pools }))
  // What is merely read is not one's own.
  ledger.learn(answer('GET', '/pools?limit=300', 200, { items: [{ id: '99' }] }))
  ledger.learn(answer('GET', '/pools/98', 200, { id: '98' }))
  ledger.learn(answer('GET', '/pools/97', 404))
  ledger.learn(answer('POST', '/pools', 500, { id: '96' }))
  return ledger
}

describe('A run may change what it has made', () => {
  test.each([
    ['POST', '/projects', { public_name: 'Probe' }],
    ['POST', '/pools', { project_id: '1' }],
    ['POST', '/task-suites', [{ pool_id: '2' }]],
    ['POST', '/pools/2/archive', undefined],
    ['POST', '/pools/3/archive', undefined],
    ['POST', '/pools/7/archive', undefined],
    ['POST', '/trainings/3/archive', undefined],
    ['POST', '/projects/1/archive', undefined],
    ['DELETE', '/webhook-subscriptions/4', undefined],
    ['PATCH', '/assignments/5', { status: 'ACCEPTED' }],
    ['GET', '/pools/99', undefined],
  ])('%s %s %j', (method, path, body) => {
    expect(() => ledgerOfARun().check(method, path, body)).not.toThrow()
  })
})

describe('Nothing is sent that would change anything else', () => {
  test.each([
    ['POST', '/pools/99/archive', undefined],
    ['POST', '/pools/98/archive', undefined],
    ['POST', '/pools/97/archive', undefined],
    ['POST', '/pools/96/archive', undefined],
    ['POST', '/pools/95/archive', undefined],
    ['POST', '/pools/1/archive', undefined],
    ['POST', '/pools/3/open', undefined],
    ['POST', `/pools/${nobodysPool}/archive`, undefined],
    ['POST', '/pools/99/close', undefined],
    ['PATCH', '/pools/99', { priority: 1 }],
    ['PATCH', '/assignments/6', { status: 'ACCEPTED' }],
    ['DELETE', '/webhook-subscriptions/5', undefined],
    ['POST', '/projects/2/archive', undefined],
    ['POST', '/pools', { project_id: '99' }],
    ['POST', '/task-suites', [{ pool_id: '2' }, { pool_id: '99' }]],
    ['PUT', '/webhook-subscriptions', [{ pool_id: '99' }]],
    ['POST', '/skills/2', undefined],
  ])('%s %s %j', (method, path, body) => {
    expect(() => ledgerOfARun().check(method, path, body)).toThrow(/is not sent/)
  })

  test('and a pool that does not exist may be archived only while it does not', () => {
    const ledger = ledgerOfARun()
    const path = `/pools/${nobodysPool}`
    ledger.learn(answer('GET', path, 404))
    expect(() => ledger.check('POST', `${path}/archive`, undefined)).not.toThrow()
    expect(() => ledger.check('POST', `${path}/close`, undefined)).toThrow(/is not sent/)
    ledger.learn(answer('GET', path, 200, { id: nobodysPool }))
    expect(() => ledger.check('POST', `${path}/archive`, undefined)).toThrow(/is not sent/)
  })
})

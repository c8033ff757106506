import { describe, expect, test } from '@jest/globals'
import { dayMs } from './arranging.ts'
import { ask, HandClock, itemsOf, object } from './asking.ts'
import { TolokaModel } from './model.ts'
import type { Personality } from './personality.ts'
import { compareText } from './query.ts'

const start = '2026-03-10T08:00:00Z'

function arrange(personality: Partial<Personality> = {}): { clock: HandClock; model: TolokaModel } {
  const clock = new HandClock(start)
  return { clock, model: new TolokaModel({ now: clock.now, personality }) }
}

const idsOf = (model: TolokaModel, target: string): unknown[] =>
  itemsOf(ask(model, 'GET', target)).map((item) => item['id'])

describe('pools', () => {
  test('default and greatest page, has_more', () => {
    const { model } = arrange()
    for (let count = 0; count < 301; count++) model.createPool()
    const sizeOf = (target: string): unknown[] => {
      const asked = ask(model, 'GET', target)
      return [itemsOf(asked).length, object(asked.json)['has_more']]
    }
    expect(sizeOf('/pools')).toEqual([50, true])
    expect(sizeOf('/pools?limit=300')).toEqual([300, true])
    expect(sizeOf('/pools?limit=300&id_gt=36000017')).toEqual([300, false])
    expect(ask(model, 'GET', '/pools?limit=301')).toMatchObject({
      status: 400,
      json: { code: 'VALIDATION_ERROR', payload: { limit: { code: 'VALUE_GREATER_THAN_MAX' } } },
    })
    expect(ask(model, 'GET', '/pools?limit=0').status).toBe(400)
    expect(ask(model, 'GET', '/pools?limit=many').status).toBe(400)
  })

  test('every documented filter and sort', () => {
    const { model, clock } = arrange()
    const [a, b, c] = ['100', '200', '300'].map((id) => {
      clock.pass(dayMs)
      return model.createPool({ project_id: `7${id}` }, { id })
    })
    for (const id of ['300', '100']) {
      clock.pass(dayMs)
      model.openPool(id)
    }
    model.closePool('100')
    model.archiveByHand('100')
    model.createPool({ type: 'TRAINING' })
    model.createPool({}, { ofAnotherAccount: true })
    const cases: readonly (readonly [string, readonly (string | undefined)[]])[] = [
      ['', [a, b, c]],
      ['status=ARCHIVED', [a]],
      ['status=CLOSED', [b]],
      ['status=OPEN', [c]],
      ['project_id=7200', [b]],
      [`owner_id=${model.requesterId}`, [a, b, c]],
      ['owner_id=x', []],
      ['owner_company_id=x', []],
      ['id_gt=200', [c]],
      ['id_gte=200&id_lt=300', [b]],
      ['id_lte=200&sort=-id', [b, a]],
      ['created_gt=2026-03-11T08:00:00&sort=-created', [c, b]],
      ['created_gte=2026-03-11T08:00:00.000&created_lt=2026-03-13', [a, b]],
      ['created_lte=2026-03-11T08%3A00%3A00', [a]],
      ['sort=last_started', [c, a, b]],
      ['sort=-last_started', [a, c, b]],
      ['last_started_gt=2026-03-14T08:00:00', [a]],
      ['last_started_gte=2026-03-14T08:00:00&last_started_lt=2026-03-15', [c]],
      ['last_started_lte=2026-03-14T08:00:00', [c]],
      ['sort=project_id', []],
    ]
    for (const [query, ids] of cases) {
      expect([query, idsOf(model, `/pools?${query}`)]).toEqual([query, ids])
    }
  })

  test.each([
    'last_stopped_gt=2026-03-10',
    'sort=last_stopped',
    'status=CLOSED,OPEN',
    'status=PAUSED',
    'page=2',
    'created_gt=2026-03-10T08:00:00Z',
    'created_gt=yesterday',
    'id_gt=',
  ])('refuses %s', (query) => {
    const { model } = arrange()
    expect(ask(model, 'GET', `/pools?${query}`)).toMatchObject({
      status: 400,
      json: { code: 'VALIDATION_ERROR' },
    })
  })

  test.each([
    ['numeric', ['9', '10', '100'], ['100']],
    ['text', ['10', '100', '9'], ['100', '9']],
  ] as const)('ids ordered as %s', (poolIdOrder, order, afterTen) => {
    const { model } = arrange({ poolIdOrder })
    for (const id of ['100', '9', '10']) model.createPool({}, { id })
    expect(idsOf(model, '/pools?sort=id')).toEqual(order)
    expect(idsOf(model, '/pools?sort=id&id_gt=10')).toEqual(afterTen)
  })

  test('takes a list of statuses', () => {
    const { model } = arrange({ poolStatusList: 'accepted' })
    const [open, closed] = [model.createPool(), model.createPool()]
    model.openPool(open ?? '')
    expect(idsOf(model, '/pools?status=CLOSED,OPEN')).toEqual([open, closed])
  })

  test.each([
    ['exact', false],
    ['when-page-is-full', true],
  ] as const)('has_more is %s', (hasMore, onFullPage) => {
    const { model } = arrange({ hasMore })
    const id = model.createPool()
    expect(ask(model, 'GET', '/pools?limit=1').json).toMatchObject({ has_more: onFullPage })
    expect(ask(model, 'GET', `/pools?limit=1&id_gt=${id}`).json).toEqual({
      items: [],
      has_more: false,
    })
  })

  test('20 a page without a limit', () => {
    const { model } = arrange({ defaultLimit: 20 })
    for (let count = 0; count < 21; count++) model.createPool()
    expect(idsOf(model, '/pools')).toHaveLength(20)
  })
})

describe('operations', () => {
  test('filters, sorts, pages, and one by its id', () => {
    const { model, clock } = arrange()
    const pools = [1, 2, 3].map(() => model.createPool())
    for (const pool of pools) {
      clock.pass(1000)
      ask(model, 'POST', `/pools/${pool}/archive`)
    }
    const [first, second, third] = pools.map((pool) => model.operationsOf(pool)[0]?.id)
    ask(model, 'POST', `/pools/${model.createPool()}/open`)
    expect(idsOf(model, '/operations?type=POOL.OPEN')).toHaveLength(1)
    const archives = '/operations?type=POOL.ARCHIVE&sort=submitted'
    expect(idsOf(model, archives)).toEqual([first, second, third])
    expect(idsOf(model, `${archives}&submitted_gte=2026-03-10T08:00:02`)).toEqual([second, third])
    expect(idsOf(model, `${archives}&finished_lt=2026-03-10T08:00:02`)).toEqual([first])
    expect(idsOf(model, '/operations?status=RUNNING')).toEqual([])
    const byId = [first ?? '', second ?? '', third ?? ''].toSorted(compareText)
    expect(idsOf(model, '/operations?type=POOL.ARCHIVE')).toEqual(byId)
    expect(idsOf(model, `/operations?type=POOL.ARCHIVE&id_gt=${byId[0]}&limit=1`)).toEqual([
      byId[1],
    ])
    expect(ask(model, 'GET', `/operations/${first}`).json).toMatchObject({
      id: first,
      parameters: { pool_id: pools[0] },
      submitted: '2026-03-10T08:00:01.000',
    })
    expect(ask(model, 'GET', '/operations/none').status).toBe(404)
    expect(ask(model, 'GET', `/operations?pool_id=${pools[0]}`).status).toBe(400)
  })
})

describe('pools that are all alike', () => {
  test.each(['numeric', 'text'] as const)('are listed as any others are: %s', (poolIdOrder) => {
    const { model } = arrange({ poolIdOrder })
    model.createPool({}, { id: '450' })
    model.createPool({}, { id: '1000' })
    model.createManyPools('400', 50, { private_comment: '[keep]' })
    model.createManyPools('451', 349, {}, { status: 'OPEN' })
    model.closePool('520')
    const closed = [...numbers(400, 451), '520', '1000'].toSorted(
      poolIdOrder === 'text' ? compareText : (one, other) => Number(one) - Number(other),
    )
    const found: unknown[] = []
    for (let hasMore = true; hasMore;) {
      const after = found.length === 0 ? '' : `&id_gt=${String(found.at(-1))}`
      const asked = ask(model, 'GET', `/pools?status=CLOSED&sort=id&limit=20${after}`)
      found.push(...itemsOf(asked).map((item) => item['id']))
      hasMore = object(asked.json)['has_more'] === true
    }
    expect(found).toEqual(closed)
    expect(idsOf(model, '/pools?sort=-id&limit=2&id_lt=460&id_gt=399')).toEqual(['459', '458'])
    expect(idsOf(model, '/pools?limit=1&id_gte=52000')).toEqual(
      poolIdOrder === 'text' ? ['521'] : [],
    )
    expect(model.poolIds).toHaveLength(401)
  })

  test('have lives of their own as soon as somebody gets hold of them', () => {
    const { model } = arrange()
    model.createManyPools('400', 50, { private_comment: '[keep]' })
    model.editPool('417', { private_comment: 'changed' })
    const comments = itemsOf(ask(model, 'GET', '/pools?id_gte=416&limit=3'))
    expect(comments.map((item) => item['private_comment'])).toEqual(['[keep]', 'changed', '[keep]'])
    model.archiveByHand('400')
    expect(model.statusOf('400')).toBe('ARCHIVED')
    expect(model.poolIds).toHaveLength(50)
  })

  test('have ids of their own', () => {
    const { model } = arrange()
    model.createManyPools('400', 50)
    for (const [firstId, count] of [
      ['449', 10],
      ['380', 21],
      ['990', 11],
      ['500', 0],
    ] as const) {
      expect(() => model.createManyPools(firstId, count)).toThrow('No block of new pools')
    }
    expect(() => model.createPool({}, { id: '449' })).toThrow('Not a new pool id')
    model.createPool({}, { id: '455' })
    expect(() => model.createManyPools('450', 10)).toThrow('No block of new pools')
  })
})

function numbers(from: number, until: number): string[] {
  return Array.from({ length: until - from }, (_, index) => String(from + index))
}

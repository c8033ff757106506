import { describe, expect, test } from '@jest/globals'
import { ask, HandClock, itemsOf, object } from './asking.ts'
import type { Asked } from './asking.ts'
import { controlRoutes } from './controls.ts'
import { TolokaModel } from './model.ts'
import type { Personality } from './personality.ts'

const projectBody = {
  public_name: 'Street signs',
  public_description: 'Which signs are there?',
  task_spec: { input_spec: {}, output_spec: {}, view_spec: {} },
  assignments_issuing_type: 'AUTOMATED',
}

const poolBody = {
  private_name: 'Batch 1',
  may_contain_adult_content: false,
  will_expire: '2030-01-01T00:00:00',
  reward_per_assignment: 0.01,
  assignment_max_duration_seconds: 600,
  auto_accept_solutions: false,
  defaults: { default_overlap_for_new_task_suites: 1 },
}

function idOf(asked: Asked): string {
  return String(object(asked.json)['id'])
}

function arrangeProject(personality: Partial<Personality> = {}) {
  const clock = new HandClock('2026-03-10T08:00:00Z')
  const model = new TolokaModel({ now: clock.now, personality })
  const project = idOf(ask(model, 'POST', '/projects', projectBody))
  const create = (more: object = {}): Asked =>
    ask(model, 'POST', '/pools', { project_id: project, ...poolBody, ...more })
  return { clock, model, project, create }
}

describe('pools made through the API', () => {
  test('are drafts without tasks, and open once they have some', () => {
    const { model, project, create } = arrangeProject()
    const created = create({ private_comment: 'for a trial', will_expire: '2030-01-01T00:00:00Z' })
    expect(created).toMatchObject({
      status: 201,
      json: { project_id: project, status: 'CLOSED', private_comment: 'for a trial' },
    })
    expect(created.json).not.toHaveProperty('last_started')
    const pool = idOf(created)
    expect(ask(model, 'POST', `/pools/${pool}/open`)).toMatchObject({
      status: 409,
      json: { code: 'EMPTY_POOL' },
    })
    const suites = [1, 2].map((number) => ({
      pool_id: pool,
      tasks: [{ input_values: { text: `${number}` } }],
      overlap: 1,
    }))
    expect(ask(model, 'POST', '/task-suites?async_mode=false', suites)).toMatchObject({
      status: 201,
      json: { items: { 0: { pool_id: pool }, 1: { pool_id: pool } } },
    })
    expect(ask(model, 'POST', `/pools/${pool}/open`).status).toBe(202)
    expect(model.statusOf(pool)).toBe('OPEN')
    expect(itemsOf(ask(model, 'GET', `/pools?project_id=${project}`))).toHaveLength(1)
  })

  test.each([
    ['/projects', {}, 'public_name'],
    ['/pools', { ...poolBody, project_id: '1' }, 'project_id'],
    ['/pools', { ...poolBody, project_id: 1 }, 'project_id'],
    ['/pools', { project_id: '1' }, 'private_name'],
    ['/trainings', { project_id: '1' }, 'private_name'],
    ['/task-suites', { tasks: [] }, 'pool_id'],
    ['/task-suites', { pool_id: '1' }, 'tasks'],
    ['/task-suites?colour=red', {}, 'colour'],
  ])('%s refuses %j because of %s', (path, body, field) => {
    const { model } = arrangeProject()
    expect(ask(model, 'POST', path, body)).toMatchObject({
      status: 400,
      json: { code: 'VALIDATION_ERROR', payload: { [field]: { code: expect.any(String) } } },
    })
  })

  test('a project goes to the archive after all of its pools', () => {
    const { model, project, create } = arrangeProject()
    const pool = idOf(create())
    const archive = (): Asked => ask(model, 'POST', `/projects/${project}/archive`)
    expect(archive()).toMatchObject({ status: 409, json: { code: 'UNARCHIVED_POOLS_CONFLICT' } })
    expect(ask(model, 'POST', `/pools/${pool}/archive`).status).toBe(202)
    const archived = archive()
    expect(archived).toMatchObject({
      status: 202,
      json: { type: 'PROJECT.ARCHIVE', status: 'SUCCESS', parameters: { project_id: project } },
    })
    expect(ask(model, 'GET', `/operations/${idOf(archived)}`).json).toEqual(archived.json)
    expect(ask(model, 'GET', `/projects/${project}`)).toMatchObject({
      json: { status: 'ARCHIVED' },
    })
    expect(create().status).toBe(400)
    expect(ask(model, 'GET', '/projects/1').status).toBe(404)
  })

  test.each([
    ['in-payload', { interval: 'MIN' }],
    ['absent', undefined],
  ] as const)('twenty a minute, a hundred a day; interval: %s', (quotaInterval, payload) => {
    const { clock, create } = arrangeProject({ quotaInterval })
    for (let minute = 1; minute <= 5; minute++) {
      for (let count = 0; count < 20; count++) expect(create().status).toBe(201)
      clock.pass(minute === 5 ? 0 : 60_000)
    }
    const refused = create()
    expect(refused).toMatchObject({ status: 429, json: { code: 'TOO_MANY_REQUESTS' } })
    expect(object(refused.json)['payload']).toEqual(payload)
    clock.pass(60_000)
    expect(create().status).toBe(429)
    clock.pass(24 * 3_600_000)
    expect(create().status).toBe(201)
  })
})

describe('trainings', () => {
  const trainingBody = {
    private_name: 'Training',
    may_contain_adult_content: false,
    assignment_max_duration_seconds: 600,
    mix_tasks_in_creation_order: true,
    shuffle_tasks_in_task_suite: true,
    training_tasks_in_task_suite_count: 1,
    task_suites_required_to_pass: 1,
  }

  test('are archived by their own path, after the pools that need them', () => {
    const { model, project, create } = arrangeProject()
    const body = { project_id: project, ...trainingBody }
    const training = idOf(ask(model, 'POST', '/trainings', body))
    const requirement = { training_pool_id: training, training_passing_skill_value: 70 }
    const pool = idOf(create({ quality_control: { training_requirement: requirement } }))
    expect(ask(model, 'POST', `/pools/${training}/archive`)).toMatchObject({
      status: 409,
      json: { code: 'POOL_IS_TRAINING' },
    })
    const archive = (): Asked => ask(model, 'POST', `/trainings/${training}/archive`)
    expect(archive()).toMatchObject({ status: 409, json: { code: 'TRAINING_ARCHIVE_CONFLICT' } })
    ask(model, 'POST', `/pools/${pool}/archive`)
    model.openPool(training)
    expect(archive()).toMatchObject({ status: 409, json: { code: 'INAPPROPRIATE_STATUS' } })
    model.closePool(training)
    expect(archive()).toMatchObject({
      status: 202,
      json: { type: 'TRAINING.ARCHIVE', parameters: { training_id: training } },
    })
    expect(archive().status).toBe(204)
    expect(ask(model, 'GET', `/trainings/${training}`)).toMatchObject({
      json: { type: 'TRAINING', status: 'ARCHIVED' },
    })
    expect(ask(model, 'GET', `/trainings/${pool}`).status).toBe(404)
  })
})

test('an archive operation takes as long as the fake is told', () => {
  const clock = new HandClock('2026-03-10T08:00:00Z')
  const model = new TolokaModel({ now: clock.now, archivingMs: 3000 })
  const pool = model.createPool()
  expect(ask(model, 'POST', `/pools/${pool}/archive`)).toMatchObject({
    status: 202,
    json: { status: 'RUNNING' },
  })
  clock.pass(3000)
  expect(model.statusOf(pool)).toBe('ARCHIVED')
})

test('a person at the controls can take a task and hand it in', async () => {
  const model = new TolokaModel({ now: new HandClock('2026-03-10T08:00:00Z').now })
  const pool = model.createPool()
  const controls = controlRoutes(model)
  const post = async (path: string): Promise<unknown> => {
    const response = await controls.request(path, { method: 'POST' })
    return response.json()
  }
  expect(await post(`/pools/${pool}/assignments`)).toEqual({ error: expect.any(String) })
  model.openPool(pool)
  const { assignmentId } = object(await post(`/pools/${pool}/assignments`))
  await post(`/assignments/${String(assignmentId)}/submit`)
  const list = ask(model, 'GET', `/assignments?pool_id=${pool}`)
  expect(itemsOf(list)).toMatchObject([{ id: assignmentId, status: 'SUBMITTED' }])
})

import { expect, test } from '@jest/globals'
import type { ArchivalRecord } from '../../functions/domain/record.ts'
import type { TolokaModel } from '../fake-toloka/model.ts'
import { addFinishedPool } from '../local/box.ts'
import { eventually } from '../support/eventually.ts'
import type { AwsConnection } from './aws-connection.ts'
import type { Stack } from './open-stack.ts'
import { createOperator } from './operator.ts'

const dayMs = 24 * 3_600_000

export interface OperatedStack {
  readonly connection: AwsConnection
  readonly stage: string
  readonly model: TolokaModel
  readonly stack: () => Stack
  readonly announceClose: (poolId: string) => Promise<unknown>
  readonly untilArchived: (poolId: string) => Promise<unknown>
}

/** What operators do to a stack that runs, by the command line and their own credentials. */
export function describeOperators(operated: OperatedStack): void {
  const { connection, stage, model, stack, announceClose, untilArchived } = operated
  const recordOf = (poolId: string): Promise<ArchivalRecord | null> => stack().store.get(poolId)

  test('obeys an operator who has its policy and nothing else', async () => {
    const options = ['--stage', stage, '--region', connection.region]
    const operator = await createOperator(connection, 'ada', stack().outputs.OperatorPolicyArn)
    const paused = await operator.run('pause', ...options)
    expect(paused).toEqual({ code: 0, output: expect.stringContaining(`stage ${stage} in`) })
    const poolId = addFinishedPool(model, 'Operators steer it', Date.now())
    await announceClose(poolId)
    await eventually(
      () => recordOf(poolId),
      (stored) => stored?.reason === 'paused',
    )

    await operator.json('hold', poolId, '--reason', 'audit', '--by', 'ada', ...options)
    await operator.json('resume', ...options)
    // Looked at with the hold, a record is parked for a week.
    const held = await eventually(
      () => recordOf(poolId),
      (stored) => (stored?.dueAt ?? 0) > Date.now() + dayMs,
    )
    await announceClose(poolId)
    await eventually(
      () => recordOf(poolId),
      (stored) => (stored?.version ?? 0) > (held?.version ?? 0),
    )
    expect(model.archiveRequestsOf(poolId)).toHaveLength(0)
    expect(await operator.json('list', '--state', 'held', ...options)).toMatchObject({
      pools: [{ poolId, reason: 'held-by-operator' }],
    })
    expect(await operator.json('explain', poolId, ...options)).toMatchObject({
      verdict: { reason: 'held-by-operator' },
      record: { hold: { by: 'ada', reason: 'audit' } },
    })

    await operator.json('release', poolId, ...options)
    await untilArchived(poolId)
    expect(model.archiveRequestsOf(poolId)).toHaveLength(1)
    expect(JSON.stringify(await operator.json('list', ...options))).toContain(poolId)
    await operator.remove()
  })

  test('sweeps, is looked after and gives its dead letters back at the word of an operator', async () => {
    const options = ['--stage', stage, '--region', connection.region]
    const operator = await createOperator(connection, 'grace', stack().outputs.OperatorPolicyArn)
    const poolId = addFinishedPool(model, 'Nobody told of it', Date.now())
    expect(await operator.json('sweep', ...options)).toMatchObject({ outcome: 'requested' })
    await untilArchived(poolId)

    const { output } = await operator.run('doctor', ...options, '--json')
    expect(output).toMatch(/"name": "schedules",\s+"level": "green"/)
    expect(output).toMatch(/"name": "webhook secret",\s+"level": "green"/)
    expect(output).toMatch(/"name": "token",\s+"level": "green"/)

    const dead = addFinishedPool(model, 'Given up', Date.now())
    await stack().deadLetters.send(
      JSON.stringify({ version: 1, poolId: dead, cause: 'hint', dueAt: 0 }),
    )
    // Others may have left some that are no wake-ups, and these stay.
    const redriven = await operator.run('redrive', '--yes', ...options)
    expect(redriven.output).toContain(dead)
    expect(redriven.output).toMatch(/dead letters? put back/)
    await untilArchived(dead)
    await operator.remove()
  })

  test('shows and does nothing for somebody without its policy', async () => {
    const stranger = await createOperator(connection, 'eve', null)
    const { code, output } = await stranger.run('pause', '--stage', stage)
    await stranger.remove()

    expect(code).toBe(1)
    expect(output).toContain(`The AWS credentials do not allow this for stage ${stage} in`)
    expect((await stack().account.read()).paused).toBeNull()
  })
}

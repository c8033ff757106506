import { answered, stillOpen } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const question: Question = {
  number: '–',
  text: 'Do the nine days of an exam with automatic acceptance run from its close?',
  why: 'The archiver waits from the close; if they run from rejections only, it waits for nothing.',
  switches: ['examClock'],
}

const condition = (operator: string): object => ({
  key: 'golden_set_correct_answers_rate',
  operator,
  value: 60,
})

/** Quality control that decides about all answers by itself. */
const qualityControl = {
  configs: [
    {
      collector_config: { type: 'GOLDEN_SET', parameters: { history_size: 10 } },
      rules: [
        {
          conditions: [condition('LT')],
          action: { type: 'REJECT_ALL_ASSIGNMENTS', parameters: { public_comment: 'Below 60 %' } },
        },
        {
          conditions: [condition('GTE')],
          action: { type: 'APPROVE_ALL_ASSIGNMENTS', parameters: {} },
        },
      ],
    },
  ],
}

async function ask({ account }: Kit): Promise<readonly Finding[]> {
  const poolId = await account.makePool({ purpose: 'an exam', tasks: 1, qualityControl })
  await account.change(poolId, 'open')
  await account.change(poolId, 'close')
  const { outcome, evidence } = await account.tryToArchive(poolId)
  switch (outcome) {
    case 'archived': {
      const said = 'An exam without answers is archived right after its close.'
      return [answered(question, { examClock: 'rejections' }, said, evidence)]
    }
    case 'refused':
    case 'accepted-then-fails': {
      const said = 'An exam without answers is refused right after its close.'
      return [answered(question, { examClock: 'close' }, said, evidence)]
    }
    case 'unclear':
    default:
      return [stillOpen(question, 'The attempt came to no clear end.', evidence)]
  }
}

export const exam: Probe = {
  name: 'exam',
  questions: [question],
  does: 'makes a pool that accepts and rejects by itself, opens and closes it, asks to archive it; it may have to stay for nine days',
  ask,
}

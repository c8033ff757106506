import { told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const question: Question = {
  number: '4',
  text: 'Is a training refused by the archive path of pools?',
  why: 'A training must not be archived as if it were a pool.',
  switches: [],
}

async function ask({ account }: Kit): Promise<readonly Finding[]> {
  const trainingId = await account.makeTraining()
  const { outcome, evidence } = await account.tryToArchive(trainingId)
  const [{ status, code } = { status: 0, code: null }] = evidence
  if (outcome === 'archived') return [told(question, 'refuted', 'It was archived.', evidence)]
  const said = `${status}, ${code ?? 'without a code'}.`
  return [told(question, 'confirmed', said, evidence)]
}

export const training: Probe = {
  name: 'training',
  questions: [question],
  does: 'makes a training, asks to archive it as a pool',
  ask,
}

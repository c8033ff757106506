import { fieldsOf, isOk, itemsOf, textOf } from '../answer.ts'
import type { Answer } from '../answer.ts'
import { answered, stillOpen, told } from '../probe.ts'
import type { Finding, Kit, Probe, Question } from '../probe.ts'

const statusList: Question = {
  number: '9',
  text: 'Is a comma list of statuses refused for pools?',
  why: 'The sweep asks for closed pools only because of it.',
  switches: ['poolStatusList'],
}

const idOrder: Question = {
  number: '–',
  text: 'Are pool ids compared as numbers?',
  why: 'The sweep goes from page to page by id.',
  switches: ['poolIdOrder'],
}

const hasMore: Question = {
  number: '–',
  text: 'Does has_more of a full page say whether anything follows?',
  why: 'The sweep must end, and must not end early.',
  switches: ['hasMore'],
}

const defaultLimit: Question = {
  number: '–',
  text: 'Are 50 pools on a page when no limit is given?',
  why: 'The documents contradict each other; the archiver always gives a limit.',
  switches: ['defaultLimit'],
}

async function ask(kit: Kit): Promise<readonly Finding[]> {
  const { account, client } = kit
  const draftId = await account.makePool({ purpose: 'lists, a closed pool' })
  const openId = await account.makePool({ purpose: 'lists, an open pool', tasks: 1 })
  await account.change(openId, 'open')
  const projectId = await account.project()
  const inProject = { project_id: projectId, sort: 'id' }
  const listed = await client.get('/pools', { ...inProject, status: 'CLOSED,OPEN', limit: 300 })
  const all = await client.get('/pools', { ...inProject, limit: 300 })
  const count = itemsOf(all).length
  const full = await client.get('/pools', { ...inProject, limit: Math.max(1, count) })
  return [
    aboutStatuses(listed, [draftId, openId]),
    await aboutIds(kit, openId, inProject),
    aboutMore(full, count),
    aboutLimit(await client.get('/pools')),
  ]
}

function aboutStatuses(listed: Answer, poolIds: readonly string[]): Finding {
  if (listed.status === 400) {
    return answered(statusList, { poolStatusList: 'refused' }, '400.', [listed])
  }
  const ids = new Set(itemsOf(listed).map((item) => textOf(item, 'id')))
  if (isOk(listed) && poolIds.every((id) => ids.has(id))) {
    return answered(statusList, { poolStatusList: 'accepted' }, 'It lists both.', [listed])
  }
  const said = `${listed.status}, but not the pools of both statuses.`
  return told(statusList, 'refuted', said, [listed])
}

/** A short number that is less than the id, but comes after it as a text: 4 for 36000017. */
function shortAfter(id: string): string | null {
  for (let length = 1; length < id.length; length++) {
    const last = Number(id[length - 1])
    if (last < 9) return id.slice(0, length - 1) + String(last + 1)
  }
  return null
}

async function aboutIds(
  { client }: Kit,
  poolId: string,
  inProject: Readonly<Record<string, string>>,
): Promise<Finding> {
  const bound = shortAfter(poolId)
  if (bound === null) return stillOpen(idOrder, `No short number comes after ${poolId} as a text.`)
  const after = await client.get('/pools', { ...inProject, id_gt: bound, limit: 300 })
  if (!isOk(after)) return stillOpen(idOrder, `The list answered ${after.status}.`, [after])
  const isThere = itemsOf(after).some((item) => textOf(item, 'id') === poolId)
  const said = `Pool ${poolId} ${isThere ? 'is' : 'is not'} listed as greater than ${bound}.`
  return answered(idOrder, { poolIdOrder: isThere ? 'numeric' : 'text' }, said, [after])
}

function aboutMore(full: Answer, count: number): Finding {
  const more = fieldsOf(full.json)['has_more']
  if (itemsOf(full).length !== count || typeof more !== 'boolean') {
    return stillOpen(hasMore, 'The list did not hold still.', [full])
  }
  const said = `${count} of ${count} pools asked for: has_more is ${more}.`
  return answered(hasMore, { hasMore: more ? 'when-page-is-full' : 'exact' }, said, [full])
}

function aboutLimit(page: Answer): Finding {
  const count = itemsOf(page).length
  const isFull = fieldsOf(page.json)['has_more'] === true
  const said = `${count} pools${isFull ? ', and more follow' : ', and no more follow'}.`
  if (count === 20 && isFull) return answered(defaultLimit, { defaultLimit: 20 }, said, [page])
  if (count === 50 && isFull) return answered(defaultLimit, { defaultLimit: 50 }, said, [page])
  if (count > 20 && count <= 50 && !isFull) {
    const beyond20 = `${said} So it is not 20.`
    return answered(defaultLimit, { defaultLimit: 50 }, beyond20, [page])
  }
  if (isFull || count > 50) return told(defaultLimit, 'refuted', said, [page])
  const why = `The account has too few pools for it to be seen: ${said}`
  return stillOpen(defaultLimit, why, [page])
}

export const poolLists: Probe = {
  name: 'pool-lists',
  questions: [statusList, idOrder, hasMore, defaultLimit],
  does: 'makes two pools, opens one, lists the pools of the project and a page of the account’s',
  ask,
}

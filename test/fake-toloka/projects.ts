import { checkFields } from './checked-fields.ts'
import { formatDate } from './dates.ts'
import { doAtOnce, operationView } from './operations.ts'
import { ownPools } from './pools.ts'
import { countCreation } from './quota.ts'
import { doesNotExist, Refusal } from './refusal.ts'
import type { Json } from './refusal.ts'
import type { Project, World } from './world.ts'

export function createProject(world: World, body: Json): { status: number; body: Json } {
  countCreation(world, 'project')
  const settings = checkFields(body, {
    public_name: 'string',
    public_description: 'string',
    task_spec: 'object',
    assignments_issuing_type: 'string',
  })
  const project: Project = {
    id: String(100_000 + world.nextNumber()),
    createdAt: world.at,
    settings,
    status: 'ACTIVE',
  }
  world.projects.set(project.id, project)
  return { status: 201, body: projectView(world, project) }
}

export function knownProject(world: World, id: string): Project {
  const project = world.projects.get(id)
  if (project === undefined) throw doesNotExist('Project')
  return project
}

/** The project as the API shows it. */
export function projectView(world: World, project: Project): Json {
  return {
    ...project.settings,
    id: project.id,
    status: project.status,
    created: formatDate(project.createdAt, world.personality),
  }
}

/** Only a project whose pools are all archived can be archived itself. */
export function archiveProject(world: World, id: string): { status: number; body: Json } {
  const project = knownProject(world, id)
  const isInUse = [...world.pools.values()].some(
    (pool) => pool.settings.project_id === id && pool.status !== 'ARCHIVED',
  )
  if (isInUse) {
    throw new Refusal(
      409,
      'UNARCHIVED_POOLS_CONFLICT',
      'The project has pools that are not archived',
    )
  }
  project.status = 'ARCHIVED'
  const operation = doAtOnce(world, 'PROJECT.ARCHIVE', { project_id: id })
  return { status: 202, body: operationView(world, operation) }
}

/** Whether a pool can be created in the project. Arranged pools have projects that nobody created. */
export function hasProject(world: World, id: string): boolean {
  const project = world.projects.get(id)
  if (project !== undefined) return project.status === 'ACTIVE'
  return ownPools(world).some((pool) => pool.settings.project_id === id)
}

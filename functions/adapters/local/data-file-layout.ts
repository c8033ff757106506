import type { DatabaseSync } from 'node:sqlite'

/** Marks an SQLite file as ours: `TPAr` in ASCII. See https://sqlite.org/pragma.html#pragma_application_id */
export const applicationId = 0x54504172

/**
 * The steps that lead from an empty file to the newest layout; the version of a file
 * (`user_version`) is how many of them it has seen. A step is never changed, only followed.
 *
 * `body` comes last in its table, so that reading the columns before it never touches the pages
 * into which a long body flows over. A wake-up is the ask (`due_at`) together with when it is taken
 * up (`take_at`), which moves when it fails.
 */
const steps = [
  `
  create table records (
    pool_id text not null primary key,
    version integer not null,
    state text not null,
    reason text not null,
    due_at integer,
    fingerprint text,
    has_outbox integer not null,
    updated_at integer not null,
    body text not null
  ) strict;
  create index records_by_state on records (state, pool_id);
  create index records_by_due on records (due_at, pool_id) where due_at is not null;
  create index records_unannounced on records (updated_at, pool_id) where has_outbox = 1;

  create table account (
    id integer primary key check (id = 1),
    version integer not null,
    body text not null
  ) strict;

  create table wake_ups (
    id integer primary key autoincrement,
    pool_id text not null,
    cause text not null check (cause in ('timer', 'hint')),
    due_at integer not null,
    take_at integer not null,
    requested_at integer not null,
    failures integer not null default 0,
    problem text,
    unique (pool_id, due_at, cause)
  ) strict;
  create index wake_ups_by_time on wake_ups (take_at, id);

  create table dead_letters (
    id integer primary key,
    pool_id text not null,
    cause text not null,
    due_at integer not null,
    requested_at integer not null,
    failures integer not null,
    problem text not null,
    buried_at integer not null
  ) strict;
  `,
  // The project stands in the body alone, so no row is rewritten, and a record that cannot be read
  // has none. What lists filter by stands beside the due time, so that no row is read in vain.
  `
  alter table records add column project_id text generated always as (
    case when json_valid(body) then cast(json_extract(body, '$.pool.projectId') as text) end
  ) virtual;
  create index records_by_reason on records (reason, pool_id);
  create index records_by_project on records (project_id, pool_id) where project_id is not null;
  drop index records_by_due;
  create index records_by_due on records (due_at, pool_id, state, reason, project_id)
    where due_at is not null;
  create index records_archived on records (updated_at, pool_id) where state = 'archived';
  `,
]

export const layoutVersion = steps.length

/** Brings a file to the newest layout, or leaves it as it was. */
export function upgradeLayout(database: DatabaseSync, fromVersion: number): void {
  const missing = steps.slice(fromVersion)
  if (missing.length === 0) return
  database.exec(`
    begin immediate;
    pragma application_id = ${applicationId};
    ${missing.join('\n')}
    pragma user_version = ${layoutVersion};
    commit;
  `)
}

/** Touches both ends of every table: cheap at any size, and fails where pages are garbage. */
export const probes = [
  'select * from records order by rowid limit 1',
  'select * from records order by rowid desc limit 1',
  'select * from records order by pool_id limit 1',
  'select * from records order by pool_id desc limit 1',
  'select * from records where due_at is not null order by due_at limit 1',
  'select * from records where project_id is not null order by project_id limit 1',
  'select * from records where has_outbox = 1 order by updated_at limit 1',
  // SQLite would rather sort what another index finds: all that was ever archived.
  "select * from records indexed by records_archived where state = 'archived' order by updated_at limit 1",
  'select * from account',
  'select * from wake_ups order by id desc limit 1',
  'select * from wake_ups order by take_at limit 1',
  'select * from dead_letters order by id desc limit 1',
]

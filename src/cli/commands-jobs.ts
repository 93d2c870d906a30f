import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, type Filter, listFiltered } from './list-options.ts'

const FILTERS: readonly Filter[] = [
  ['--state <state>', 'waiting, running, complete, failed or cancelled; failed ones were given up'],
  ['--kind <kind>', 'such as bill_run'],
]

/** What people are shown of a job in a line. */
function lineOf({ id, kind, key, state, dueAt, attempts, progress, error }: Json): Json {
  const { done, total } = progress as { done: number; total: number | null }
  return { id, kind, key, state, dueAt, attempts, done: total === null ? done : `${done} of ${total}`, error }
}

export function addJobCommands({ program, run }: Cli): void {
  const job = program.command('job').description('work that is done later, or goes on until it is done')
  addFilters(
    job
      .command('list')
      .description('jobs, the newest first; --state failed has what was given up')
      .example('--state failed')
      .example('--kind bill_run --limit 10'),
    FILTERS,
    false,
  ).action(async (options: Query) => run((client) => listFiltered(client, '/v1/jobs', options, lineOf)))
  job
    .command('show <id>')
    .description('a job: how far it is, or what it failed for')
    .example('01890000-0000-7000-8000-000000000001')
    .action(async (id: string) => run((client) => client.get(`/v1/jobs/${encodeURIComponent(id)}`)))
  job
    .command('retry <id>')
    .description('run a job again that was given up, or at once one that waits for its next attempt')
    .example('01890000-0000-7000-8000-000000000001')
    .action(async (id: string) => run((client) => client.post(`/v1/jobs/${encodeURIComponent(id)}/retry`, {})))
  job
    .command('cancel <id>')
    .description('end a job; what it has done stays')
    .example('01890000-0000-7000-8000-000000000001')
    .action(async (id: string) => run((client) => client.post(`/v1/jobs/${encodeURIComponent(id)}/cancel`, {})))
}

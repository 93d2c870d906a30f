import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered } from './list-options.ts'

const POLL_MS = 200

/** What `amend` needs on top, in its example. */
const AMENDED = ' --record \'{"data":{"minutes":"3"}}\''

interface Options {
  readonly source: string
  readonly id: string
  readonly reason: string
  readonly key: string
  readonly time?: string
  readonly record?: string
}

/** Adds corrections to the commands of usage. */
export function addCorrectionCommands({ program, run }: Cli): void {
  const usage = program.group('usage')
  const correct = async (action: 'retract' | 'amend', { record, ...named }: Options): Promise<void> =>
    run(async (client) => {
      const head = JSON.stringify({ ...named, action })
      const body = record === undefined ? head : `${head.slice(0, -1)},"record":${record}}`
      return client.postRaw('/v1/usage-corrections', Buffer.from(body), 'application/json')
    })
  for (const action of ['retract', 'amend'] as const) {
    const command = usage
      .command(action)
      .description(
        action === 'retract' ? 'take back what a record was charged' : 'charge a record anew, as it should have been',
      )
      .example(`--source switch --id call-1 --reason "wrong length" --key fix-1${action === 'amend' ? AMENDED : ''}`)
      .requiredOption('--source <source>')
      .requiredOption('--id <id>')
      .requiredOption('--reason <text>')
      .requiredOption('--key <key>', 'your own identifier of the correction; the same key has one effect')
      .option('--time <time>', 'when the record happened, as it stands')
    if (action === 'amend') command.requiredOption('--record <json>', 'the fields that change')
    command.action(async (options: Options) => correct(action, options))
  }
  usage
    .command('retract-file <import>')
    .description('retract everything that a delivery of a file has charged')
    .example('IMPORT --reason "sent twice" --key retract-1')
    .requiredOption('--reason <text>')
    .requiredOption('--key <key>', 'your own identifier of the retraction; the same key has one effect')
    .action(async (id: string, options: { reason: string; key: string }) =>
      run(async (client) => {
        let found = await client.post<Json & { id: string }>(`/v1/usage-imports/${id}/retract`, options)
        while (found['status'] === 'running') {
          await new Promise((resolve) => setTimeout(resolve, POLL_MS))
          found = await client.get(`/v1/usage-retractions/${found.id}`)
        }
        return found
      }),
    )
  addFilters(
    usage
      .command('corrections')
      .description('list corrections, all or those of one record; the newest first')
      .example('--source switch --id call-1'),
    [
      ['--source <source>', 'of records from here'],
      ['--id <id>', 'of the record with this id'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) => listFiltered(client, '/v1/usage-corrections', options, (correction) => correction)),
  )
}

import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered } from './list-options.ts'

interface Terms {
  readonly url?: string
  readonly description?: string
  readonly types?: string[]
  readonly ordered?: boolean
  readonly secretFile?: string
}

const pathOf = (endpoint: string): string => `/v1/webhook-endpoints/${encodeURIComponent(endpoint)}`

async function secretIn(file: string | undefined): Promise<{ secret?: string }> {
  if (file === undefined) return {}
  return { secret: (file === '-' ? await textOf(process.stdin) : await readFile(file, 'utf8')).trim() }
}

/** Where other systems are told what happens: `kvit webhook …`. */
export function addWebhookCommands({ program, run }: Cli): void {
  const webhook = program.command('webhook').description('tell other systems what happens, by signed HTTP requests')
  webhook
    .command('create <key> <url>')
    .description('be told of what happens from now on; the secret is shown once')
    .example('crm https://crm.example.com/kvit --types invoice.* payment.recorded')
    .option('--types <type...>', 'which events: types, groups such as invoice.*, or * for all; all unless set')
    .option('--ordered', 'what is told of one object keeps its order')
    .option('--description <text>')
    .option('--secret-file <file>', 'a secret of your own, whsec_…; "-" is the standard input')
    .action(async (key: string, url: string, { secretFile, ...terms }: Terms) =>
      run(async (client) =>
        client.post('/v1/webhook-endpoints', { key, url, ...terms, ...(await secretIn(secretFile)) }),
      ),
    )
  webhook
    .command('list')
    .description('the endpoints, with what waits for them')
    .example('')
    .action(async () =>
      run(async (client) =>
        (await client.get<{ items: Json[] }>('/v1/webhook-endpoints')).items.map(
          ({ key, url, types, state, waiting, failingSince }) => ({
            ...{ key, url, types: (types as string[]).join(' '), state, waiting, failingSince: failingSince ?? '' },
          }),
        ),
      ),
    )
  webhook
    .command('show <endpoint>')
    .description('by id or key')
    .example('crm')
    .action(async (endpoint: string) => run((client) => client.get(pathOf(endpoint))))
  webhook
    .command('change <endpoint>')
    .description('change it, or turn it on or off')
    .example('crm --types invoice.* --on')
    .option('--url <url>')
    .option('--types <type...>', 'in place of those before')
    .option('--ordered', 'what is told of one object keeps its order')
    .option('--unordered', 'it does not')
    .option('--description <text>')
    .option('--on', 'also takes up one that was given up')
    .option('--off', 'nothing is sent, and nothing is written down for it')
    .action(
      async (
        endpoint: string,
        { on, off, unordered, ...terms }: Terms & { on?: boolean; off?: boolean; unordered?: boolean },
      ) =>
        run((client) => {
          if (on === true && off === true) throw new Error('--on and --off: give one of them')
          const state = on === true ? { state: 'on' } : off === true ? { state: 'off' } : {}
          const order = unordered === true ? { ordered: false } : {}
          return client.post(pathOf(endpoint), { ...terms, ...order, ...state }, 'PATCH')
        }),
    )
  webhook
    .command('delete <endpoint>')
    .description('delete it, with what waits for it and the log')
    .example('crm')
    .action(async (endpoint: string) => run((client) => client.post(pathOf(endpoint), undefined, 'DELETE')))
  webhook
    .command('secret <endpoint>')
    .description('give it a new secret; for a while requests are signed with the earlier ones, too')
    .example('crm --earlier-hours 48')
    .option('--earlier-hours <hours>', 'how long; 24 unless set')
    .option('--secret-file <file>', 'a secret of your own; "-" is the standard input')
    .action(async (endpoint: string, { earlierHours, secretFile }: { earlierHours?: string; secretFile?: string }) =>
      run(async (client) =>
        client.post(`${pathOf(endpoint)}/secrets`, {
          ...(earlierHours === undefined ? {} : { earlierHours: Number(earlierHours) }),
          ...(await secretIn(secretFile)),
        }),
      ),
    )
  webhook
    .command('try <endpoint>')
    .description('send it an event webhook_endpoint.tested')
    .example('crm')
    .action(async (endpoint: string) => run((client) => client.post(`${pathOf(endpoint)}/trials`, {})))
  webhook
    .command('replay <endpoint>')
    .description('tell it once more of an event, or of those of a time')
    .example('crm --from 2026-01-01T00:00:00Z --until 2026-02-01T00:00:00Z')
    .option('--event <id>', 'this one alone')
    .option('--from <time>', 'events from this time on')
    .option('--until <time>', 'events before this time')
    .option('--types <type...>', 'only these; those of the endpoint unless set')
    .action(async (endpoint: string, options: Json) =>
      run((client) => client.post(`${pathOf(endpoint)}/replays`, options)),
    )
  addFilters(
    webhook
      .command('deliveries')
      .description('what endpoints were told of, the newest first')
      .example('--state waiting'),
    [
      ['--endpoint <endpoint>', 'to this endpoint'],
      ['--state <state>', 'waiting, delivered or failed'],
      ['--event <id>', 'of this event'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/webhook-deliveries',
        options,
        ({ endpoint, type, objectId, state, attempts, dueAt, createdAt, id }) => ({
          ...{ endpoint, type, objectId, state, attempts, dueAt: dueAt ?? '', createdAt, id },
        }),
      ),
    ),
  )
  webhook
    .command('delivery <id>')
    .description('a delivery, with each request and what was answered')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(`/v1/webhook-deliveries/${encodeURIComponent(id)}`)))
  webhook
    .command('retry <id>')
    .description('send it now, whatever became of it before')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) =>
      run((client) => client.post(`/v1/webhook-deliveries/${encodeURIComponent(id)}/retry`, {})),
    )
}

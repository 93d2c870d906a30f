import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

const REASONS = 'dunning_soft, dunning_hard, customer, fraud or admin'

/** `kvit block …`: services that are blocked, in part or as a whole. */
export function addBlockCommands({ program, run }: Cli): void {
  const block = program.command('block').description('services that are blocked, in part or as a whole, and why')
  block
    .command('place')
    .description('block a service, or all services of an account')
    .example('--service 380501112233 --reason customer --key lost-sim-1 --note "SIM lost"')
    .option('--service <reference>', 'this service')
    .option('--account <reference>', 'every service of this account, also those that it gets later')
    .requiredOption('--reason <reason>', REASONS)
    .requiredOption('--key <key>', 'your own identifier: the same key never places a second block')
    .option(
      '--scope <scope>',
      'outgoing, incoming, data or all; outgoing of dunning_soft, all of the others unless set',
    )
    .option('--kbps <number>', 'slow down to so many kilobits per second instead of barring')
    .option('--from <time>', 'begins then; now unless set')
    .option('--until <time>', 'ends then; when it is lifted unless set')
    .option('--note <text>', 'for people')
    .action(async ({ kbps, ...options }: Json) =>
      run((client) => client.post('/v1/blocks', { ...options, ...(kbps === undefined ? {} : { kbps: Number(kbps) }) })),
    )
  block
    .command('lift <block>')
    .description('lift a block before its end; what others bar stays barred')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --note "the SIM was found"')
    .option('--note <text>', 'why, for people')
    .action(async (id: string, options: Json) =>
      run((client) => client.post(`/v1/blocks/${encodeURIComponent(id)}/lift`, options)),
    )
  block
    .command('show <block>')
    .description('a block')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(`/v1/blocks/${encodeURIComponent(id)}`)))
  block
    .command('state <service>')
    .description('whether a service is open, and the blocks that stand')
    .example('380501112233')
    .option('--at <time>', 'at this time instead of now')
    .action(async (service: string, { at }: Json) =>
      run((client) =>
        client.get(
          `/v1/services/${encodeURIComponent(service)}/state${at === undefined ? '' : `?at=${encodeURIComponent(String(at))}`}`,
        ),
      ),
    )
  block
    .command('states <account>')
    .description('the states of an account’s services')
    .example('1001')
    .action(async (account: string) =>
      run((client) => client.list(`/v1/accounts/${encodeURIComponent(account)}/service-states`)),
    )
  addFilters(
    block.command('list').description('blocks, the newest first').example('--account 1001 --state standing'),
    [
      ...OF_ACCOUNT,
      ['--service <reference>', 'about this service alone'],
      ['--reason <reason>', REASONS],
      ['--state <state>', 'standing, coming, ended or lifted'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/blocks', options, (row) => {
        const { id, account, service, reason, scope, kbps, state, from, until, key } = row
        return { id, account, service: service ?? 'all', reason, scope, kbps, state, from, until, key }
      }),
    ),
  )
}

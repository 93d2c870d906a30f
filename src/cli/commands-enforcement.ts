import { readFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { toJson } from './option-values.ts'

async function secretIn(file: unknown): Promise<{ secret?: string }> {
  if (file === undefined) return {}
  return { secret: (file === '-' ? await textOf(process.stdin) : await readFile(String(file), 'utf8')).trim() }
}

/** `kvit block target …`, `kvit block enforcement`: parts of the network that are told of services, and what came of it. */
export function addEnforcementCommands({ program, run }: Cli): void {
  const block = program.group('block')
  addFilters(
    block
      .command('enforcement')
      .description('what the network is told of services, and what came of it, the newest first')
      .example('--service 380501112233'),
    [
      ...OF_ACCOUNT,
      ['--target <target>', 'by this target'],
      ['--service <reference>', 'of this service'],
      ['--state <state>', 'waiting, told or failed'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/enforcements', options, (row) => {
        const { target, service, state, wishedVersion, toldVersion, attempts, words, dueAt } = row
        return { target, service, state, wished: wishedVersion, told: toldVersion, attempts, words, dueAt }
      }),
    ),
  )
  const target = block.command('target').description('parts of the network that are told of the states of services')
  const pathOf = (key: string): string => `/v1/enforcement-targets/${encodeURIComponent(key)}`
  target
    .command('create <key>')
    .description('name a webhook, or a network access server that takes RADIUS CoA')
    .example('crm --url https://crm.example/service-states')
    .option('--url <url>', 'of a webhook')
    .option('--radius <json>', 'of a network access server: {"host": "10.0.0.1"}')
    .option('--secret-file <file>', 'the secret that it shares, in a file; "-" is the standard input')
    .option('--repeat-hours <hours>', 'tell again of what restricts services')
    .action(async (key: string, { radius, secretFile, repeatHours, ...options }: Json) => {
      const body = {
        ...{ key, ...options, ...(await secretIn(secretFile)) },
        ...(radius === undefined ? {} : { radius: toJson('--radius', String(radius)) }),
        ...(repeatHours === undefined ? {} : { repeatHours: Number(repeatHours) }),
      }
      return run((client) => client.post('/v1/enforcement-targets', body))
    })
  target
    .command('list')
    .description('targets, without their secrets')
    .example('')
    .action(async () => run((client) => client.list('/v1/enforcement-targets')))
  target
    .command('show <target>')
    .description('a target, without its secret')
    .example('crm')
    .action(async (key: string) => run((client) => client.get(pathOf(key))))
  for (const [word, isOn, said] of [
    ['on', true, 'tell it of all services that are not open, and of what changes'],
    ['off', false, 'tell it nothing until it is turned on'],
  ] as const)
    target
      .command(`${word} <target>`)
      .description(said)
      .example('crm')
      .action(async (key: string) => run((client) => client.post(pathOf(key), { isOn }, 'PATCH')))
  target
    .command('remove <target>')
    .description('remove a target, with what it was to be told')
    .example('crm')
    .action(async (key: string) => run((client) => client.post(pathOf(key), undefined, 'DELETE')))
  target
    .command('resend <target>')
    .description('tell it once more of all services that are not open, or of one, also what was given up')
    .example('crm --service 380501112233')
    .option('--service <reference>', 'this service alone')
    .action(async (key: string, options: Json) => run((client) => client.post(`${pathOf(key)}/resend`, options)))
  target
    .command('compare <target> <states>')
    .description('compare what the network really does with what it is to do, and tell it once more of what differs')
    .example(`crm '[{"service": "380501112233", "barred": []}]'`)
    .action(async (key: string, states: string) =>
      run((client) => client.post(`${pathOf(key)}/observed-states`, { states: toJson('states', states) })),
    )
}

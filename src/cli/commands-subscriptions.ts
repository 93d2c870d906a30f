import type { Cli } from './cli.ts'
import type { Json } from './client.ts'
import type { CliCommand } from './command.ts'
import { toFlag, toJson, toWhole } from './option-values.ts'
import { Worded } from './output.ts'
import { type Preview, type Timeline, wordsOfPreview, wordsOfTimeline } from './subscription-words.ts'

const NUMBERS = new Set(['planVersion', 'quantity', 'terms'])

/** The dated changes of subscriptions, below the command that creates and lists them. */
export function addSubscriptionCommands({ run }: Pick<Cli, 'run'>, group: CliCommand): void {
  const pathOf = (reference: string): string => `/v1/subscriptions/${encodeURIComponent(reference)}`
  addOptions(
    group
      .command('change <reference>')
      .description('another plan or quantity, a pause, an end or a renewal: now, later, or as of before')
      .example('olha-basic --kind plan --plan plus --at period_end'),
  ).action(async (reference: string, options: Readonly<Record<string, string>>) =>
    run((client) => client.post(`${pathOf(reference)}/changes`, toRequest(options))),
  )
  addOptions(
    group
      .command('preview <reference>')
      .description('what a change would cost on the first bill that it shows on')
      .example('olha-basic --kind quantity --quantity 5'),
  ).action(async (reference: string, options: Readonly<Record<string, string>>) =>
    run(async (client) => {
      const found = await client.post<Preview>(`${pathOf(reference)}/changes/preview`, toRequest(options))
      return new Worded(found, () => wordsOfPreview(found))
    }),
  )
  group
    .command('timeline <reference>')
    .description('what a subscription was, is and will be, and the changes that made it so')
    .example('olha-basic')
    .action(async (reference: string) =>
      run(async (client) => {
        const found = await client.get<Timeline>(`${pathOf(reference)}/timeline`)
        return new Worded(found, () => wordsOfTimeline(found))
      }),
    )
  group
    .command('withdraw <reference> <change>')
    .description('as if a change had never been made; what it had cost is credited by the next bill')
    .example('olha-basic CHANGE')
    .action(async (reference: string, change: string) =>
      run(async (client) => {
        const found = await client.post<Timeline>(`${pathOf(reference)}/changes/${change}`, undefined, 'DELETE')
        return new Worded(found, () => wordsOfTimeline(found))
      }),
    )
}

function addOptions(command: CliCommand): CliCommand {
  return command
    .requiredOption('--kind <kind>', 'plan, quantity, pause, resume, cancel or renew')
    .option('--at <time>', 'now, period_end, term_end or a time such as 2026-03-15T00:00:00Z')
    .option('--plan <code>')
    .option('--plan-version <number>', 'the newest when absent')
    .option('--usage <how>', 'restart counts usage anew in tiers and free units; carry_over is the default')
    .option('--overrides <json>', 'negotiated prices, such as {"fee": {"amount": "8.00"}}')
    .option('--quantity <number>')
    .option('--terms <number>', 'how many terms more')
    .option('--note <text>')
}

function toRequest(options: Readonly<Record<string, string>>): Json {
  return Object.fromEntries(
    Object.entries(options).map(([name, value]) => [
      name,
      name === 'overrides' ? toJson(toFlag(name), value) : NUMBERS.has(name) ? toWhole(toFlag(name), value) : value,
    ]),
  )
}

import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import { addFilters, listFiltered } from './list-options.ts'
import { Progress } from './output.ts'

const POLL_MS = 200

interface ReRating extends Json {
  readonly id: string
  readonly status: string
  readonly totals: readonly { readonly accounts: number; readonly accountsApplied: number }[]
}

/** Waits until a re-rating needs a decision, or has ended. */
async function settle(client: Client, id: string): Promise<ReRating> {
  let progress: Progress | undefined
  for (;;) {
    const found = await client.get<ReRating>(`/v1/re-ratings/${id}`)
    const all = found.totals.reduce((sum, { accounts }) => sum + accounts, 0)
    if (!['computing', 'applying', 'cancelling'].includes(found.status)) {
      progress?.end()
      return found
    }
    if (found.status !== 'computing') progress ??= new Progress('re-rating', all)
    progress?.update(found.totals.reduce((sum, { accountsApplied }) => sum + accountsApplied, 0))
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

/** `basic@2` → the plan's code and version. */
function planName(text: string): { code: string; version: number } {
  const match = /^(.+)@(\d+)$/.exec(text)
  if (match === null) throw new Error(`name a plan and its version, such as basic@2, not ${text}`)
  return { code: match[1] as string, version: Number(match[2]) }
}

export function addReRatingCommands(cli: Cli): void {
  const { program, run } = cli
  const rerate = program.command('rerate').description('charge usage of a time by other plan versions')
  rerate
    .command('create')
    .description('make the dry run: nothing is changed')
    .example('--from 2026-01-01 --until 2026-02-01 --plan basic@1:basic@2 --reason "wrong price" --key rerate-1')
    .requiredOption('--from <date>', 'first local day of the accounts')
    .requiredOption('--until <date>', 'the day behind the last one')
    .requiredOption('--plan <from:to...>', 'plan versions, such as basic@1:basic@2')
    .requiredOption('--reason <text>')
    .requiredOption('--key <key>', 'your own identifier; the same key is the same re-rating')
    .option('--account <reference...>', 'all accounts, unless some are named')
    .action(async (options: Json & { plan: string[]; account?: string[] }) =>
      run(async (client) => {
        const { plan, account: accounts = null, ...rest } = options
        const plans = plan.map((change) => {
          const [from = '', to = ''] = change.split(':')
          return { from: planName(from), to: planName(to) }
        })
        const { id } = await client.post<ReRating>('/v1/re-ratings', { ...rest, plans, accounts })
        return settle(client, id)
      }),
    )
  addFilters(
    rerate.command('list').description('list re-ratings, the newest first').example('--status draft'),
    [['--status <status>', 'computing, draft, applying, cancelling, cancelled, complete or failed']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/re-ratings', options, ({ id, key, status, fromDay, untilDay, reason }) => ({
        ...{ id, key, status, from: fromDay, until: untilDay, reason },
      })),
    ),
  )
  rerate
    .command('show <id>')
    .description('totals before and after; with --accounts each account, with --account the records of one')
    .example('RERATING --account 1001')
    .option('--accounts')
    .option('--account <reference>')
    .action(async (id: string, { accounts, account }: { accounts?: boolean; account?: string }) =>
      run(async (client) => {
        if (account !== undefined) {
          const query = new URLSearchParams({ account, limit: '500' })
          return (await client.get<{ items: Json[] }>(`/v1/re-ratings/${id}/records?${query}`)).items
        }
        return accounts === true ? client.list(`/v1/re-ratings/${id}/accounts`) : client.get(`/v1/re-ratings/${id}`)
      }),
    )
  rerate
    .command('approve <id>')
    .description('apply it; what was billed gets credit or debit notes')
    .example('RERATING')
    .action(async (id: string) =>
      run(async (client) => {
        await client.post(`/v1/re-ratings/${id}/approve`, {})
        return settle(client, id)
      }),
    )
  rerate
    .command('cancel <id>')
    .description('give it up; accounts that are done stay so')
    .example('RERATING')
    .action(async (id: string) => run((client) => client.post(`/v1/re-ratings/${id}/cancel`, {})))
}

/** Adds `simulate` to the commands of plans. */
export function addSimulation({ program, run }: Cli): void {
  const plan = program.group('plan')
  plan
    .command('simulate <code>')
    .description('what usage would cost on a plan; nothing is stored')
    .example('basic --records records.ndjson')
    .option('--plan-version <number>', 'the newest, unless one is named')
    .option('--file <path...>', 'plan files that are not published')
    .option('--records <path>', 'usage records as NDJSON')
    .option('--account <reference>', 'the recorded usage of an account')
    .option('--from <date>')
    .option('--until <date>')
    .action(async (code: string, options: SimulateOptions) =>
      run(async (client) =>
        client.postRaw(`/v1/plans/${encodeURIComponent(code)}/simulate`, await readBody(options), 'application/json'),
      ),
    )
}

interface SimulateOptions {
  readonly planVersion?: string
  readonly file?: string[]
  readonly records?: string
  readonly account?: string
  readonly from?: string
  readonly until?: string
}

/** The body as text: records keep the digits that they are written with. */
async function readBody({ planVersion, file, records, account, from, until }: SimulateOptions): Promise<Buffer> {
  const parts: string[] = []
  if (planVersion !== undefined) parts.push(`"version":${Number(planVersion)}`)
  if (file !== undefined) {
    const files = await Promise.all(
      file.map(async (path) => ({ name: basename(path), text: await readFile(path, 'utf8') })),
    )
    parts.push(`"files":${JSON.stringify(files)}`)
  }
  if (records !== undefined) {
    const lines = (await readFile(records, 'utf8')).split('\n').filter((line) => line.trim() !== '')
    parts.push(`"records":[${lines.join(',')}]`)
  }
  if (account !== undefined) parts.push(`"usage":${JSON.stringify({ account, from, until })}`)
  return Buffer.from(`{${parts.join(',')}}`)
}

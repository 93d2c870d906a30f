import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

/** Pages of accounts that one command asks for, at most: a hundred accounts each. */
const MOST_PAGES = 100_000

interface Run extends Json {
  readonly looked: number
  readonly charged: number
  readonly lowered: number
  readonly amounts: Readonly<Record<string, string>>
  readonly failed: readonly Json[]
  readonly next: string | null
}

/** All pages of a run, each told as it comes. */
async function runAll(client: Client, body: Json): Promise<Json[]> {
  const pages: Json[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const run: Run = await client.post<Run>('/v1/late-charges', { ...body, ...(after === null ? {} : { after }) })
    const { next, failed, amounts, ...counts } = run
    const charged = Object.entries(amounts).map(([currency, amount]) => `${amount} ${currency}`)
    pages.push({
      ...counts,
      amounts: charged.join(', '),
      failed: failed.map((one) => String(one['reason'])).join('; '),
    })
    if (next === null) break
    after = next
  }
  return pages
}

/** Every charge of a preview as a row. */
async function previewAll(client: Client, query: Query): Promise<Json[]> {
  const rows: Json[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const asked = new URLSearchParams(query as Record<string, string>)
    if (after !== null) asked.set('after', after)
    const found: { readonly items: Json[]; readonly next: string | null } = await client.get(
      `/v1/late-charge-preview?${String(asked)}`,
    )
    for (const { account, charges } of found.items)
      for (const { number, kind, amount, currency, text } of charges as Json[])
        rows.push({ account, number, kind, amount, currency, text })
    if (found.next === null) break
    after = found.next
  }
  return rows
}

/** `kvit late-charge …`: interest and fees on documents that are paid late. */
export function addLateChargeCommands({ program, run }: Cli): void {
  const late = program.command('late-charge').description('interest and fees on documents that are paid late')
  late
    .command('preview')
    .description('what would be charged, by document; nothing is charged')
    .example('--as-of 2026-04-01')
    .option('--as-of <day>', 'for the days before this one; today unless set')
    .option('--account <account>', 'of this account')
    .option('--customer <customer>', 'of the accounts of this customer')
    .action(async (options: Query) => run(async (client: Client) => previewAll(client, options)))
  late
    .command('run')
    .description('charge now what is to be charged, for the days before today')
    .example('--account 1001')
    .option('--account <account>', 'this account alone')
    .action(async (options: Json) => run(async (client: Client) => runAll(client, options)))
  addFilters(
    late.command('list').description('what was charged, the newest first').example('--invoice INV-000001'),
    [...OF_ACCOUNT, ['--kind <kind>', 'interest or fee'], ['--invoice <number>', 'on this document, by id or number']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/late-charges', options, (row) => {
        const { id, account, number, kind, from, until, amount, left, currency } = row
        return { id, account, number, kind, from, until, amount, left, currency }
      }),
    ),
  )
  const at = (id: string, path = ''): string => `/v1/late-charges/${encodeURIComponent(id)}${path}`
  late
    .command('show <id>')
    .description('a charge with its amounts, rates and days')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(at(id))))
  late
    .command('waive <id>')
    .description('give back what is left of a charge, by a credit note')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --reason "the bank was closed"')
    .requiredOption('--reason <text>')
    .action(async (id: string, options: Json) => run((client) => client.post(at(id, '/waive'), options)))
}

import { readFile, writeFile } from 'node:fs/promises'
import { text as textOf } from 'node:stream/consumers'
import { parse } from 'yaml'
import type { Cli } from './cli.ts'
import { type Client, type Json, type Query, queryText } from './client.ts'
import type { CliCommand } from './command.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { Listing } from './output.ts'

/** Pages of accounts that one command asks for, at most: a hundred accounts each. */
const MOST_PAGES = 100_000

const ofPolicy = (key: string, path = ''): string => `/v1/dunning-policies/${encodeURIComponent(key)}${path}`
const ofAccount = (account: string, path = ''): string => `/v1/accounts/${encodeURIComponent(account)}/dunning${path}`
const counted = (rows: unknown): string =>
  (rows as Json[])
    .map(
      ({ step, state, accounts, amount, currency }) =>
        `${[step, state].filter(Boolean).join(' ')}: ${accounts}, ${amount} ${currency}`,
    )
    .join('; ')

/** `kvit dunning …`: what is done when accounts do not pay. */
export function addDunningCommands(cli: Cli): void {
  const dunning = cli.program.command('dunning').description('what is done when accounts do not pay')
  addPolicies(cli, dunning.command('policy').description('steps by days overdue, for those whom a policy is for'))
  addAccounts(cli, dunning)
  addRuns(cli, dunning)
  addCalls(cli, dunning.command('call').description('calls that people make'))
  addHandOvers(cli, dunning)
}

function addPolicies({ run }: Cli, policy: CliCommand): void {
  policy
    .command('apply <file>')
    .description('put a policy in force, out of a file of YAML or JSON; "-" is the standard input')
    .example('isp.yaml --key isp')
    .requiredOption('--key <key>', 'your own identifier of it: another file with it is its next version')
    .option('--draft', 'keep it to be previewed; no run begins by it')
    .action(async (file: string, { key, draft = false }: { key: string; draft?: boolean }) =>
      run(async (client: Client) => {
        const text = file === '-' ? await textOf(process.stdin) : await readFile(file, 'utf8')
        return client.post('/v1/dunning-policies', { key, draft, policy: parse(text) as Json })
      }),
    )
  policy
    .command('show <key>')
    .description('the last version of a policy, or another one')
    .example('isp --policy-version 2')
    .option('--policy-version <number>', 'this version')
    .action(async (key: string, { policyVersion: version }: { policyVersion?: string }) =>
      run((client) => client.get(`${ofPolicy(key)}${queryText({ version })}`)),
    )
  addFilters(
    policy.command('list').description('all versions of all policies, the newest first').example('--state in_force'),
    [
      ['--key <key>', 'of this policy'],
      ['--state <state>', 'in_force, draft or withdrawn'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/dunning-policies', options, ({ key, version, state, policy: content, madeAt }) => {
        const { order, steps } = content as { order: number; steps: Json[] }
        return { key, version, state, order, steps: steps.map(({ id }) => id).join(', '), madeAt }
      }),
    ),
  )
  policy
    .command('withdraw <key>')
    .description('no run begins by it any more; those that go on do')
    .example('isp')
    .action(async (key: string) => run((client) => client.post(ofPolicy(key, '/withdraw'), {})))
}

function addAccounts({ run }: Cli, dunning: CliCommand): void {
  dunning
    .command('show <account>')
    .description('what is overdue, what was done, what comes next and when, and what stops it')
    .example('1001')
    .action(async (account: string) => run((client) => client.get(ofAccount(account))))
  dunning
    .command('hold <account>')
    .description('no step is done until a day, or until it is released')
    .example('1001 --reason "talks about a new contract" --until 2026-03-31')
    .requiredOption('--reason <text>')
    .option('--until <day>', 'the last day')
    .action(async (account: string, options: Json) =>
      run((client) => client.post(ofAccount(account, '/hold'), options)),
    )
  dunning
    .command('release <account>')
    .description('dunning of the account continues')
    .example('1001')
    .option('--reason <text>')
    .action(async (account: string, options: Json) =>
      run((client) => client.post(ofAccount(account, '/release'), options)),
    )
}

interface Preview extends Json {
  readonly items: readonly Json[]
  readonly totals: readonly Json[]
  readonly next: string | null
}

/** Every account of a preview as a row. */
async function previewAll(client: Client, options: Query): Promise<Listing> {
  const rows: Json[] = []
  let after: string | undefined
  for (let page = 0; page < MOST_PAGES; page++) {
    const found: Preview = await client.get<Preview>(`/v1/dunning-preview${queryText({ ...options, after })}`)
    rows.push(...found.items)
    if (found.next === null) break
    after = found.next
  }
  return new Listing(rows, ({ account, policy, currency, overdue, asked, daysOverdue, stops, becomes, due, next }) => {
    const { step, on } = (next ?? {}) as Json
    const steps = (due as Json[]).map((one) => one['step']).join(', ')
    const later = next === null ? '' : `${step} ${on}`
    return {
      account,
      policy,
      currency,
      overdue,
      asked,
      daysOverdue,
      stops: (stops as string[]).join(', '),
      becomes,
      now: steps,
      next: later,
    }
  })
}

interface Done extends Json {
  readonly next: string | null
}

/** All pages of a run, each told as it comes. */
async function runAll(client: Client, body: Json): Promise<Json[]> {
  const pages: Json[] = []
  let after: string | null = null
  for (let page = 0; page < MOST_PAGES; page++) {
    const done: Done = await client.post<Done>('/v1/dunning-runs', { ...body, ...(after === null ? {} : { after }) })
    const { looked, began, ended, reopened, steps, next } = done
    pages.push({ looked, began, ended, reopened, steps: counted(steps) })
    if (next === null) break
    after = next
  }
  return pages
}

function addRuns({ run }: Cli, dunning: CliCommand): void {
  dunning
    .command('preview')
    .description('what would be done today, by account with amounts; nothing is done')
    .example('--policy isp')
    .option('--policy <key>', 'as if its last version, also a draft, were in force')
    .option('--account <account>', 'of this account')
    .option('--customer <customer>', 'of the accounts of this customer')
    .action(async (options: Query) => run((client) => previewAll(client, options)))
  dunning
    .command('run')
    .description('do now the steps that are due')
    .example('--account 1001')
    .option('--account <account>', 'of this account alone')
    .action(async (options: Json) => run((client) => runAll(client, options)))
  addFilters(
    dunning
      .command('list')
      .description('runs that go on, and those that have ended, the newest first')
      .example('--block hard'),
    [...OF_ACCOUNT, ['--state <state>', 'running or ended'], ['--block <level>', 'soft or hard']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/dunning-runs', options, (row) => {
        const { account, customerName, policy, version, state, block, startedOn, endedOn } = row
        const last = (row['steps'] as Json[]).at(-1)
        const step = last === undefined ? '' : `${last['step']} ${last['on']} ${last['state']}`
        return { account, customer: customerName, policy, version, state, block, startedOn, endedOn, step }
      }),
    ),
  )
}

function addCalls({ run }: Cli, call: CliCommand): void {
  const at = (id: string, path = ''): string => `/v1/call-tasks/${encodeURIComponent(id)}${path}`
  addFilters(
    call.command('list').description('calls that are to be made, or were, the newest first').example('--state open'),
    [...OF_ACCOUNT, ['--state <state>', 'open, done or cancelled'], ['--outcome <outcome>', 'such as promised']],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/call-tasks',
        options,
        ({ id, account, customerName, amount, currency, state, outcome }) => {
          return { id, account, customer: customerName, amount, currency, state, outcome }
        },
      ),
    ),
  )
  call
    .command('show <id>')
    .description('whom to call, and what to say')
    .example('0198f3a0-7c1e-7000-8000-000000000000')
    .action(async (id: string) => run((client) => client.get(at(id))))
  call
    .command('outcome <id>')
    .description('say what came of a call')
    .example('0198f3a0-7c1e-7000-8000-000000000000 --outcome not_reached')
    .requiredOption('--outcome <outcome>', 'promised, refused, disputes, not_reached, wrong_number or other')
    .option('--note <text>')
    .action(async (id: string, options: Json) => run((client) => client.post(at(id, '/outcome'), options)))
}

function addHandOvers({ run }: Cli, dunning: CliCommand): void {
  dunning
    .command('hand-over')
    .description('hand the accounts over whose policy says so, to somebody who collects')
    .example('--recipient "Collect Ltd" --key 2026-04 --csv 2026-04.csv')
    .option('--key <key>', 'your own identifier of it; the same key has one effect')
    .option('--recipient <name>', 'whom they are handed to')
    .option('--csv <file>', 'write them to a file, a row for each document')
    .action(async ({ csv, ...options }: Json & { csv?: string }) =>
      run(async (client: Client) => {
        const made = await client.post<Json>('/v1/dunning-hand-overs', options)
        if (csv !== undefined)
          await writeFile(csv, await client.download(`/v1/dunning-hand-overs/${made['id']}?format=csv`))
        return new Listing(made['accounts'] as Json[], ({ account, customerName, amount, currency, documents }) => {
          return { account, customer: customerName, amount, currency, documents: (documents as Json[]).length }
        })
      }),
    )
  addFilters(
    dunning.command('hand-overs').description('files of accounts that were handed over, the newest first').example(''),
    [],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/dunning-hand-overs', options, ({ id, key, recipient, madeAt, accounts }) => {
        return { id, key, recipient, madeAt, accounts: (accounts as Json[]).length }
      }),
    ),
  )
}

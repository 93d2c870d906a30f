import { readFile, writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import { type Client, type Json, type Query, queryText } from './client.ts'
import type { CliCommand } from './command.ts'
import { formatTable, Worded } from './output.ts'

const POLL_MS = 200

interface Period extends Json {
  readonly from: string
  readonly until: string
  readonly state: string
  readonly lines: number | null
  readonly digest: string | null
  readonly notes: string | null
  readonly error: string | null
}

const at = (issuer: string, path = ''): string => `/v1/books/${encodeURIComponent(issuer)}${path}`

export function addBooksCommands(cli: Cli): void {
  const { program, run } = cli
  const books = program
    .command('books')
    .description('books of an issuer: chart of accounts, periods, recognised revenue, reports, exports')
  books
    .command('open <issuer>')
    .description('begin its books: with the first period, and with what was posted before as the opening entry')
    .example('main --currency EUR --opens-on 2026-01-01 --zone Europe/Berlin')
    .requiredOption('--currency <currency>', 'of the books; documents may be in others')
    .requiredOption('--opens-on <day>', 'the first day of the first period')
    .option('--zone <zone>', 'of the days of its periods', 'UTC')
    .option('--period <length>', 'month, quarter or year', 'month')
    .option('--no-chart', 'without the plain chart of four digits')
    .action(async (issuer: string, { period, chart, ...draft }: Json) =>
      run((client) =>
        client.post('/v1/books', { issuer, ...draft, policies: { period }, chart: chart === false ? 'none' : 'plain' }),
      ),
    )
  books
    .command('list')
    .description('issuers that keep books')
    .example('')
    .action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/books')).items))
  addChart(cli, books)
  addPeriods(cli, books)
  addReports(cli, books)
  books
    .command('write-off <invoice>')
    .description('give up what is open of a document, or a part of it; "payment reverse" with the key takes it back')
    .example('INV-000001 --key off-1 --reason insolvent')
    .requiredOption('--key <key>', 'your own identifier of it; the same key is never booked twice')
    .requiredOption('--reason <text>')
    .option('--amount <decimal>', 'all that is open unless set')
    .action(async (invoice: string, options: Json) =>
      run((client) => client.post(`/v1/invoices/${encodeURIComponent(invoice)}/write-off`, options)),
    )
  addExports(cli, books)
  addRates(cli, books)
}

function addChart({ run }: Cli, books: CliCommand): void {
  const chart = books.command('chart').description('the chart of accounts, and which account takes what')
  chart
    .command('show <issuer>')
    .description('accounts and rules')
    .example('main')
    .action(async (issuer: string) =>
      run(async (client) => {
        const found = await client.get<{ accounts: Json[]; rules: Json[]; unmapped: string[] }>(at(issuer, '/chart'))
        const words = (): string => {
          const left = found.unmapped.length === 0 ? '' : `\n\nwithout a rule: ${found.unmapped.join(', ')}`
          return `${formatTable(found.accounts)}\n\n${formatTable(found.rules)}${left}`
        }
        return new Worded(found, words)
      }),
    )
  chart
    .command('set <issuer> <file>')
    .description('add or change accounts and rules out of a JSON file with accounts and rules (docs/books.md)')
    .example('main chart.json')
    .action(async (issuer: string, file: string) =>
      run(async (client) => client.post(at(issuer, '/chart'), JSON.parse(await readFile(file, 'utf8')))),
    )
}

function addPeriods({ run }: Cli, books: CliCommand): void {
  books
    .command('periods <issuer>')
    .description('its periods until today')
    .example('main')
    .action(async (issuer: string) =>
      run(async (client) =>
        (await periodsOf(client, issuer)).map(({ from, until, state, lines, notes, error }) => ({
          ...{ from, until, state, lines, notes, error },
        })),
      ),
    )
  books
    .command('close <issuer> <day>')
    .description('close the period that begins on a day, and wait until it is')
    .example('main 2026-01-01')
    .action(async (issuer: string, day: string) => run((client) => closeAndWait(client, issuer, day)))
  books
    .command('reopen <issuer> <day>')
    .description('open the last closed period again; what it was closed with stays as an earlier generation')
    .example('main 2026-01-01 --reason "an invoice was wrong"')
    .requiredOption('--reason <text>')
    .action(async (issuer: string, day: string, options: Json) =>
      run(async (client) => {
        const { items } = await client.post<{ items: Period[] }>(at(issuer, `/periods/${day}/reopen`), options)
        return items.find(({ from }) => from === day)
      }),
    )
}

async function periodsOf(client: Client, issuer: string): Promise<Period[]> {
  return (await client.get<{ items: Period[] }>(at(issuer, '/periods'))).items
}

async function closeAndWait(client: Client, issuer: string, day: string): Promise<Period> {
  await client.post(at(issuer, `/periods/${day}/close`), {})
  for (;;) {
    const period = (await periodsOf(client, issuer)).find(({ from }) => from === day) as Period
    if (period.state === 'closed') return period
    if (period.state === 'open') throw new Error(`the period could not be closed: ${period.error}`)
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
}

const AS_OF = ['--as-of <day>', 'as of this day; today unless set'] as const

function addReports({ run }: Cli, books: CliCommand): void {
  books
    .command('trial-balance <issuer>')
    .description('debits, credits and balance of each account of the general ledger; the difference is zero')
    .example('main --as-of 2026-01-31')
    .option(...AS_OF)
    .option('--from <day>', 'turnover from this day on')
    .action(async (issuer: string, options: Query) =>
      run(async (client) => {
        const found = await client.get<{ items: Json[]; totals: Json }>(
          at(issuer, `/trial-balance${queryText(options)}`),
        )
        const rows = found.items.map(({ code, name, debit, credit, balance }) => ({
          code,
          name,
          debit,
          credit,
          balance,
        }))
        const { debit, credit, difference } = found.totals
        return new Worded(found, () =>
          formatTable([...rows, { code: 'TOTAL', name: '', debit, credit, balance: difference }]),
        )
      }),
    )
  books
    .command('sheet <issuer>')
    .description(
      'the lines of an account of the general ledger, a customer or a document, with opening and closing balance',
    )
    .example('main --code 2100 --from 2026-01-01 --as-of 2026-01-31')
    .option('--code <code>', 'of the general ledger')
    .option('--ledger-account <name>', 'of the chart of Kvit, such as revenue:basic')
    .option('--account <reference>', 'of this billing account')
    .option('--document <id>', 'of this document')
    .option('--from <day>', 'of this day or later')
    .option(...AS_OF)
    .action(async (issuer: string, options: Query) =>
      run(async (client) => {
        const found = await client.get<Json & { items: Json[] }>(at(issuer, `/lines${queryText(options)}`))
        const rows = found.items.map(
          ({ day, belongsOn, template, code, ledgerAccount, amount, currency, booksAmount }) => ({
            ...{ day, belongsOn, template, code, ledgerAccount, amount, currency, booksAmount },
          }),
        )
        return new Worded(found, () => `opening ${found['opening']}\n${formatTable(rows)}\nclosing ${found['closing']}`)
      }),
    )
  for (const [name, path, description] of [
    ['ageing', '/ageing', 'what accounts owe by how long it is due'],
    ['deferred', '/deferred-revenue', 'revenue by the month of billing and those of recognition: a waterfall'],
  ] as const)
    books
      .command(`${name} <issuer>`)
      .description(description)
      .example('main --as-of 2026-01-31')
      .option(...AS_OF)
      .action(async (issuer: string, options: Query) =>
        run(async (client) => {
          const found = await client.get<{ items: Json[]; totals: Json[] }>(at(issuer, `${path}${queryText(options)}`))
          return new Worded(found, () => `${formatTable(found.items.map(flat))}\n\n${formatTable(found.totals)}`)
        }),
      )
  books
    .command('open-items <issuer>')
    .description('documents that are not settled; of one account this confirms its balance')
    .example('main --account 1001 --as-of 2026-01-31')
    .option('--account <reference>')
    .option(...AS_OF)
    .action(async (issuer: string, options: Query) =>
      run(async (client) => {
        const found = await client.get<{ items: Json[]; totals: Json[]; prepaid: Json[] }>(
          at(issuer, `/open-items${queryText(options)}`),
        )
        return new Worded(found, () =>
          [found.items, found.totals, found.prepaid].map((rows) => formatTable(rows)).join('\n\n'),
        )
      }),
    )
}

function addExports({ run }: Cli, books: CliCommand): void {
  books
    .command('export <issuer> <file>')
    .description('the journal of some days as a file, for another program; it is not written over')
    .example(
      'main EXTF_Buchungsstapel.csv --format datev --from 2026-01-01 --until 2026-01-31 --consultant 29098 --client 55003',
    )
    .requiredOption('--format <format>', 'json, csv, datev, saft, or bas for programs of the 1C and BAS family')
    .requiredOption('--from <day>')
    .requiredOption('--until <day>', 'the last day')
    .option('--consultant <number>', 'of DATEV: Beraternummer')
    .option('--client <number>', 'of DATEV: Mandantennummer')
    .option('--account-length <number>', 'of DATEV: digits of its accounts')
    .option('--year-start <day>', 'of DATEV: first day of the financial year')
    .action(async (issuer: string, file: string, options: Query) =>
      run(async (client) => {
        const journal = await client.download(at(issuer, `/journal${queryText(options)}`))
        await writeFile(file, journal, { flag: 'wx' })
        return file
      }),
    )
  books
    .command('taxes <issuer>')
    .description('taxes of the documents of some days by place and rate, and what the ledger has of them')
    .example('main --from 2026-01-01 --until 2026-03-31')
    .requiredOption('--from <day>')
    .requiredOption('--until <day>', 'the last day')
    .action(async (issuer: string, options: Query) =>
      run(async (client) => {
        const found = await client.get<{ items: Json[]; totals: Json[] }>(at(issuer, `/taxes${queryText(options)}`))
        return new Worded(found, () => `${formatTable(found.items)}\n\n${formatTable(found.totals)}`)
      }),
    )
  books
    .command('oss <issuer> <file>')
    .description(
      'what is declared in the one-stop shop for a quarter, as CSV: member state, rate, base and tax in euro',
    )
    .example('main oss-2026-Q1.csv --quarter 2026-Q1')
    .requiredOption('--quarter <quarter>', 'such as 2026-Q1')
    .action(async (issuer: string, file: string, { quarter }: { quarter: string }) =>
      run(async (client) => {
        const path = at(issuer, `/oss${queryText({ quarter, format: 'csv' })}`)
        await writeFile(file, await client.download(path), { flag: 'wx' })
        return file
      }),
    )
}

/** Months of a waterfall, in one cell each. */
function flat(row: Json): Json {
  const text = (value: unknown): unknown =>
    typeof value === 'object' && value !== null
      ? Object.entries(value)
          .map(([name, part]) => `${name} ${part}`)
          .join(', ')
      : value
  return Object.fromEntries(Object.entries(row).map(([name, value]) => [name, text(value)]))
}

function addRates({ run }: Cli, books: CliCommand): void {
  const rate = books.command('rate').description('exchange rates, by which documents of other currencies are kept')
  rate
    .command('add')
    .description('so much of a currency for one of another, on a day')
    .example('--day 2026-01-30 --base EUR --currency USD --rate 1.0823 --source ECB')
    .requiredOption('--day <day>')
    .requiredOption('--base <currency>')
    .requiredOption('--currency <currency>')
    .requiredOption('--rate <decimal>')
    .requiredOption('--source <text>', 'where it is from')
    .action(async ({ source, ...one }: Json) =>
      run((client) => client.post('/v1/exchange-rates', { source, rates: [one] })),
    )
  rate
    .command('import <file>')
    .description('the reference rates of a file of the European Central Bank, eurofxref-hist.csv')
    .example('eurofxref-hist.csv --from 2026-01-01')
    .option('--from <day>', 'of this day or later')
    .action(async (file: string, options: Query) =>
      run(async (client) =>
        client.postRaw(`/v1/exchange-rates/ecb${queryText(options)}`, await readFile(file), 'text/csv'),
      ),
    )
  rate
    .command('list')
    .description('rates of a pair, the latest first')
    .example('--currency USD')
    .option('--base <currency>', 'of one of this', 'EUR')
    .requiredOption('--currency <currency>')
    .option('--until <day>', 'of this day or earlier')
    .action(async (options: Query) =>
      run(async (client) => (await client.get<{ items: Json[] }>(`/v1/exchange-rates${queryText(options)}`)).items),
    )
}

import { readFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import { type Client, type Json, type Query, queryText } from './client.ts'
import type { CliCommand } from './command.ts'
import { addBookReports, at } from './commands-book-reports.ts'
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
  addBookReports(cli, books)
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

/** Days of a file that are sent at once. */
const DAYS_AT_ONCE = 500

/** Sends a file of rates in parts, each with its heading. */
async function sendRates(client: Client, text: string, query: string): Promise<Json> {
  const [heading = '', ...days] = text.split('\n')
  let [added, known] = [0, 0]
  for (let at = 0; at < days.length; at += DAYS_AT_ONCE) {
    const part = days.slice(at, at + DAYS_AT_ONCE).filter((day) => day.trim() !== '')
    if (part.length === 0) continue
    const bytes = new TextEncoder().encode(`${[heading, ...part].join('\n')}\n`)
    const report = await client.postRaw<{ added: number; known: number }>(
      `/v1/exchange-rates/ecb${query}`,
      bytes,
      'text/csv',
    )
    added += report.added
    known += report.known
  }
  return { added, known }
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
      run(async (client) => sendRates(client, await readFile(file, 'utf8'), queryText(options))),
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

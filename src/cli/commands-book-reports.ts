import { writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import { type Json, type Query, queryText } from './client.ts'
import type { CliCommand } from './command.ts'
import { formatTable, Worded } from './output.ts'

/** The address of the books of an issuer. */
export const at = (issuer: string, path = ''): string => `/v1/books/${encodeURIComponent(issuer)}${path}`

/** Reports of books, and journals for other programs. */
export function addBookReports(cli: Cli, books: CliCommand): void {
  addStatements(cli, books)
  addExports(cli, books)
}

const AS_OF = ['--as-of <day>', 'as of this day; today unless set'] as const

function addStatements({ run }: Cli, books: CliCommand): void {
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
    .command('recognised <issuer> <day>')
    .description('what the closed period that begins on a day has recognised of each line, usage and pack of units')
    .example('main 2026-01-01 --account 1001')
    .option('--account <reference>', 'of this billing account')
    .action(async (issuer: string, day: string, options: Query) =>
      run(async (client) => client.list(at(issuer, `/periods/${day}/recognised${queryText(options)}`))),
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
  books
    .command('confirmation <issuer> <account> <file>')
    .description('a letter as PDF that asks a customer to confirm the balance of its account')
    .example('main 1001 confirmation.pdf --as-of 2026-01-31')
    .option(...AS_OF)
    .option('--return-to <address>', 'to whom it is returned, such as an auditor; the issuer unless set')
    .action(async (issuer: string, account: string, file: string, options: Query) =>
      run(async (client) => {
        const path = at(issuer, `/balance-confirmation${queryText({ account, ...options })}`)
        await writeFile(file, await client.download(path))
        return file
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

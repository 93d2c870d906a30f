import { basename } from 'node:path'
import { MAX_BANK_FILE_BYTES } from '../core/banking/read-bank-file.ts'
import { readBounded } from './bounded-file.ts'
import type { Cli } from './cli.ts'
import { type Json, type Query, queryText } from './client.ts'
import type { CliCommand } from './command.ts'
import { addFilters, listFiltered } from './list-options.ts'
import { toJson } from './option-values.ts'
import { Worded } from './output.ts'

const OF_BANK = ['--bank-account <reference>', 'of this bank account'] as const
const MAX_MAPPING_BYTES = 64 * 1024

/** `kvit bank …`: statements of banks, and what is booked of them. */
export function addBankCommands({ program, run, runAlone }: Cli): void {
  const bank = program.command('bank').description('statements of banks: camt.052/053/054, MT940/942, CSV')
  addAccountCommands(bank, run)
  bank
    .command('read <file>')
    .description('what a file of a bank says, and whether its sums are right; needs no server')
    .example('statement.xml')
    .option('--mapping <file>', 'of a CSV file: a JSON file that says which column is what')
    .option('--currency <code>', 'of a CSV file: the currency of the account', 'EUR')
    .action(async (file: string, options: { mapping?: string; currency: string }) =>
      runAlone(async () => {
        const { readStatements, shownStatements } = await import('./bank/read-statements.ts')
        const read = await readStatements(file, options)
        if ([read, ...read.statements].some(({ faults }) => faults.length > 0)) process.exitCode = 1
        return shownStatements(read)
      }),
    )
  bank
    .command('import <files...>')
    .description('book statements; what was imported before, in any file, is not booked again')
    .example('statement.xml')
    .option('--bank-account <reference>', 'whose statements these are; a CSV file needs it')
    .action(async (files: string[], { bankAccount }: { bankAccount?: string }) =>
      run(async (client) => {
        const rows: Json[] = []
        for (const file of files) {
          const bytes = await readBounded(file, MAX_BANK_FILE_BYTES)
          const path = `/v1/bank-files${queryText({ name: basename(file), bankAccount })}`
          const { repeated, statements } = await client.postRaw<Json & { statements: Json[] }>(
            path,
            bytes,
            'application/octet-stream',
          )
          rows.push(...statements.map((one) => ({ ...shownStatement(one), repeated })))
        }
        return rows
      }),
    )
  addFilters(
    bank.command('statements').description('statements that were imported').example('--bank-account giro'),
    [OF_BANK],
    false,
  ).action(async (options: Query) =>
    run((client) => listFiltered(client, '/v1/bank-statements', options, shownStatement)),
  )
  addLineCommands(bank, run)
}

function addAccountCommands(bank: CliCommand, run: Cli['run']): void {
  const account = bank.command('account').description('accounts of issuers at banks')
  account
    .command('create <key>')
    .description('an account whose statements are to be imported')
    .example('giro --issuer op --iban DE89370400440532013000 --currency EUR')
    .requiredOption('--issuer <reference>')
    .requiredOption('--currency <code>')
    .option('--iban <iban>')
    .option('--number <number>', 'where the bank writes another number than the IBAN: as its files have it')
    .option('--bic <bic>')
    .option('--name <name>')
    .option('--csv-mapping <file>', 'a JSON file that says which column of its CSV files is what')
    .action(async (key: string, { csvMapping, ...options }: Json & { csvMapping?: string }) =>
      run(async (client) => {
        const mapping = csvMapping === undefined ? {} : { csvMapping: await mappingOf(csvMapping) }
        return shownAccount(await client.post('/v1/bank-accounts', { key, ...options, ...mapping }))
      }),
    )
  account
    .command('list')
    .description('what the ledger has of each, what the bank says, and what is missing')
    .example('')
    .action(async () =>
      run(async (client) => (await client.get<{ items: Json[] }>('/v1/bank-accounts')).items.map(shownAccount)),
    )
  account
    .command('show <account>')
    .description('an account, with gaps between its statements')
    .example('giro')
    .action(async (reference: string) =>
      run((client) => client.get(`/v1/bank-accounts/${encodeURIComponent(reference)}`)),
    )
  account
    .command('csv-mapping <account> <file>')
    .description('say which column of its CSV files is what')
    .example('giro mapping.json')
    .action(async (reference: string, file: string) =>
      run(async (client) =>
        shownAccount(
          await client.post(
            `/v1/bank-accounts/${encodeURIComponent(reference)}/csv-mapping`,
            await mappingOf(file),
            'PUT',
          ),
        ),
      ),
    )
}

function addLineCommands(bank: CliCommand, run: Cli['run']): void {
  addFilters(
    bank.command('lines').description('money on bank accounts, line by line').example('--state waiting'),
    [
      OF_BANK,
      ['--account <reference>', 'whose money it is'],
      ['--state <state>', 'new, waiting, set_aside, to_return or done'],
      ['--from <day>', 'booked on this day or later'],
      ['--until <day>', 'booked before this day'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/bank-lines', options, (row) => {
        const { id, bookedOn, amount, currency, open, state, account, counterparty, remittance, proposals } =
          row as Json & {
            counterparty: Json
            proposals: Json[]
          }
        const [best] = proposals
        const proposal = best === undefined ? null : `${String(best['account'])} (${String(best['score'])})`
        return {
          id,
          bookedOn,
          amount,
          currency,
          open,
          state,
          account,
          from: counterparty['name'],
          text: remittance,
          proposal,
        }
      }),
    ),
  )
  const line = bank.command('line').description('a line of a statement: what it is for')
  const path = (id: string): string => `/v1/bank-lines/${encodeURIComponent(id)}`
  line
    .command('show <id>')
    .description('what it was for, or what it may be for and why')
    .example('01a2…')
    .action(async (id: string) => run(async (client) => wordedLine(await client.get(path(id)))))
  line
    .command('accept <id>')
    .description('accept its first proposal, or the one of an account')
    .example('01a2…')
    .option('--account <reference>')
    .action(async (id: string, options: Json) =>
      run(async (client) => wordedLine(await client.post(`${path(id)}/acceptance`, options))),
    )
  const match = line.command('match').description('say what it is for')
  match
    .command('payment <id> <account>')
    .description('a payment of an account, for the invoices that are named, else for the oldest')
    .example('01a2… 1001 --invoices INV-000007,INV-000008')
    .option('--invoices <numbers>', 'separated by commas')
    .option('--amount <decimal>', 'all that is open unless set')
    .action(async (id: string, account: string, { invoices, amount }: { invoices?: string; amount?: string }) =>
      run(async (client) =>
        wordedLine(
          await client.post(`${path(id)}/matches`, {
            kind: 'payment',
            account,
            invoices: invoices?.split(',') ?? [],
            ...(amount === undefined ? {} : { amount }),
          }),
        ),
      ),
    )
  for (const [kind, other, said] of [
    ['refund', 'refund', 'a refund that was due'],
    ['return', 'payment', 'money of a payment that went back: the payment is reversed'],
    ['recorded', 'payment', 'a payment that was recorded by hand'],
    ['payout', 'payout', 'a payout of a payment provider'],
    ['cash', 'movement', 'cash of a desk that went to the bank'],
    ['offset', 'line', 'another line, which takes it back'],
  ] as const)
    match
      .command(`${kind} <id> <${other}>`)
      .description(said)
      .example('01a2… 01b3…')
      .action(async (id: string, value: string) =>
        run(async (client) => wordedLine(await client.post(`${path(id)}/matches`, { kind, [other]: value }))),
      )
  match
    .command('fee <id>')
    .description('a fee of the bank')
    .example('01a2…')
    .action(async (id: string) =>
      run(async (client) => wordedLine(await client.post(`${path(id)}/matches`, { kind: 'fee' }))),
    )
  match
    .command('outside <id>')
    .description('money that has nothing to do with customers: other books have it')
    .example('01a2… --reason "rent of the office"')
    .requiredOption('--reason <text>')
    .action(async (id: string, { reason }: { reason: string }) =>
      run(async (client) => wordedLine(await client.post(`${path(id)}/matches`, { kind: 'outside', reason }))),
    )
  line
    .command('state <id> <state>')
    .description('set it aside (set_aside), note that it is to be returned (to_return), or let it wait again (waiting)')
    .example('01a2… set_aside --note "the customer will call"')
    .option('--note <text>')
    .action(async (id: string, state: string, { note }: { note?: string }) =>
      run(async (client) => wordedLine(await client.post(`${path(id)}/state`, { state, note: note ?? null }))),
    )
  line
    .command('undo <id>')
    .description('take back what it was for: payments of it are reversed')
    .example('01a2… --reason "of another customer"')
    .requiredOption('--reason <text>')
    .action(async (id: string, { reason }: { reason: string }) =>
      run(async (client) => wordedLine(await client.post(`${path(id)}/undo`, { reason }))),
    )
  bank
    .command('match <bank-account>')
    .description('look again at all lines that wait, such as after invoices were issued')
    .example('giro')
    .action(async (reference: string) =>
      run(async (client) =>
        shownAccount(await client.post(`/v1/bank-accounts/${encodeURIComponent(reference)}/matching`, {})),
      ),
    )
}

async function mappingOf(file: string): Promise<unknown> {
  return toJson(file, (await readBounded(file, MAX_MAPPING_BYTES)).toString('utf8'))
}

function shownAccount({ key, iban, number, currency, balance, closing, missing, suspense }: Json): Json {
  const told = closing as { amount: string; on: string } | null
  return {
    key,
    account: iban ?? number,
    currency,
    balance,
    closing: told?.amount ?? null,
    on: told?.on ?? null,
    missing,
    suspense,
  }
}

function shownStatement({
  bankAccount,
  file,
  format,
  number,
  from,
  to,
  currency,
  opening,
  closing,
  entries,
  newEntries,
}: Json): Json {
  return { bankAccount, file, format, number, from, to, currency, opening, closing, entries, new: newEntries }
}

/** A line for people, its proposals with their reasons. */
function wordedLine(line: Json): Worded {
  return new Worded(line, () => {
    const { bookedOn, amount, currency, open, state, counterparty, remittance, matches, proposals } = line as Json & {
      counterparty: Json
      matches: (Json & { reasons: string[] })[]
      proposals: (Json & { reasons: string[]; invoices: Json[] })[]
    }
    const said = (reasons: readonly string[]): string[] => reasons.map((reason) => `    ${reason}`)
    return [
      `${bookedOn}  ${amount} ${currency}, ${open} open: ${state}`,
      `from ${counterparty['name'] ?? 'nobody named'} ${counterparty['iban'] ?? counterparty['account'] ?? ''}`,
      String(remittance),
      ...matches.flatMap(({ kind, amount: part, score, madeBy, reasons }) => [
        `  ${kind} ${part}, ${score === null ? `decided by ${madeBy}` : `by rule with ${score}`}`,
        ...said(reasons),
      ]),
      ...(matches.length > 0
        ? []
        : proposals.flatMap(({ account, score, reasons, invoices }) => [
            `  ${score}: account ${account}${invoices.map(({ number, amount: part }) => `, ${number} ${part}`).join('')}`,
            ...said(reasons),
          ])),
    ].join('\n')
  })
}

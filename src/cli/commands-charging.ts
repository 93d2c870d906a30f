import { readFile, writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered } from './list-options.ts'
import { toWhole } from './option-values.ts'
import { JsonLines } from './output.ts'

interface Lot extends Json {
  readonly number: number
}

/** Balances as a table: a row for each lot. */
function toRows(view: { balances: { unit: string; lots: Lot[] }[] }): Json[] {
  return view.balances.flatMap(({ unit, lots }) =>
    lots.map(({ number, source, remaining, held, priority, expiresAt, origin }) => ({
      lot: number,
      unit,
      source,
      remaining,
      held,
      priority,
      expiresAt,
      origin,
    })),
  )
}

interface StatementOptions {
  readonly from?: string
  readonly until?: string
  readonly csv?: boolean
  readonly pdf?: string
}

export function addChargingCommands({ program, run }: Cli): void {
  const balance = program.command('balance').description('what accounts may use now')
  balance
    .command('show <account>')
    .description('available money, credit and lots')
    .example('1001 --lots')
    .option('--lots', 'a table of the lots alone')
    .action(async (account: string, { lots }: { lots?: boolean }) =>
      run(async (client) => {
        const view = await client.get<Json & { balances: { unit: string; lots: Lot[] }[] }>(
          `/v1/accounts/${encodeURIComponent(account)}/balances`,
        )
        return lots === true ? toRows(view) : view
      }),
    )
  addFilters(
    balance
      .command('entries <account>')
      .description('everything that moved balances but usage, the newest first')
      .example('1001'),
    [],
    false,
  ).action(async (account: string, options: Query) =>
    run((client) =>
      listFiltered(client, `/v1/accounts/${encodeURIComponent(account)}/balance-entries`, options, (entry) => entry),
    ),
  )
  balance
    .command('statement <account>')
    .description('what it had, what came and went, and what it has')
    .example('1001 --from 2026-01-01 --until 2026-02-01')
    .option('--from <day>')
    .option('--until <day>', 'the day behind the last')
    .option('--csv', 'as CSV')
    .option('--pdf <file>', 'write it as PDF')
    .action(async (account: string, { from, until, csv, pdf }: StatementOptions) =>
      run(async (client) => {
        const query = new URLSearchParams({
          ...(from && { from }),
          ...(until && { until }),
          ...(csv && { format: 'csv' }),
          ...(pdf && { format: 'pdf' }),
        })
        const path = `/v1/accounts/${encodeURIComponent(account)}/statement?${query}`
        if (pdf !== undefined) {
          await writeFile(pdf, await client.download(path))
          return { file: pdf }
        }
        return csv === true ? new TextDecoder().decode(await client.download(path)) : client.get(path)
      }),
    )
  balance
    .command('top-up')
    .description('money comes in to be used; the same key never has two effects')
    .example('--account 1001 --amount 20.00 --currency EUR --key top-up-1 --method card')
    .requiredOption('--account <reference>')
    .requiredOption('--amount <decimal>')
    .requiredOption('--currency <code>')
    .requiredOption('--key <key>')
    .option('--method <method>', 'cash, bank, card or other', 'cash')
    .option('--expires-at <instant>')
    .option('--grace-hours <hours>', 'how long behind it the money still pays for usage of before', Number)
    .option('--shared', 'sponsored accounts may use it')
    .action(async (options: Json) => run((client) => client.post('/v1/top-ups', options)))
  balance
    .command('sell-units')
    .description('sell units, such as a pack of credits, for money that came in')
    .example('--account 1001 --unit credit --units 35.94 --unit-price 0.5 --currency EUR --key pack-1')
    .requiredOption('--account <reference>')
    .requiredOption('--unit <unit>', 'the unit of meters that it covers')
    .requiredOption('--units <decimal>')
    .requiredOption('--unit-price <decimal>', 'what each costs')
    .requiredOption('--currency <code>')
    .requiredOption('--key <key>')
    .option('--method <method>', 'cash, bank, card or other', 'cash')
    .option('--expires-at <instant>')
    .action(async (options: Json) => run((client) => client.post('/v1/unit-sales', options)))
  balance
    .command('reverse-top-up <top-up>')
    .description('take a top-up back, by its key or id: what it paid for is owed again')
    .example('top-up-1 --reason "card payment disputed"')
    .requiredOption('--reason <text>')
    .action(async (topUp: string, options: Json) =>
      run((client) => client.post(`/v1/top-ups/${encodeURIComponent(topUp)}/reversal`, options)),
    )
  balance
    .command('transfer')
    .description('move paid money to another account')
    .example('--from 1001 --to 1002 --amount 5.00 --key transfer-1')
    .requiredOption('--from <reference>')
    .requiredOption('--to <reference>')
    .requiredOption('--amount <decimal>')
    .requiredOption('--key <key>')
    .action(async (options: Json) => run((client) => client.post('/v1/balance-transfers', options)))
  balance
    .command('promise')
    .description('lend money until the next top-up')
    .example('--account 1001 --amount 3.00 --key loan-1')
    .requiredOption('--account <reference>')
    .requiredOption('--amount <decimal>')
    .requiredOption('--key <key>')
    .action(async (options: Json) => run((client) => client.post('/v1/promised-credits', options)))
  balance
    .command('adjust')
    .description('correct a balance by hand; above the limit it waits for another key')
    .example('--account 1001 --direction credit --amount 2.00 --reason "dropped call" --key adjust-1')
    .requiredOption('--account <reference>')
    .requiredOption('--direction <direction>', 'credit or debit')
    .requiredOption('--amount <decimal>')
    .requiredOption('--reason <text>')
    .requiredOption('--key <key>')
    .option('--unit <unit>', 'units instead of money')
    .option('--source <source>', 'paid or bonus', 'bonus')
    .action(async (options: Json) => run((client) => client.post('/v1/adjustments', options)))
  addVoucherCommands({ program, run })
  program
    .command('charge <file>')
    .description(
      'requests of gateways, a JSON object a line: event, refund, start, update, end; - reads standard input',
    )
    .example('requests.ndjson')
    .action(async (file: string) =>
      run(async (client) => {
        const bytes = file === '-' ? await readAll() : await readFile(file)
        const { answers } = await client.postRaw<{ answers: Json[] }>(
          '/v1/charging/batch',
          bytes,
          'application/x-ndjson',
        )
        return new JsonLines(answers)
      }),
    )
}

function addVoucherCommands({ program, run }: Pick<Cli, 'program' | 'run'>): void {
  const voucher = program.command('voucher').description('codes that are worth money or units, once')
  voucher
    .command('create <file>')
    .description('make a batch; its codes are written into the file, and are shown nowhere else')
    .example('codes.txt --key spring --count 1000 --amount 10.00 --currency EUR')
    .requiredOption('--key <key>')
    .requiredOption('--count <number>')
    .requiredOption('--amount <decimal>')
    .option('--currency <code>')
    .option('--unit <unit>')
    .option('--source <source>', 'paid or bonus', 'paid')
    .option('--valid-days <days>', 'after redemption')
    .option('--expires-at <instant>', 'last moment of redemption')
    .action(async (file: string, { count, validDays, ...draft }: Json) =>
      run(async (client) => {
        const numbers = {
          count: toWhole('--count', String(count)),
          ...(validDays === undefined ? {} : { validDays: toWhole('--valid-days', String(validDays)) }),
        }
        // The file is made before the batch, so that codes are not lost for want of a place.
        await writeFile(file, '', { flag: 'wx', mode: 0o600 })
        const { batch, codes } = await client.post<{ batch: Json; codes: string[] }>('/v1/voucher-batches', {
          ...draft,
          ...numbers,
        })
        await writeFile(file, `${codes.join('\n')}\n`)
        return { batch: batch['key'], vouchers: codes.length, file }
      }),
    )
  voucher
    .command('redeem <account> <code>')
    .description('redeem a code for an account')
    .example('1001 ABCD-EFGH-JKLM')
    .action(async (account: string, code: string) =>
      run((client) => client.post('/v1/vouchers/redeem', { account, code })),
    )
  addFilters(
    voucher
      .command('list')
      .description('batches with how many were redeemed, the newest first')
      .example('--text spring'),
    [],
    false,
  ).action(async (options: Query) =>
    run((client) => listFiltered(client, '/v1/voucher-batches', options, (batch) => batch)),
  )
}

async function readAll(): Promise<Buffer> {
  const parts: Buffer[] = []
  for await (const part of process.stdin) parts.push(part as Buffer)
  return Buffer.concat(parts)
}

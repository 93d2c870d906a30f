import { writeFile } from 'node:fs/promises'
import { readBounded } from './bounded-file.ts'
import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

const MAX_REPORT_BYTES = 4 * 1024 * 1024

/** `kvit mandate …` and `kvit sepa …`: direct debits, and refunds by transfer. */
export function addDirectDebitCommands({ program, run }: Cli): void {
  const mandate = program.command('mandate').description('mandates of customers for SEPA direct debits')
  mandate
    .command('create <reference>')
    .description('record a mandate that a customer has signed')
    .example('M-1001 --account 1001 --holder "Ann Example" --iban DE89370400440532013000 --signed-on 2026-01-15')
    .requiredOption('--account <reference>')
    .requiredOption('--holder <name>')
    .requiredOption('--iban <iban>')
    .requiredOption('--signed-on <day>')
    .option('--bic <bic>')
    .option('--scheme <scheme>', 'CORE, or B2B for companies', 'CORE')
    .option('--one-off', 'for one collection alone')
    .action(async (reference: string, { oneOff, ...options }: Json) =>
      run((client) => client.post('/v1/mandates', { reference, isOneOff: oneOff === true, ...options })),
    )
  addFilters(
    mandate.command('list').description('mandates, and why one cannot be used').example('--account 1001'),
    OF_ACCOUNT,
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/mandates',
        options,
        ({ reference, account, holder, iban, scheme, signedOn, lastUsedOn, unusable }) => ({
          ...{ reference, account, holder, iban, scheme, signedOn, lastUsedOn, unusable },
        }),
      ),
    ),
  )
  mandate
    .command('end <reference>')
    .description('the customer has revoked it, or it is replaced')
    .example('M-1001 --reason "revoked by letter"')
    .requiredOption('--reason <text>')
    .action(async (reference: string, options: Json) =>
      run((client) => client.post(`/v1/mandates/${encodeURIComponent(reference)}/end`, options)),
    )
  const sepa = program.command('sepa').description('files of direct debits and refunds for your bank')
  for (const [word, kind, said] of [
    ['collect', 'debits', 'a file of direct debits for what is due (pain.008)'],
    ['refund', 'refunds', 'a file of transfers for refunds that are due (pain.001)'],
  ] as const) {
    const command = sepa
      .command(`${word} <file>`)
      .description(said)
      .example(`february.xml --bank-account giro --key ${kind}-2026-02`)
      .requiredOption('--bank-account <reference>')
      .requiredOption('--key <key>', 'your own identifier: the same key is the same file')
    if (kind === 'debits') command.option('--until <day>', 'what is due by this day; today unless set')
    command.action(async (file: string, options: Json) =>
      run(async (client) => {
        const made = await client.post('/v1/sepa-files', { kind, ...options })
        await writeFile(file, await client.download(`/v1/sepa-files/${String(made['id'])}/xml`))
        return ordersOf(made)
      }),
    )
  }
  sepa
    .command('show <file>')
    .description('the orders of a file, and what came of them')
    .example('debits-2026-02')
    .action(async (reference: string) =>
      run(async (client: Client) => ordersOf(await client.get(`/v1/sepa-files/${encodeURIComponent(reference)}`))),
    )
  sepa
    .command('end <file> <order>')
    .description('say that an order is not on its way any more, such as one whose line was matched by hand')
    .example('debits-2026-02 019a… --reason "settled by hand"')
    .requiredOption('--reason <text>', 'why')
    .action(async (file: string, order: string, { reason }: Json) =>
      run(async (client: Client) => {
        const path = `/v1/sepa-files/${encodeURIComponent(file)}/orders/${encodeURIComponent(order)}/end`
        return ordersOf(await client.post(path, { reason }))
      }),
    )
  sepa
    .command('status <report>')
    .description('apply what the bank answers to a file (pain.002)')
    .example('answer.xml')
    .action(async (file: string) =>
      run(async (client) =>
        client.postRaw(
          '/v1/sepa-status-reports',
          await readBounded(file, MAX_REPORT_BYTES),
          'application/octet-stream',
        ),
      ),
    )
}

function ordersOf(file: Json): Json[] {
  return (file['orders'] as Json[]).map(
    ({ account, amount, sequence, dueOn, endToEndId, state, reason, meaning, next }) => ({
      ...{ account, amount, sequence, dueOn, endToEndId, state, reason, meaning, next },
    }),
  )
}

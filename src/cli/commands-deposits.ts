import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

/** `kvit deposit …`: security that customers leave. */
export function addDepositCommands({ program, run }: Cli): void {
  const deposit = program.command('deposit').description('security that customers leave: no revenue, and without tax')
  for (const [word, kind, said] of [
    ['take', 'taken', 'record security that came in'],
    ['release', 'released', 'record security that was paid back'],
  ] as const)
    deposit
      .command(`${word} <account>`)
      .description(said)
      .example('1001 --amount 100.00 --key deposit-1 --reason "a new contract"')
      .requiredOption('--amount <decimal>')
      .requiredOption('--key <key>', 'your own identifier: the same key is never booked twice')
      .requiredOption('--reason <text>')
      .option('--method <method>', 'bank or cash', 'bank')
      .action(async (account: string, options: Json) =>
        run((client) => client.post('/v1/deposit-entries', { kind, account, ...options })),
      )
  deposit
    .command('apply <account> <invoice>')
    .description('settle a document with it: with all that is held, at most what is open')
    .example('1001 INV-000007 --key deposit-1-used --reason "the contract has ended"')
    .requiredOption('--key <key>', 'your own identifier: the same key is never booked twice')
    .requiredOption('--reason <text>')
    .option('--amount <decimal>', 'no more than this')
    .action(async (account: string, invoice: string, options: Json) =>
      run((client) => client.post('/v1/deposit-entries', { kind: 'applied', account, invoice, ...options })),
    )
  deposit
    .command('show <account>')
    .description('what is held of an account')
    .example('1001')
    .action(async (account: string) =>
      run((client) => client.get(`/v1/accounts/${encodeURIComponent(account)}/deposit`)),
    )
  addFilters(
    deposit.command('list').description('what was taken, applied and released').example('--account 1001'),
    OF_ACCOUNT,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/deposit-entries', options, (row) => {
        const { createdAt, account, kind, amount, currency, method, reason, key } = row
        return { createdAt, account, kind, amount, currency, method, reason, key }
      }),
    ),
  )
}

import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import type { CliCommand } from './command.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

const ofAccount = (account: string, what: string): string => `/v1/accounts/${encodeURIComponent(account)}/${what}`

function addCommon(command: CliCommand): CliCommand {
  return command
    .requiredOption('--key <key>', 'your own identifier of it; the same key has one effect')
    .option('--invoices <numbers>', 'documents, with commas between them; all that is open unless set')
    .option('--promised-by <name>', 'who said so')
    .option('--note <text>')
}

function bodyOf({ invoices, parts, ...body }: Json): Json {
  return {
    ...body,
    ...(invoices === undefined ? {} : { invoices: String(invoices).split(',') }),
    ...(parts === undefined ? {} : { parts: Number(parts) }),
  }
}

/** `kvit payment-plan …`: promises to pay, and instalments. */
export function addPaymentPlanCommands({ program, run }: Cli): void {
  const plan = program.command('payment-plan').description('promises to pay, and instalments')
  const make = async (account: string, what: string, options: Json): Promise<void> =>
    run(async (client: Client) => client.post(ofAccount(account, what), bodyOf(options)))
  addCommon(plan.command('promise <account>'))
    .description('note that a customer has promised to pay until a day')
    .example('1001 --until 2026-03-10 --amount 40.00 --key promise-1')
    .requiredOption('--until <day>', 'the last day on which it is kept')
    .option('--amount <decimal>', 'all that is open unless set')
    .action(async (account: string, options: Json) => make(account, 'promises', options))
  addCommon(plan.command('instalments <account>'))
    .description('agree that what is open is paid in equal parts')
    .example('1001 --parts 3 --first-on 2026-03-01 --key instalments-1')
    .requiredOption('--parts <count>', 'from 2 to 60')
    .requiredOption('--first-on <day>', 'when the first part is due')
    .option('--every <unit>', 'week or month')
    .action(async (account: string, options: Json) => make(account, 'instalments', options))
  addFilters(
    plan.command('list').description('promises and instalments, the newest first').example('--state open'),
    [
      ...OF_ACCOUNT,
      ['--kind <kind>', 'promise or instalments'],
      ['--state <state>', 'open, kept, broken or cancelled'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/payment-plans', options, (row) => {
        const { key, account, customerName, kind, state, amount, paid, currency } = row
        const parts = row['parts'] as Json[]
        return {
          key,
          account,
          customer: customerName,
          kind,
          state,
          amount,
          paid,
          currency,
          until: parts.at(-1)?.['dueOn'],
        }
      }),
    ),
  )
  const at = (reference: string, path = ''): string => `/v1/payment-plans/${encodeURIComponent(reference)}${path}`
  plan
    .command('show <plan>')
    .description('a promise, or instalments, with what is paid of each part')
    .example('instalments-1')
    .action(async (reference: string) => run((client) => client.get(at(reference))))
  plan
    .command('cancel <plan>')
    .description('give it up: what is open is due as its documents say')
    .example('instalments-1 --reason "moved to a lawyer"')
    .option('--reason <text>')
    .action(async (reference: string, options: Json) => run((client) => client.post(at(reference, '/cancel'), options)))
}

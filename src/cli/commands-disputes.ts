import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import type { CliCommand } from './command.ts'
import { collectLines, toLinePart } from './line-option.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

const LINE = [
  '--line <line>',
  'a position, or with an amount, and with units: 2, 2:10.00 or 2:10.00:100; may be repeated',
] as const

type WithLines = Json & { readonly line?: readonly string[] }

const bodyOf = ({ line, ...body }: WithLines): Json =>
  line === undefined ? body : { ...body, lines: line.map(toLinePart) }

/** `kvit dispute …`: lines of documents that customers say are wrong. */
export function addDisputeCommands({ program, run }: Cli): void {
  const dispute = program.command('dispute').description('lines of documents that customers say are wrong')
  const at = (reference: string, path = ''): string => `/v1/disputes/${encodeURIComponent(reference)}${path}`
  dispute
    .command('open <invoice>')
    .description(
      'note that a customer disputes a document, or lines of it: nobody is asked for that until it is decided',
    )
    .example('INV-000001 --reason wrong_amount --line 2:10.00 --key dispute-1')
    .requiredOption('--reason <code>', 'kvit dispute reasons shows them')
    .requiredOption('--key <key>', 'your own identifier of it')
    .option('--text <text>', 'in the words of the customer')
    .option(...LINE, collectLines)
    .action(async (invoice: string, options: WithLines) =>
      run((client) => client.post(`/v1/invoices/${encodeURIComponent(invoice)}/disputes`, bodyOf(options))),
    )
  addFilters(
    dispute.command('list').description('disputes, the newest first').example('--status open'),
    [
      ...OF_ACCOUNT,
      ['--status <status>', 'open, accepted, rejected or withdrawn'],
      ['--reason <code>', 'for this reason'],
      ['--invoice <reference>', 'of this document'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/disputes', options, (row) => {
        const { key, account, customerName, amount, currency, reason, status, openedAt } = row
        const number = (row['invoice'] as Json)['number']
        return { key, account, customer: customerName, of: number, amount, currency, reason, status, openedAt }
      }),
    ),
  )
  dispute
    .command('show <dispute>')
    .description('a dispute with its lines')
    .example('dispute-1')
    .action(async (reference: string) => run((client) => client.get(at(reference))))
  dispute
    .command('reasons')
    .description('why lines may be disputed')
    .example('')
    .action(async () => run(async (client) => (await client.get<{ items: Json[] }>('/v1/dispute-reasons')).items))
  dispute
    .command('accept <dispute>')
    .description('take back what is disputed, or a part of it, by a credit note')
    .example('dispute-1 --line 2:4.00 --text "Half of the month without service"')
    .option(...LINE, collectLines)
    .option('--money <use>', 'what is not open of the document: open_invoices, balance or refund')
    .option('--text <text>', 'printed as the reason')
    .action(async (reference: string, options: WithLines) =>
      run((client) => client.post(at(reference, '/accept'), bodyOf(options))),
    )
  reasoned(dispute.command('reject <dispute>'), true)
    .description('what is disputed is owed')
    .action(async (reference: string, options: Json) => run((client) => client.post(at(reference, '/reject'), options)))
  reasoned(dispute.command('withdraw <dispute>'), false)
    .description('the customer disputes no longer')
    .action(async (reference: string, options: Json) =>
      run((client) => client.post(at(reference, '/withdraw'), options)),
    )
}

function reasoned(command: CliCommand, isNeeded: boolean): CliCommand {
  const shown = command.example('dispute-1 --reason "The contract says so"')
  return isNeeded ? shown.requiredOption('--reason <text>') : shown.option('--reason <text>')
}

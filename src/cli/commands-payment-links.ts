import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'

const OPEN_DAYS = ['--open-days <days>', 'how long it opens; as the settings say unless set'] as const

const bodyOf = ({ openDays, ...body }: Json): Json =>
  openDays === undefined ? body : { ...body, openDays: Number(openDays) }

/** `kvit payment-link …`: links by which payers pay in a browser. */
export function addPaymentLinkCommands({ program, run }: Cli): void {
  program
    .group('invoice')
    .command('payment-link <invoice>')
    .description(
      'make a link by which whoever has it can pay the document in a browser; its address is shown this once',
    )
    .example('INV-000001 --open-days 30')
    .option(...OPEN_DAYS)
    .action(async (invoice: string, options: Json) =>
      run((client) => client.post(`/v1/invoices/${encodeURIComponent(invoice)}/payment-links`, bodyOf(options))),
    )
  program
    .group('account')
    .command('payment-link <account>')
    .description('the same for all open items of an account, or to top it up')
    .example('1001 --for open_items')
    .requiredOption('--for <purpose>', 'open_items, or top_up by an amount that the payer chooses')
    .option(...OPEN_DAYS)
    .action(async (account: string, options: Json) =>
      run((client) => client.post(`/v1/accounts/${encodeURIComponent(account)}/payment-links`, bodyOf(options))),
    )
  const links = program.command('payment-link').description('links by which payers pay in a browser')
  addFilters(
    links.command('list').description('links without their addresses, the newest first').example('--state open'),
    [
      ...OF_ACCOUNT,
      ['--invoice <reference>', 'of this document'],
      ['--purpose <purpose>', 'document, open_items or top_up'],
      ['--state <state>', 'open, expired or revoked'],
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/payment-links', options, (row) => {
        const { id, account, customerName, purpose, number, origin, state, expiresAt } = row
        return { id, account, customer: customerName, purpose, of: number, origin, state, expiresAt }
      }),
    ),
  )
  links
    .command('show <link>')
    .description('a link without its address')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11')
    .action(async (id: string) => run((client) => client.get(`/v1/payment-links/${encodeURIComponent(id)}`)))
  links
    .command('revoke <link>')
    .description('have a link open no longer')
    .example('019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11 --reason "sent to the wrong address"')
    .option('--reason <text>')
    .action(async (id: string, options: Json) =>
      run((client) => client.post(`/v1/payment-links/${encodeURIComponent(id)}/revoke`, options)),
    )
}

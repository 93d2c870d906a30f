import { writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Json, Query } from './client.ts'
import type { CliCommand } from './command.ts'
import { addFilters, listFiltered, OF_ACCOUNT } from './list-options.ts'
import { toJson } from './option-values.ts'

const LINES = '[{"description":"Consulting","quantity":"3","unit":"h","unitPrice":"80.00","product":"consulting"}]'

/** `kvit invoice one-off` and `kvit invoice pro-forma …`: documents of lines that somebody writes. */
export function addItemCommands({ run }: Cli, invoice: CliCommand): void {
  invoice
    .command('one-off <account>')
    .description('an invoice of lines that you write; the same key is never billed twice')
    .example(`1001 --key consulting-1 --lines '${LINES}'`)
    .requiredOption('--key <key>', 'your own identifier of it')
    .requiredOption('--lines <json>', 'what is billed')
    .option('--advance', 'ask for money for supplies to come: paid, it comes off their documents')
    .option('--draft', 'keep it as a draft until somebody issues it')
    .action(async (account: string, { lines, ...options }: Json) =>
      run((client) =>
        client.post('/v1/one-off-invoices', { account, lines: toJson('--lines', String(lines)), ...options }),
      ),
    )
  const proForma = invoice.command('pro-forma').description('what would be billed, as a document that nobody owes')
  const at = (id: string, path: string): string => `/v1/pro-forma-invoices/${encodeURIComponent(id)}${path}`
  proForma
    .command('create <account>')
    .description('of lines that you write, or of the next bill')
    .example(`1001 --key offer-1 --lines '${LINES}'`)
    .requiredOption('--key <key>', 'your own identifier of it')
    .option('--lines <json>', 'what would be billed; the next bill unless set')
    .action(async (account: string, { key, lines }: Json) =>
      run((client) => {
        const written = lines === undefined ? {} : { lines: toJson('--lines', String(lines)) }
        return client.post('/v1/pro-forma-invoices', { account, key, ...written })
      }),
    )
  addFilters(
    proForma.command('list').description('list pro forma invoices, the newest first').example('--account 1001'),
    OF_ACCOUNT,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(client, '/v1/pro-forma-invoices', options, (row) => {
        const { id, number, account, of, total, currency, issuedOn } = row
        return { id, number, account, of, total, currency, issuedOn }
      }),
    ),
  )
  proForma
    .command('show <reference>')
    .description('one of them, by its number, key or id')
    .example('PF-000001')
    .action(async (reference: string) => run((client) => client.get(at(reference, ''))))
  proForma
    .command('pdf <reference> <file>')
    .description('write it as PDF')
    .example('PRO-FORMA offer.pdf')
    .action(async (id: string, file: string) =>
      run(async (client) => {
        await writeFile(file, await client.download(at(id, '/pdf')))
        return file
      }),
    )
  proForma
    .command('invoice <reference>')
    .description('its invoice, once: of one that is of lines')
    .example('PRO-FORMA')
    .action(async (id: string) => run((client) => client.post(at(id, '/invoice'), {})))
}

import { writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Client, Json, Query } from './client.ts'
import { addDraftCommands } from './commands-drafts.ts'
import { addItemCommands } from './commands-items.ts'
import { type ShownInvoice, wordsOfInvoice } from './invoice-words.ts'
import { addFilters, type Filter, listFiltered, OF_ACCOUNT, OF_CURRENCY, ofAmounts } from './list-options.ts'
import { addAnnotate, addMetadata } from './metadata-option.ts'
import { formatTable, Progress, Worded } from './output.ts'

const POLL_MS = 200

const PERIOD: readonly Filter[] = [
  ['--from <date>', 'of this day or later'],
  ['--until <date>', 'before this day'],
]
const PAYMENT_FILTERS: readonly Filter[] = [
  ...OF_ACCOUNT,
  ['--state <state>', 'received or reversed'],
  ['--method <method>', 'bank or cash'],
  OF_CURRENCY,
  ...ofAmounts('amount'),
  ...PERIOD,
]
const INVOICE_FILTERS: readonly Filter[] = [
  ...OF_ACCOUNT,
  ['--state <state>', 'issued, partially_paid, paid, written_off, void, open or overdue'],
  ['--kind <kind>', 'invoice, credit_note or debit_note'],
  ['--number <as-printed>', 'of this number, such as INV-000001'],
  OF_CURRENCY,
  ...ofAmounts('total'),
  ...PERIOD,
]

export interface BillRun extends Json {
  readonly id: string
  readonly status: string
  readonly accountsTotal: number
  readonly accountsDone: number
  readonly documents: number
  readonly issued: number
  readonly held: number
  readonly inGrace: number
  readonly error: string | null
}

/** Starts a bill run and waits until it is done. */
export async function runBills(client: Client, until: string): Promise<BillRun> {
  let run = await client.post<BillRun>('/v1/bill-runs', { until })
  let progress: Progress | undefined
  while (run.status === 'running') {
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
    run = await client.get<BillRun>(`/v1/bill-runs/${run.id}`)
    if (run.accountsTotal > 0)
      progress ??= new Progress(
        'billing',
        run.accountsTotal,
        'the server goes on with it; the same command waits again',
      )
    progress?.update(run.accountsDone)
  }
  progress?.end()
  if (run.status === 'failed') throw new Error(`the bill run failed: ${run.error}`)
  return run
}

/** The text of an explanation, and the records behind it as a table. */
function wordsOfExplanation({ text, records }: Json): string {
  const rows = ((records ?? []) as readonly Json[]).map(({ time, source, id, service, quantity, charge }) => ({
    ...{ time, source, id, service, quantity, charge },
  }))
  return rows.length === 0 ? String(text) : `${text}\n\n${formatTable(rows)}`
}

export function addBillingCommands(cli: Cli): void {
  addInvoiceCommands(cli)
  const { program, run } = cli
  const payment = program.command('payment').description('payments')
  addMetadata(
    payment
      .command('record')
      .description('record money received; it settles the oldest invoices first')
      .example('--account 1001 --amount 51.20 --currency GBP --key payment-1')
      .requiredOption('--account <reference>')
      .requiredOption('--amount <decimal>')
      .requiredOption('--currency <code>')
      .requiredOption('--key <key>', 'your own identifier of the payment; the same key is never booked twice')
      .option('--method <method>', 'bank or cash', 'bank')
      .option('--received-on <date>')
      .option('--reference <text>'),
    'an entry of metadata',
  ).action(async (options: Json) => run((client) => client.post('/v1/payments', options)))
  payment
    .command('reverse <payment>')
    .description('take a payment back, by its key or id: what it settled is open again')
    .example('payment-1 --reason bounced')
    .requiredOption('--reason <text>')
    .action(async (payment: string, options: Json) =>
      run((client) => client.post(`/v1/payments/${encodeURIComponent(payment)}/reversal`, options)),
    )
  payment
    .command('receipt <payment> <pdf>')
    .description('the receipt of a payment as PDF, with the documents that it has settled')
    .example('payment-1 receipt.pdf')
    .action(async (payment: string, pdf: string) =>
      run(async (client) => {
        await writeFile(pdf, await client.download(`/v1/payments/${encodeURIComponent(payment)}/receipt`))
        return { file: pdf }
      }),
    )
  addAnnotate({ run }, payment, { path: '/v1/payments', argument: 'payment', example: 'payment-1' })
  addFilters(
    payment.command('list').description('list payments, the newest first').example('--account 1001 --from 2026-01-01'),
    PAYMENT_FILTERS,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/payments',
        options,
        ({ receivedOn, account, customerName, method, amount, currency, state, reference, key }) => ({
          ...{ receivedOn, account, customerName, method, amount, currency, state, reference, key },
        }),
      ),
    ),
  )
  const ledger = program.command('ledger').description('the ledger')
  addFilters(
    ledger.command('postings').description('list postings, the newest first').example('--document DOCUMENT'),
    [
      ['--document <id>', 'of this invoice, payment or other document'],
      ['--ledger-account <name>', 'of this account of the ledger'],
      OF_CURRENCY,
    ],
    false,
  ).action(async (options: Query) =>
    run((client) =>
      listFiltered(
        client,
        '/v1/ledger/postings',
        options,
        ({ postedAt, template, ledgerAccount, amount, currency, documentId }) => ({
          ...{ postedAt, template, ledgerAccount, amount, currency, documentId },
        }),
      ),
    ),
  )
  ledger
    .command('trial-balance')
    .description('debits and credits per ledger account; the difference is zero')
    .example('')
    .action(async () =>
      run(async (client) => {
        const { items, totals } = await client.get<{ items: Json[]; totals: Json[] }>('/v1/ledger/trial-balance')
        return [
          ...items,
          ...totals.map(({ currency, debit, credit }) => ({ ledgerAccount: 'TOTAL', currency, debit, credit })),
        ]
      }),
    )
}

function invoiceColumns(row: Json): Json {
  const { number, kind, account, customerName, period, total, open, currency, dueOn, state, isOverdue } = row
  const { from, until } = period as { from: string; until: string }
  return {
    ...{ number, account, customer: customerName, period: `${from}/${until}`, total, open, currency, due: dueOn },
    state: kind === 'credit_note' ? kind : isOverdue === true ? `${state}, overdue` : state,
  }
}

function addInvoiceCommands(cli: Cli): void {
  const { program, run, isJson } = cli
  program
    .command('bill')
    .description('bill runs')
    .command('run')
    .description('close periods and issue invoices; running twice bills nothing twice')
    .example('--until 2026-02-01')
    .requiredOption('--until <date>', 'the first day that is not billed')
    .action(async ({ until }: { until: string }) =>
      run(async (client) => {
        const bills = await runBills(client, until)
        const { issued, documents } = bills
        const before = documents - issued
        const fresh = issued > 0 ? `documents issued: ${issued}` : `nothing was new; documents issued before: ${before}`
        const waiting = [
          ...(bills.held === 0 ? [] : [`accounts that wait: ${bills.held} (kvit invoice drafts says why)`]),
          ...(bills.inGrace === 0 ? [] : [`in their grace period: ${bills.inGrace}`]),
        ]
        return { ...bills, told: [fresh, ...waiting].join('; ') }
      }),
    )
  const invoice = program.command('invoice').description('invoices and credit notes')
  addFilters(
    invoice
      .command('list')
      .description('list invoices and credit notes, the newest first')
      .example('--account MAC000002 --state open'),
    INVOICE_FILTERS,
  ).action(async (options: Query) => run((client) => listFiltered(client, '/v1/invoices', options, invoiceColumns)))
  addAnnotate({ run }, invoice, { path: '/v1/invoices', argument: 'invoice', example: 'LDN-000001' })
  invoice
    .command('held')
    .description(
      'accounts whose next document is not issued, since its tax cannot be decided, and what is to be filled in',
    )
    .example('')
    .action(async () =>
      run(async (client) => {
        const held = await client.list('/v1/held-invoices')
        if (isJson()) return held
        return held.flatMap(({ account, customerName, billingDay, reasons }) =>
          (reasons as readonly string[]).map((missing) => ({ account, customer: customerName, billingDay, missing })),
        )
      }),
    )
  addDraftCommands(cli, invoice)
  addItemCommands(cli, invoice)
  invoice
    .command('show <reference>')
    .description('an invoice in words, by id or number')
    .example('LDN-000001')
    .action(async (reference: string) =>
      run(async (client) => {
        const found = await client.get<ShownInvoice>(`/v1/invoices/${encodeURIComponent(reference)}`)
        return new Worded(found, () => wordsOfInvoice(found))
      }),
    )
  invoice
    .command('preview <account>')
    .description('what the next documents would be with the usage of today; nothing is stored')
    .example('1001 --at 2026-02-01')
    .option('--at <date>', 'as if billed on this day; the end of the current period unless set')
    .action(async (account: string, { at }: { at?: string }) =>
      run(async (client) => {
        const query = at === undefined ? '' : `?at=${at}`
        const found = await client.get<Json & { documents: (Json & { lines: Json[] })[] }>(
          `/v1/accounts/${encodeURIComponent(account)}/next-invoice${query}`,
        )
        if (isJson()) return found
        return found.documents.flatMap(({ billingDay, lines }) =>
          lines.map(({ description, from, until, quantity, unit, amount }) => ({
            billingDay,
            description,
            from,
            until,
            quantity,
            unit,
            amount,
          })),
        )
      }),
    )
  const download = async (reference: string, path: string, file: string): Promise<void> =>
    run(async (client) => {
      await writeFile(file, await client.download(`/v1/invoices/${encodeURIComponent(reference)}/${path}`))
      return file
    })
  invoice
    .command('pdf <reference> <file>')
    .description('write the document as PDF')
    .example('LDN-000001 invoice.pdf')
    .option('--factur-x', 'with the e-invoice in it: Factur-X, ZUGFeRD 2 (docs/einvoices.md)')
    .action(async (reference: string, file: string, { facturX = false }: { facturX?: boolean }) =>
      download(reference, facturX ? 'pdf?format=factur-x' : 'pdf', file),
    )
  invoice
    .command('csv <reference> <file>')
    .description('write the records behind it as CSV')
    .example('LDN-000001 records.csv')
    .action(async (reference: string, file: string) => download(reference, 'itemised.csv', file))
  invoice
    .command('xlsx <reference> <file>')
    .description('write the records behind it as a workbook')
    .example('LDN-000001 records.xlsx')
    .action(async (reference: string, file: string) => download(reference, 'itemised.xlsx', file))
  invoice
    .command('records <reference> <file>')
    .description('write the records behind it as PDF, in the language of its customer')
    .example('LDN-000001 records.pdf')
    .action(async (reference: string, file: string) => download(reference, 'itemised.pdf', file))
  invoice
    .command('members <reference>')
    .description('what the document of a sponsor bills for each of its members, with their documents')
    .example('LDN-000001 --pdf members.pdf')
    .option('--pdf <file>', 'write it as PDF, line by line')
    .action(async (reference: string, { pdf }: { pdf?: string }) => {
      if (pdf !== undefined) return download(reference, 'members?format=pdf', pdf)
      return run(async (client) => {
        const path = `/v1/invoices/${encodeURIComponent(reference)}/members`
        const found = await client.get<{ members: (Json & { documents: Json[] })[] }>(path)
        if (isJson()) return found
        return found.members.flatMap(({ account, customerName, documents }) =>
          documents.map(({ number, issuedOn, total, sponsored }) => {
            return { account, customerName, number, issuedOn, total, sponsored }
          }),
        )
      })
    })
  invoice
    .command('einvoice <reference>')
    .description('the document as an e-invoice by EN 16931, which its rules allow (docs/einvoices.md)')
    .example('LDN-000001 --syntax cii --output LDN-000001.xml')
    .option('--syntax <syntax>', 'ubl or cii', 'ubl')
    .option('--specification <name>', 'en16931, xrechnung or peppol; what its customer asked for unless set')
    .option('-o, --output <file>', 'write it to a file')
    .action(
      async (reference: string, { output, ...query }: { syntax: string; specification?: string; output?: string }) =>
        run(async (client) => {
          const path = `/v1/invoices/${encodeURIComponent(reference)}/einvoice?${new URLSearchParams(query)}`
          const xml = await client.download(path)
          if (output !== undefined) await writeFile(output, xml)
          return output ?? Buffer.from(xml).toString('utf8').trimEnd()
        }),
    )
  program
    .command('explain <line>')
    .description('from an invoice line to price version, tiers or bands, quantities, records and rounding')
    .example('LINE --records 2 --text')
    .option('--records <count>', 'records to show', '20')
    .option('--text', "in words, in the customer's language")
    .action(async (line: string, { records, text }: { records: string; text?: boolean }) =>
      run(async (client) => {
        const found = await client.get(`/v1/invoice-lines/${line}/explain?records=${records}`)
        return text === true ? String(found['text']) : new Worded(found, () => wordsOfExplanation(found))
      }),
    )
}

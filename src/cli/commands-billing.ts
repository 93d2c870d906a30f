import { writeFile } from 'node:fs/promises'
import type { Cli } from './cli.ts'
import type { Client, Json } from './client.ts'
import { Progress } from './output.ts'

const POLL_MS = 200

interface BillRun extends Json {
  readonly id: string
  readonly status: string
  readonly accountsTotal: number
  readonly accountsDone: number
  readonly documents: number
  readonly issued: number
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

export function addBillingCommands(cli: Cli): void {
  addInvoiceCommands(cli)
  const { program, run } = cli
  const payment = program.command('payment').description('payments')
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
    .option('--reference <text>')
    .action(async (options: Json) => run((client) => client.post('/v1/payments', options)))
  payment
    .command('reverse <payment>')
    .description('take a payment back, by its key or id: what it settled is open again')
    .example('payment-1 --reason bounced')
    .requiredOption('--reason <text>')
    .action(async (payment: string, options: Json) =>
      run((client) => client.post(`/v1/payments/${encodeURIComponent(payment)}/reversal`, options)),
    )
  payment
    .command('list')
    .description('list payments')
    .example('')
    .action(async () => run((client) => client.list('/v1/payments')))
  program
    .command('ledger')
    .description('the ledger')
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

function addInvoiceCommands({ program, run }: Cli): void {
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
        const told = issued > 0 ? `documents issued: ${issued}` : `nothing was new; documents issued before: ${before}`
        return { ...bills, told }
      }),
    )
  const invoice = program.command('invoice').description('invoices and credit notes')
  invoice
    .command('list')
    .description('list invoices and credit notes')
    .example('--account MAC000002')
    .option('--account <reference>')
    .action(async ({ account }: { account?: string }) =>
      run(async (client) => {
        const items = await client.list(
          `/v1/invoices${account === undefined ? '' : `?account=${encodeURIComponent(account)}`}`,
        )
        return items.map(({ number, kind, issuedOn, dueOn, state, total, paid, currency, id }) => ({
          number,
          kind,
          issuedOn,
          dueOn,
          state,
          total,
          paid,
          currency,
          id,
        }))
      }),
    )
  invoice
    .command('show <reference>')
    .description('the lines of an invoice, by id or number')
    .example('LDN-000001')
    .action(async (reference: string) =>
      run(async (client) => {
        const found = await client.get<Json & { document: { lines: Json[] } }>(`/v1/invoices/${reference}`)
        if (program.opts<{ json?: boolean }>().json === true) return found
        return found.document.lines.map(
          ({ position, description, from, until, quantity, unit, unitAmount, exactAmount, amount, id }) => ({
            position,
            description,
            from,
            until,
            quantity,
            unit,
            unitAmount,
            exactAmount,
            amount,
            id,
          }),
        )
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
        if (program.opts<{ json?: boolean }>().json === true) return found
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
  for (const [name, path] of [
    ['pdf', 'pdf'],
    ['csv', 'itemised.csv'],
  ] as const) {
    invoice
      .command(`${name} <reference> <file>`)
      .description(name === 'pdf' ? 'write the document as PDF' : 'write the records behind it as CSV')
      .example(`LDN-000001 ${name === 'pdf' ? 'invoice.pdf' : 'records.csv'}`)
      .action(async (reference: string, file: string) =>
        run(async (client) => {
          await writeFile(file, await client.download(`/v1/invoices/${reference}/${path}`))
          return file
        }),
      )
  }
  program
    .command('explain <line>')
    .description('from an invoice line to price version, tiers or bands, quantities, records and rounding')
    .example('LINE --records 2 --text')
    .option('--records <count>', 'records to show', '20')
    .option('--text', "in words, in the customer's language")
    .action(async (line: string, { records, text }: { records: string; text?: boolean }) =>
      run(async (client) => {
        const found = await client.get(`/v1/invoice-lines/${line}/explain?records=${records}`)
        return text === true ? String(found['text']) : JSON.stringify(found, null, 2)
      }),
    )
}

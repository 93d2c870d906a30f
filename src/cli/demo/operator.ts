import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { Client, Json } from '../client.ts'
import { runBills } from '../commands-billing.ts'
import { importCustomers } from '../commands-customers.ts'
import { readPlanFolder } from '../plan-folder.ts'
import { importUsageFile, readMapping } from '../usage-import.ts'

const EXAMPLES = join(import.meta.dirname, '../../../examples')

/** One operator of the demo: where its files are, and how its time goes. */
export interface Operator {
  readonly tenant: string
  readonly title: string
  readonly folder: string
  readonly issuer: Json
  /** Each step moves the clock, delivers a file (or none), and bills until a day. */
  readonly steps: readonly { readonly clock: string; readonly files: readonly string[]; readonly billUntil: string }[]
  /** Compares what was billed with what the published tariffs give. */
  expect(billed: readonly BilledLine[]): Promise<Check[]>
}

export interface Check {
  readonly check: string
  readonly expected: string
  readonly kvit: string
}

/** A line of an invoice with what names it. */
export interface BilledLine {
  readonly account: string
  readonly from: string
  readonly description: string
  readonly quantity: string
  readonly exactAmount: string
  readonly amount: string
}

interface Invoice extends Json {
  readonly id: string
  readonly number: string
  readonly accountId: string
  readonly total: string
  readonly paid: string
  readonly currency: string
  readonly issuedOn: string
}

export async function readExample(folder: string, file: string): Promise<string> {
  return readFile(join(EXAMPLES, folder, file), 'utf8')
}

/** Takes an operator from plan files to settled invoices. A second run finds everything done and repeats nothing. */
export async function runOperator(client: Client, operator: Operator): Promise<void> {
  const folder = join(EXAMPLES, operator.folder)
  await client.post('/v1/tenants', { name: operator.tenant, acceptanceWindowDays: 400 }).catch(ignoreExisting)
  await setClock(client, operator, operator.steps[0]?.clock ?? '')
  await client.post('/v1/issuers', operator.issuer).catch(ignoreExisting)
  await client.post('/v1/catalog', { files: await readPlanFolder(join(folder, 'plans')), dryRun: false })
  await importCustomers(client, await readFile(join(folder, 'customers.csv'), 'utf8'))
  const mapping = await readMapping(join(folder, 'mapping.yaml'))
  for (const step of operator.steps) {
    await setClock(client, operator, step.clock)
    for (const file of step.files) await importUsageFile(client, join(folder, 'usage', file), mapping)
    await runBills(client, step.billUntil)
  }
  await payInvoices(client)
}

async function setClock(client: Client, { tenant }: Operator, clock: string): Promise<void> {
  // An operator that is done in part begins again with its first step.
  await client.post(`/v1/tenants/${tenant}`, { clock, back: true }, 'PATCH')
}

function ignoreExisting(error: unknown): void {
  if (!(error instanceof Error) || !('problem' in error) || (error.problem as Json)['code'] !== 'already_exists')
    throw error
}

/** Every invoice is paid by bank on its own, but the last one, of which a part stays open. */
async function payInvoices(client: Client): Promise<void> {
  const invoices = await client.list<Invoice>('/v1/invoices')
  for (const [index, { number, accountId, total, currency, issuedOn }] of invoices.entries()) {
    if (total.startsWith('-') || /^[0.]+$/.test(total)) continue
    const amount = index === invoices.length - 1 ? '1.00' : total
    await client
      .post('/v1/payments', {
        key: `demo-${number}`,
        account: accountId,
        method: 'bank',
        currency,
        amount,
        receivedOn: issuedOn,
        reference: number,
      })
      .catch(ignoreExisting)
  }
}

export async function readBilledLines(client: Client): Promise<{ invoices: Invoice[]; lines: BilledLine[] }> {
  const invoices = await client.list<Invoice>('/v1/invoices')
  const lines: BilledLine[] = []
  for (const { id } of invoices) {
    const { document } = await client.get<{ document: { account: string; lines: Omit<BilledLine, 'account'>[] } }>(
      `/v1/invoices/${id}`,
    )
    lines.push(...document.lines.map((line) => ({ ...line, account: document.account })))
  }
  return { invoices, lines }
}

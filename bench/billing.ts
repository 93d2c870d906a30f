import type { Client, Json } from '../src/cli/client.ts'
import type { InvoiceDocument } from '../src/core/invoicing/document.ts'
import { measureMaking } from './making.ts'
import { seedServices } from './seed.ts'
import { type BenchServer, timed } from './server.ts'
import { BATCH, serviceKey } from './workload.ts'

const TENANT = 'bench-bill'
/** Fees, and meters with a record of usage each: together the lines of a document. */
const FEES = 5
const METERS = 5
const SHOWN_PDFS = 400
const SHOWN_EINVOICES = 4_000
const AT_ONCE = 4
/** Documents of which some are made without the server. */
const MADE_OF = 100
const BERLIN = { country: 'DE', city: 'Berlin', postcode: '10115', lines: ['Chausseestraße 1'] }

const numbers = (count: number): readonly number[] => Array.from({ length: count }, (_, at) => at + 1)

/** Five fees and five prices of usage, of two classes of tax. */
const PLAN_FILE = {
  name: 'bill.yaml',
  text: [
    'meters:',
    ...numbers(METERS).map(
      (n) =>
        `  - { code: m${n}, name: Meter ${n}, eventType: use${n}, aggregator: sum, property: units, unit: unit, scale: 0 }`,
    ),
    'plans:',
    '  - code: ten-lines',
    '    name: Ten lines',
    '    currency: EUR',
    '    prices:',
    ...numbers(FEES).map(
      (n) =>
        `      - { kind: recurring, code: fee${n}, name: Fee ${n}, amount: ${n}.99, every: { unit: month }, timing: arrears${n % 2 === 0 ? ', taxClass: reduced_service' : ''} }`,
    ),
    ...numbers(METERS).map(
      (n) =>
        `      - { kind: usage, code: u${n}, name: Usage ${n}, meter: m${n}, rate: { model: per_unit, unitAmount: 0.0${n} } }`,
    ),
  ].join('\n'),
}

/** A record for each meter of each service, as NDJSON. */
function bodies(services: number): Buffer[] {
  const found: Buffer[] = []
  let lines: string[] = []
  const flush = (): void => {
    found.push(Buffer.from(lines.join('\n')))
    lines = []
  }
  for (let index = 0; index < services; index++)
    for (const n of numbers(METERS)) {
      lines.push(
        `{"id":"${index}-${n}","source":"bench","service":"${serviceKey(index)}","type":"use${n}","time":"2026-01-15T12:00:00Z","data":{"units":${100 + n}}}`,
      )
      if (lines.length === BATCH) flush()
    }
  if (lines.length > 0) flush()
  return found
}

type SendBodies = (url: URL, headers: Record<string, string>, bodies: readonly Buffer[]) => Promise<unknown>

/** Accounts with a record for each of their meters, and nothing billed. */
async function prepare(server: BenchServer, accounts: number, send: SendBodies): Promise<Client> {
  const client = server.client(TENANT)
  await client.post('/v1/tenants', { name: TENANT, clock: '2026-02-01T00:00:00Z' })
  const registrations = [{ country: 'DE', number: 'DE136695976', from: '2020-01-01' }]
  const issuer = await client.post('/v1/issuers', {
    ...{ key: 'bench', name: 'Bench', address: 'Bench', postalAddress: BERLIN, registrations },
    bankAccounts: [{ currency: 'EUR', iban: 'DE71110220330123456789' }],
  })
  await client.post('/v1/catalog', { files: [PLAN_FILE] })
  const plan = await client.get('/v1/plans/ten-lines')
  const buyers = { kind: 'consumer', postalAddress: BERLIN }
  const [planId, issuerId] = [String(plan['id']), String(issuer['id'])]
  await seedServices(server.dataDir, 't_bench_bill', accounts, planId, issuerId, null, buyers)
  await server.stop()
  await server.start()
  const { url, key } = server.target(TENANT, accounts)
  await send(new URL('/v1/usage', url), headersOf(key), bodies(accounts))
  return client
}

function headersOf(key: string): Record<string, string> {
  return { authorization: `Bearer ${key}`, 'kvit-tenant': TENANT, 'content-type': 'application/x-ndjson' }
}

/** What a bill run over all of them costs: processor time of each document, in microseconds. */
async function measureRun(server: BenchServer, client: Client, accounts: number): Promise<Json> {
  const read = async () => [server.mainThreadMicros(), server.processMicros(), await server.postgresMicros()] as const
  const before = await read()
  const billMs = await timed(() => billed(client))
  const after = await read()
  const [main, all, postgres] = after.map((micros, at) => Math.round((micros - (before[at] ?? 0)) / accounts))
  return {
    documentsPerSecond: Math.round((accounts / billMs) * 1000),
    ...{ mainThreadMicrosOfDocument: main, processMicrosOfDocument: all, postgresMicrosOfDocument: postgres },
  }
}

/** Bills accounts with tax, ten lines each, and asks for pages and e-invoices of some of the documents. */
export async function measureBilling(server: BenchServer, accounts: number, send: SendBodies): Promise<Json> {
  const client = await prepare(server, accounts, send)
  const run = await measureRun(server, client, accounts)
  const { url, key } = server.target(TENANT, accounts)
  const headers = headersOf(key)
  const { items } = await client.get<{ items: { id: string; lines?: unknown; total: string }[] }>(
    '/v1/invoices?limit=500',
  )
  const ids = items.map(({ id }) => id)
  const documents: InvoiceDocument[] = []
  for (const id of ids.slice(0, MADE_OF))
    documents.push((await client.get<{ document: InvoiceDocument }>(`/v1/invoices/${id}`)).document)
  const get = async (path: string, count: number): Promise<Json> => {
    let next = 0
    const startMicros = server.processMicros()
    const ms = await timed(async () => {
      const worker = async (): Promise<void> => {
        for (let at = next++; at < count; at = next++) {
          const answer = await fetch(new URL(`/v1/invoices/${ids[at % ids.length]}/${path}`, url), { headers })
          if (!answer.ok) throw new Error(await answer.text())
          await answer.arrayBuffer()
        }
      }
      await Promise.all(Array.from({ length: AT_ONCE }, worker))
    })
    const micros = server.processMicros() - startMicros
    return { perSecond: Math.round((count / ms) * 1000), perSecondOfProcessor: Math.round((count / micros) * 1e6) }
  }
  await get('pdf', 20)
  const { holds } = await client.get<{ holds: boolean }>('/v1/check')
  return {
    accounts,
    linesOfDocument: documents[0]?.lines.length,
    total: items[0]?.total,
    ...run,
    pdf: await get('pdf', SHOWN_PDFS),
    ubl: await get('einvoice?syntax=ubl', SHOWN_EINVOICES),
    madePerSecondOfProcessor: await measureMaking(documents),
    rssMb: server.residentMegabytes(),
    invariantsHold: holds,
  }
}

async function billed(client: Client): Promise<void> {
  const { id } = await client.post<{ id: string }>('/v1/bill-runs', { until: '2026-02-01' })
  for (;;) {
    const run = await client.get<{ status: string; error: string | null }>(`/v1/bill-runs/${id}`)
    if (run.status === 'complete') return
    if (run.status === 'failed') throw new Error(`the bill run failed: ${run.error}`)
    await new Promise((resolve) => setTimeout(resolve, 200))
  }
}

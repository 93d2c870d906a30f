// The examples of docs/sdk.md as one script: a test compares the two, and runs this.
import { Kvit } from '@kvit/sdk'

import { ProblemError } from '@kvit/sdk'


const server = new Kvit({ url: process.env['KVIT_URL'], key: process.env['KVIT_KEY'] })
await server.post('/v1/tenants', { body: { name: 'trial', clock: '2026-02-10T12:00:00Z' } })
const kvit = server.in('trial')

await kvit.post('/v1/issuers', { body: { key: 'main', name: 'Dnipro Telecom', address: 'Kyiv' } })
const text = `
meters:
  - { code: minutes, name: Minutes, eventType: call, aggregator: sum, property: minutes, unit: min, scale: 2 }
plans:
  - code: basic
    name: Basic
    currency: EUR
    prices:
      - { kind: recurring, code: fee, name: Monthly fee, amount: 10, every: { unit: month } }
      - { kind: usage, code: calls, name: Calls, meter: minutes, rate: { model: per_unit, unitAmount: 0.10 } }
`
await kvit.post('/v1/catalog', { body: { files: [{ name: 'plans.yaml', text }] } })

await kvit.post('/v1/customers', { body: { key: 'olha', name: 'Olha' } })
const account = { key: '1001', customer: 'olha', issuer: 'main', currency: 'EUR', zone: 'Europe/Kyiv', cycleAnchor: '2026-01-01' }
await kvit.post('/v1/accounts', { body: account })
const from = '2026-01-01T00:00:00Z'
await kvit.post('/v1/services', { body: { key: '380441234567', account: '1001', validFrom: from } })
await kvit.post('/v1/subscriptions', { body: { key: 's-1', account: '1001', plan: 'basic', startsAt: from } })

const call = { source: 'switch-1', service: '380441234567', type: 'call', time: '2026-01-15T10:00:00Z' }
const totals = await kvit.sendUsage([{ id: 'call-1', ...call, data: { minutes: '12.5' } }])
console.log(totals.charged, 'of', totals.received)

const { id } = await kvit.post('/v1/bill-runs', { body: { until: '2026-02-10' } })
await kvit.until('/v1/bill-runs/{id}', { id }, (run) => run.status !== 'running')
for await (const invoice of kvit.list('/v1/invoices', { account: '1001' })) console.log(invoice.number, invoice.total)

const { document } = await kvit.get('/v1/invoices/{reference}', { reference: 'INV-000002', expand: ['customer'] })
for (const line of document.lines) console.log(line.description, line.amount)
await kvit.patch('/v1/invoices/{reference}', { reference: 'INV-000001', body: { metadata: { po: '4711' } } })

for await (const open of kvit.list('/v1/invoices', { state: 'open', order: 'newest' })) {
  console.log(open.number, open.open, open.dueOn)
}
const newest = await kvit.list('/v1/events', { order: 'newest' }).take(10)
console.log(newest.length)

const payment = await kvit.post(
  '/v1/payments',
  { body: { key: 'till-7-0001', account: '1001', amount: '5.00', currency: 'EUR', method: 'cash', receivedOn: '2026-02-10' } },
  { idempotencyKey: 'till-7-0001', timeoutMs: 10_000, signal: AbortSignal.timeout(30_000) },
)
console.log(payment.id)


try {
  await kvit.post('/v1/customers', { body: { key: 'olha', name: '' } })
} catch (error) {
  if (!(error instanceof ProblemError)) throw error
  for (const { path, message } of error.fields) console.log(path, message)
}

const usage = kvit.usage({
  batch: 500,
  onReport: ({ firstSuspended }, records) => {
    for (const { index, reason } of firstSuspended) console.log(records[index]?.id, reason)
  },
})
for (let id = 2; id < 1_200; id++) {
  const time = '2026-01-20T08:00:00Z'
  await usage.send({ id: `call-${id}`, source: 'switch-1', service: '380441234567', type: 'call', time, data: { minutes: '0.5' } })
}
const { received, charged, suspended, duplicates } = await usage.close()
console.log(received, charged, suspended, duplicates)

const [last] = await kvit.list('/v1/events', { order: 'newest' }).take(1)
await kvit.post('/v1/customers', { body: { key: 'taras', name: 'Taras' } })

for await (const event of kvit.events({ types: ['customer.created', 'invoice.*'], after: last?.id })) {
  if (event.type === 'customer.created') {
    console.log(event.seq, event.data.key)
    break
  }
}

const pdf = await kvit.download('/v1/invoices/{reference}/pdf', { reference: 'INV-000001' })
const bytes = await pdf.arrayBuffer()
const file = { reference: 'INV-000001', name: 'copy.pdf', body: bytes }
const kept = await kvit.post('/v1/invoices/{reference}/attachments', file)
console.log(kept.name, bytes.byteLength)

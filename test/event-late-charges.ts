import type { Json } from '../src/cli/client.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

/** A document is paid late: a fee is charged, and waived. */
export async function walkLateCharges({ client }: TestKvit, walk: EventWalk): Promise<void> {
  await client.post('/v1/customers', { key: 'tardy', name: 'Tardy' })
  const terms = { termsDays: 0, zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key: 'tardy', customer: 'tardy', issuer: 'op', currency: 'EUR', ...terms })
  const lines = [{ description: 'Router', unitPrice: '10.00' }]
  await client.post('/v1/one-off-invoices', { key: 'tardy', account: 'tardy', lines })
  await client.post('/v1/tenants/walk', { clock: '2026-02-13T12:00:00Z' }, 'PATCH')
  const values = { from: '2026-01-01', consumer: { fees: { EUR: '5.00' } } }
  await walk.ask('PUT /v1/settings/late-charges', {}, { body: { values } }, ['settings.changed'])
  await walk.ask('POST /v1/late-charges', {}, { body: { account: 'tardy' } }, ['late_charge.charged', 'invoice.issued'])
  const [charge] = await client.list<Json>('/v1/late-charges?account=tardy')
  const id = String(charge?.['id'])
  await walk.ask('POST /v1/late-charges/{id}/waive', { id }, { body: { reason: 'a mistake' } }, [
    'late_charge.returned',
    'credit_note.issued',
  ])
  await walk.ask('DELETE /v1/settings/late-charges', {}, {}, ['settings.removed'])
}

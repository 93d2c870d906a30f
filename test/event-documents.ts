import assert from 'node:assert/strict'
import type { Json } from '../src/cli/client.ts'
import { walkBanks } from './event-banks.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

const LINES = [{ description: 'A visit', unitPrice: '10.00' }]

/** Walks through banks, and through documents that wait and are issued, those of lines that somebody writes, deposits, and what is given up. */
export async function walkDocuments(kvit: TestKvit, walk: EventWalk): Promise<void> {
  const { client } = kvit
  await client.post('/v1/customers', { key: 'shop', name: 'Shop', taxIds: ['FR40303265045'] })
  await walk.ask('POST /v1/customers/{reference}/tax-id-checks', { reference: 'shop' }, { body: {} }, [
    'customer.tax_id_checked',
  ])
  const account = { key: 'shop', customer: 'shop', issuer: 'op', currency: 'EUR', zone: 'UTC' }
  await client.post('/v1/accounts', { ...account, cycleAnchor: '2026-01-01' })
  const oneOff = 'POST /v1/one-off-invoices'
  const asked = { account: 'shop', lines: LINES }
  const waits = await walk.ask(oneOff, {}, { body: { key: 'w1', ...asked, draft: true } }, ['invoice.held'])
  const id = String(waits['draftId'])

  const review = { values: { over: { EUR: '5.00' }, needsApproval: ['over_threshold'] } }
  await walk.ask('PUT /v1/settings/invoice-review', {}, { body: review }, ['settings.changed'])
  const hold = await walk.ask('POST /v1/invoice-holds', {}, { body: { draft: id, reason: 'asked by phone' } }, [
    'invoice_hold.placed',
  ])
  await walk.ask('POST /v1/invoice-holds/{id}/release', { id: String(hold['id']) }, {}, ['invoice_hold.released'])
  await walk.ask('POST /v1/drafts/{reference}/approval', { reference: id }, { body: { total: '10.00' } }, [
    'invoice.approved',
  ])
  const issued = await walk.ask('POST /v1/drafts/{reference}/issue', { reference: id }, {}, [
    'invoice.issued',
    'invoice.released',
  ])
  await walk.ask('DELETE /v1/settings/invoice-review', {}, {}, ['settings.removed'])

  const [reference = ''] = issued['documents'] as string[]
  const given = { key: 'wo1', amount: '4.00', reason: 'insolvent' }
  await walk.ask('POST /v1/invoices/{reference}/write-off', { reference }, { body: given }, [
    'invoice.written_off',
    'invoice.partially_paid',
  ])
  const security = { account: 'shop', reason: 'a device', method: 'cash' }
  const entries = 'POST /v1/deposit-entries'
  const taken = { key: 'd1', kind: 'taken', ...security, amount: '9.00' }
  await walk.ask(entries, {}, { body: taken }, ['deposit.taken'])
  const applied = { key: 'd2', kind: 'applied', account: 'shop', reason: 'unpaid', invoice: reference }
  await walk.ask(entries, {}, { body: applied }, ['deposit.applied', 'invoice.paid', 'payment.recorded'])
  const released = { key: 'd3', kind: 'released', ...security, amount: '3.00' }
  await walk.ask(entries, {}, { body: released }, ['deposit.released'])

  const proForma = await walk.ask('POST /v1/pro-forma-invoices', {}, { body: { key: 'pf1', ...asked } }, [])
  assert.deepEqual(await walk.news(), [])
  const ofIt = { reference: String(proForma['id']) }
  const billed = await walk.ask('POST /v1/pro-forma-invoices/{reference}/invoice', ofIt, {}, ['invoice.issued'])

  const invoice = { reference: String(billed['invoiceId']) }
  const reasons = { values: { reasons: { late_install: 'The technician came late' } } }
  await walk.ask('PUT /v1/settings/disputes', {}, { body: reasons }, ['settings.changed'])
  await walk.ask('DELETE /v1/settings/disputes', {}, {}, ['settings.removed'])
  await walk.ask('PUT /v1/settings/tax-ids', {}, { body: { values: { policy: 'warn' } } }, ['settings.changed'])
  await walk.ask('DELETE /v1/settings/tax-ids', {}, {}, ['settings.removed'])
  const engine = { values: { engine: 'avalara', account: '42', countries: ['US'] } }
  await walk.ask('PUT /v1/settings/tax-engine', {}, { body: engine }, ['settings.changed'])
  await walk.ask('DELETE /v1/settings/tax-engine', {}, {}, ['settings.removed'])
  await walk.ask('PUT /v1/settings/prepaid-tax', {}, { body: { values: { taxed: 'at_top_up' } } }, ['settings.changed'])
  await walk.ask('DELETE /v1/settings/prepaid-tax', {}, {}, ['settings.removed'])
  await walk.ask('PUT /v1/settings/attachments', {}, { body: { values: { totalMegabytes: 5 } } }, ['settings.changed'])
  await walk.ask('DELETE /v1/settings/attachments', {}, {}, ['settings.removed'])
  const disputed = async (key: string): Promise<Json> =>
    walk.ask('POST /v1/invoices/{reference}/disputes', invoice, { body: { key, reason: 'other' } }, [
      'line_dispute.opened',
    ])
  await disputed('q1')
  const rejected = { body: { reason: 'it was ordered' } }
  await walk.ask('POST /v1/disputes/{reference}/reject', { reference: 'q1' }, rejected, ['line_dispute.rejected'])
  const file = { raw: 'three hours', query: '?name=hours.txt' }
  for (const [path, name] of [
    ['invoices', invoice.reference],
    ['disputes', 'q1'],
    ['customers', 'shop'],
  ] as const)
    await walk.ask(`POST /v1/${path}/{reference}/attachments`, { reference: name }, file, ['attachment.added'])
  const kept = await client.get<{ items: Json[] }>('/v1/disputes/q1/attachments')
  const ofDispute = { id: String(kept.items[0]?.['id']) }
  const reason = { body: { reason: 'of another one' } }
  await walk.ask('POST /v1/attachments/{id}/deletion', ofDispute, reason, ['attachment.deleted'])
  await disputed('q2')
  await walk.ask('POST /v1/disputes/{reference}/withdraw', { reference: 'q2' }, { body: {} }, [
    'line_dispute.withdrawn',
  ])
  await disputed('q3')
  await walk.ask('POST /v1/disputes/{reference}/accept', { reference: 'q3' }, { body: {} }, [
    'credit_note.issued',
    'line_dispute.accepted',
    'invoice.paid',
  ])
  await walkBanks(kvit, walk)
}

/** Walks through the books of an issuer: begun, changed, a month closed and opened again; and through what pages look like. */
export async function walkBooks(walk: EventWalk): Promise<void> {
  const issuer = 'op'
  const books = { issuer, currency: 'EUR', opensOn: '2026-01-01' }
  await walk.ask('POST /v1/books', {}, { body: books }, ['books.opened'])
  const policies = { unusedUnits: '12.5', badDebts: {} }
  await walk.ask('PUT /v1/books/{issuer}/policies', { issuer }, { body: policies }, ['books.policies_changed'])
  const accounts = [{ code: '4999', name: 'Other revenue', kind: 'revenue' }]
  await walk.ask('POST /v1/books/{issuer}/chart', { issuer }, { body: { accounts } }, ['books.chart_changed'])
  const period = { issuer, from: '2026-01-01' }
  await walk.ask('POST /v1/books/{issuer}/periods/{from}/close', period, { body: {} }, ['period.closed'])
  await walk.ask('POST /v1/books/{issuer}/periods/{from}/reopen', period, { body: { reason: 'a late bill' } }, [
    'period.reopened',
  ])
  await walk.ask('PUT /v1/brands/{key}', { key: 'house' }, { body: {} }, ['brand.published'])
}

/** Walks through coupons: made, redeemed, the redemption removed, codes in a batch, and put away. */
export async function walkCoupons(kvit: TestKvit, walk: EventWalk): Promise<void> {
  const { client } = kvit
  const coupon = { code: 'TENTH', name: 'Tenth', value: { kind: 'percent', percent: '10' } }
  await walk.ask('POST /v1/coupons', {}, { body: coupon }, ['coupon.created'])
  await walk.ask('POST /v1/coupon-redemptions', {}, { body: { key: 'cr1', code: 'TENTH', account: 'ann' } }, [
    'coupon.redeemed',
  ])
  await walk.ask('POST /v1/coupon-redemptions/{reference}/removal', { reference: 'cr1' }, { body: {} }, [
    'coupon.redemption_removed',
  ])
  await client.post('/v1/coupons', { ...coupon, code: 'MANY', byBatch: true })
  await walk.ask('POST /v1/coupons/{code}/codes', { code: 'MANY' }, { body: { count: 2 } }, ['coupon.codes_created'])
  await walk.ask('POST /v1/coupons/{code}/archive', { code: 'MANY' }, {}, ['coupon.archived'])
}

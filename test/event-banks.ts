import { camt, GIRO } from './bank-files-made.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

/** Walks through accounts at banks, a statement, and what somebody decides of its lines, which no rule knows anything of. */
export async function walkBanks({ client }: TestKvit, walk: EventWalk): Promise<void> {
  const account = { key: 'giro', issuer: 'op', iban: GIRO, currency: 'EUR' }
  await walk.ask('POST /v1/bank-accounts', {}, { body: account }, ['bank_account.created'])
  const csvMapping = { columns: { bookedOn: 'Day', amount: 'Amount' } }
  await walk.ask('PUT /v1/bank-accounts/{reference}/csv-mapping', { reference: 'giro' }, { body: csvMapping }, [
    'bank_account.changed',
  ])
  const entries = ['Nobody Known', 'Anna Example'].map((name) => ({ minor: 123, day: '2026-02-09', name }))
  const raw = camt([{ id: 'walk', entries }]).toString('utf8')
  await walk.ask('POST /v1/bank-files', {}, { raw }, ['bank_statement.imported'])
  // The job looks at them first; it books nothing, since a name alone is not enough.
  let waiting: { id: string }[] = []
  while (waiting.length < 2) waiting = await client.list<{ id: string }>('/v1/bank-lines?state=waiting')
  const [first, second] = waiting as [{ id: string }, { id: string }]
  const note = { state: 'set_aside', note: 'ask' }
  await walk.ask('POST /v1/bank-lines/{id}/state', { id: first.id }, { body: note }, ['bank_line.state_changed'])
  await walk.ask('POST /v1/bank-lines/{id}/matches', { id: first.id }, { body: { kind: 'payment', account: 'ann' } }, [
    'bank_line.matched',
    'payment.recorded',
  ])
  await walk.ask('POST /v1/bank-lines/{id}/undo', { id: first.id }, { body: { reason: 'a mistake' } }, [
    'bank_line.reopened',
    'payment.reversed',
  ])
  await walk.ask('POST /v1/bank-lines/{id}/acceptance', { id: second.id }, { body: {} }, ['bank_line.matched'])
  await walk.ask('POST /v1/bank-accounts/{reference}/matching', { reference: 'giro' }, { body: {} }, [])
  // An account of its own: what is owed by others has to be settled as other walks expect it.
  await client.post('/v1/customers', { key: 'debited', name: 'Debited' })
  const billed = { currency: 'EUR', zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key: 'debited', customer: 'debited', issuer: 'op', ...billed })
  const mandate = {
    reference: 'M-1',
    account: 'debited',
    holder: 'Ann',
    iban: 'NL56AGDH9619008421',
    signedOn: '2026-02-01',
  }
  await walk.ask('POST /v1/mandates', {}, { body: mandate }, ['mandate.given'])
  const terms = { creditorId: 'DE98ZZZ09999999999', notifiedDays: 0, leadDays: 1, cutOffHour: 14 }
  await walk.ask('PUT /v1/settings/direct-debits', {}, { body: { values: terms } }, ['settings.changed'])
  await client.post('/v1/one-off-invoices', {
    ...{ key: 'sepa', account: 'debited', lines: [{ description: 'A visit', unitPrice: '500.00' }] },
  })
  const collect = { kind: 'debits', key: 'sepa', bankAccount: 'giro', until: '2026-12-31' }
  const file = await walk.ask('POST /v1/sepa-files', {}, { body: collect }, ['sepa_file.made'])
  const group = `<OrgnlGrpInfAndSts><OrgnlMsgId>${String(file['messageId'])}</OrgnlMsgId><GrpSts>RJCT</GrpSts></OrgnlGrpInfAndSts>`
  const answer = `<Document xmlns="urn:iso:std:iso:20022:tech:xsd:pain.002.001.10"><R>${group}</R></Document>`
  await walk.ask('POST /v1/sepa-status-reports', {}, { raw: answer }, ['direct_debit.failed'])
  const again = await client.post<{ orders: { endToEndId: string }[] }>('/v1/sepa-files', {
    ...collect,
    key: 'sepa-2',
  })
  const [order] = again.orders
  const ended = { reference: 'sepa-2', order: String(order?.endToEndId) }
  const byHand = { body: { reason: 'settled by hand' } }
  await walk.ask('POST /v1/sepa-files/{reference}/orders/{order}/end', ended, byHand, ['direct_debit.failed'])
  await walk.ask('POST /v1/mandates/{reference}/end', { reference: 'M-1' }, { body: { reason: 'revoked' } }, [
    'mandate.ended',
  ])
  await walk.ask('DELETE /v1/settings/direct-debits', {}, {}, ['settings.removed'])
  await walk.ask('PUT /v1/settings/banks', {}, { body: { values: { bookFrom: 1001, toleranceMinor: 0 } } }, [
    'settings.changed',
  ])
  await walk.ask('DELETE /v1/settings/banks', {}, {}, ['settings.removed'])
}

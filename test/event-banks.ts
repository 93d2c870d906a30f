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
  await walk.ask('PUT /v1/settings/banks', {}, { body: { values: { bookFrom: 1001, toleranceMinor: 0 } } }, [
    'settings.changed',
  ])
  await walk.ask('DELETE /v1/settings/banks', {}, {}, ['settings.removed'])
}

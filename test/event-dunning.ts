import type { Json } from '../src/cli/client.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

/** Somebody does not pay: they are called and handed over, held and released, and pay at last, which is taken back. */
export async function walkDunning({ client }: TestKvit, walk: EventWalk): Promise<void> {
  await client.post('/v1/customers', { key: 'debtor', name: 'Debtor' })
  const terms = { termsDays: 0, zone: 'UTC', cycleAnchor: '2026-01-01' }
  await client.post('/v1/accounts', { key: 'debtor', customer: 'debtor', issuer: 'op', currency: 'EUR', ...terms })
  const lines = [{ description: 'Router', unitPrice: '10.00' }]
  await client.post('/v1/one-off-invoices', { key: 'debtor', account: 'debtor', lines })
  const steps = [
    { id: 'ring', action: 'call', afterDays: 1, script: 'Ask when they pay.' },
    { id: 'card', action: 'charge_again', afterDays: 1, gapDays: 0 },
    { id: 'agency', action: 'hand_over', afterDays: 1, gapDays: 0 },
  ]
  const values = { schedule: 'daily', hour: 9 }
  await walk.ask('PUT /v1/settings/dunning', {}, { body: { values } }, ['settings.changed'])
  await walk.ask('DELETE /v1/settings/dunning', {}, {}, ['settings.removed'])
  const policy = { key: 'calls', policy: { steps } }
  await walk.ask('POST /v1/dunning-policies', {}, { body: policy }, ['dunning_policy.applied'])
  await client.post('/v1/tenants/walk', { clock: '2026-02-14T12:00:00Z' }, 'PATCH')
  const reference = 'debtor'
  const ofAccount = 'POST /v1/accounts/{reference}/dunning'
  await walk.ask(`${ofAccount}/hold`, { reference }, { body: { reason: 'a mistake' } }, ['dunning_hold.placed'])
  await walk.ask(`${ofAccount}/release`, { reference }, { body: {} }, ['dunning_hold.released'])
  const run = ['dunning_run.began', 'dunning_step.done', 'dunning_step.not_available', 'call_task.opened']
  await walk.ask('POST /v1/dunning-runs', {}, { body: { account: reference } }, run)
  const [task] = await client.list<Json>('/v1/call-tasks')
  const id = String(task?.['id'])
  await walk.ask('POST /v1/call-tasks/{id}/outcome', { id }, { body: { outcome: 'refused' } }, ['call_task.done'])
  await walk.ask('POST /v1/dunning-hand-overs', {}, { body: { key: 'february' } }, ['dunning_hand_over.made'])
  const payment = { key: 'debtor', account: 'debtor', method: 'bank', currency: 'EUR', amount: '10.00' }
  const ended = ['dunning_run.ended', 'dunning_hand_over.recalled']
  await walk.ask('POST /v1/payments', {}, { body: payment }, ended)
  await client.post('/v1/charging/settings', { approvalLimits: {}, reversalLimits: {} }, 'PUT')
  await client.post('/v1/payments/debtor/reversal', { reason: 'bounced' })
  await walk.ask('POST /v1/dunning-policies/{key}/withdraw', { key: 'calls' }, { body: {} }, [
    'dunning_policy.withdrawn',
    'dunning_run.reopened',
  ])
}

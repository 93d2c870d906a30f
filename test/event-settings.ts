import assert from 'node:assert/strict'
import type { EventWalk } from './event-walk.ts'
import { walkWebhooks } from './event-webhooks.ts'
import { newSigningSecret, signedHeaders } from './signed-messages.ts'

/** Walks through settings: set, used by a signed message, removed; through own rates of tax, and another key for all secrets. */
export async function walkSettings(walk: EventWalk): Promise<void> {
  await walk.ask('PUT /v1/clock', {}, { body: { now: '2027-01-01T00:00:00Z' } }, ['tenant.updated'])
  const signingSecret = newSigningSecret()
  const body = { values: { method: 'bank' }, secrets: { signingSecret, earlierSigningSecret: null } }
  await walk.ask('PUT /v1/settings/payment-notices', {}, { body }, ['settings.changed'])
  assert.deepEqual(walk.told.at(-1)?.['data'], {
    secretsSet: ['signingSecret'],
    secretsRemoved: ['earlierSigningSecret'],
  })
  const data = { key: 'notice-1', account: 'ann', currency: 'EUR', amount: '1.00' }
  const raw = JSON.stringify({ type: 'payment.received', data })
  const headers = signedHeaders(signingSecret, 'm1', raw, Math.floor(Date.now() / 1000))
  await walk.ask('POST /v1/callbacks/{tenant}/payment-notices', { tenant: 'walk' }, { raw, headers }, [
    'payment.recorded',
  ])
  assert.equal(
    walk.told.find(
      ({ type, data: told }) => type === 'payment.recorded' && JSON.stringify(told).includes('notice-1'),
    )?.['actor'],
    'payment-notices',
  )
  const others = {
    ...{ billing: { schedule: 'daily' }, jobs: {}, events: { keepDays: 3_650 }, 'payment-links': {} },
    ...{ deliveries: { onIssue: [] }, webhooks: {} },
    smpp: { host: 'smsc.example.com', systemId: 'kvit', from: 'Kvit' },
    ...{ 'sms-http': { preset: 'twilio', from: 'Kvit' }, telegram: {}, fcm: {} },
    voice: { user: 'AC1', from: '+380441234567' },
    'web-push': { contact: 'mailto:push@example.com' },
  }
  await walkWebhooks(walk)
  for (const [name, values] of Object.entries(others)) {
    await walk.ask(`PUT /v1/settings/${name}`, {}, { body: { values } }, ['settings.changed'])
    const told = name === 'billing' ? ['settings.removed', 'job.cancelled'] : ['settings.removed']
    await walk.ask(`DELETE /v1/settings/${name}`, {}, {}, told)
  }
  const rate = { country: 'US', region: 'TX', tax: 'state_tax', class: 'telecom', from: '2020-01-01', percent: '6.25' }
  const ofTexas = { source: 'Texas Comptroller', asOf: '2026-01-01', rates: [rate] }
  await walk.ask('POST /v1/tax-rates', {}, { body: ofTexas }, ['tax_rates.added'])
  await walk.ask('POST /v1/secret-keys', {}, {}, ['secret_key.changed'])
  await walk.ask('DELETE /v1/settings/payment-notices', {}, {}, ['settings.removed'])
  assert.equal(JSON.stringify(walk.told).includes(signingSecret), false)
}

import assert from 'node:assert/strict'
import type { Json } from '../src/cli/client.ts'
import { codeOf, stepOf } from '../src/modules/people/totp.ts'
import { Browser, fromBase32, GOOD_PASSWORD } from './browser.ts'
import { walkBlocks } from './event-blocks.ts'
import { walkDunning } from './event-dunning.ts'
import { walkLateCharges } from './event-late-charges.ts'
import type { EventWalk } from './event-walk.ts'
import type { TestKvit } from './harness.ts'

/** Walks through the erasure of a customer, through roles, and the way of a user: invited, joined, with fewer rights, kept out, back, and taken out. */
export async function walkPeople({ app, client }: TestKvit, walk: EventWalk): Promise<void> {
  await client.post('/v1/customers', { key: 'gone', name: 'Gone Example' })
  await walk.news()
  await walk.ask('POST /v1/customers/{reference}/erasure', { reference: 'gone' }, { body: {} }, ['customer.erased'])
  const role = { name: 'reception', scopes: ['customers:read'] }
  await walk.ask('POST /v1/roles', {}, { body: role }, ['role.created'])
  await walk.ask('PATCH /v1/roles/{name}', { name: role.name }, { body: { scopes: ['payments:read'] } }, [
    'role.changed',
  ])
  const gone = { email: 'gone@example.org', roles: [role.name] }
  const { id } = await walk.ask('POST /v1/users', {}, { body: gone }, ['user.invited'])
  await walk.ask('DELETE /v1/invitations/{id}', { id: String(id) }, {}, ['user.invitation_withdrawn'])

  const reference = 'olha@example.org'
  const invited = await client.post<Json>('/v1/users', { email: reference, roles: ['owner'] })
  await walk.news()
  const browser = new Browser(app.url)
  const link = { authorization: `Link ${String(invited['token'])}` }
  const accepted = await browser.post('/v1/invitation/accept', { password: GOOD_PASSWORD }, link)
  assert.equal(accepted.status, 200, JSON.stringify(accepted.json))
  walk.walked.add('POST /v1/invitation/accept')
  const [joined, ...others] = await walk.news()
  const user = await client.get<Json>(`/v1/users/${reference}`)
  assert.deepEqual([joined?.type, joined?.['objectId'], joined?.['actor']], ['user.joined', user['id'], user['id']])
  assert.deepEqual(joined?.['data'], { roles: ['owner'], invitationId: invited['id'] })
  assert.deepEqual(others, [])

  await browser.signIn(reference)
  const begun = await browser.post('/v1/me/second-factor', { password: GOOD_PASSWORD })
  const code = codeOf(fromBase32(String(begun.json['secret'])), stepOf(Date.now()))
  assert.equal((await browser.post('/v1/me/second-factor/confirm', { code })).status, 200)
  const key = await browser.post('/v1/keys', { name: 'own', scopes: ['customers:read', 'payments:read'] })
  assert.deepEqual(
    (await walk.news()).map(({ type, actor }) => [type, actor]),
    [['api_key.created', user['id']]],
  )
  const change = async (body: object, expected: readonly string[]): Promise<Json> =>
    walk.ask('PATCH /v1/users/{reference}', { reference }, { body }, expected)
  await change({ roles: ['product'] }, ['user.roles_changed', 'api_key.revoked'])
  assert.equal(walk.told.at(-1)?.['objectId'], key.json['id'])
  await change({ disabled: true }, ['user.disabled'])
  await change({ disabled: false }, ['user.enabled'])
  await client.post(`/v1/users/${reference}`, { roles: ['product'], disabled: false }, 'PATCH')
  assert.deepEqual(await walk.news(), [])
  await walk.ask('DELETE /v1/users/{reference}/second-factor', { reference }, {}, ['user.second_factor_removed'])
  await client.post(`/v1/users/${reference}/second-factor`, undefined, 'DELETE')
  assert.deepEqual(await walk.news(), [])
  await walk.ask('POST /v1/users/{reference}/password-reset', { reference }, {}, ['user.password_reset_linked'])
  await walk.ask('DELETE /v1/users/{reference}', { reference }, {}, ['user.removed'])
  await walk.ask('DELETE /v1/roles/{name}', { name: role.name }, {}, ['role.removed'])
}

/** Walks through reversals above the limit, which a second person decides on: the first is approved, the second rejected. */
export async function walkReversals(kvit: TestKvit, walk: EventWalk): Promise<void> {
  const { client, request } = kvit
  await client.post('/v1/charging/settings', { approvalLimits: {}, reversalLimits: { EUR: '1' } }, 'PUT')
  const second = await client.post<Json>('/v1/keys', { name: 'decider', scopes: ['balances:approve'] })
  for (const [decision, expected] of [
    ['approve', ['payment.reversed', 'approval.approved']],
    ['reject', ['approval.rejected']],
  ] as const) {
    const key = `waits-${decision}`
    await client.post('/v1/payments', { key, account: 'ann', method: 'bank', currency: 'EUR', amount: '2.00' })
    const reversal = 'POST /v1/payments/{reference}/reversal'
    const asked = await walk.ask(reversal, { reference: key }, { body: { reason: 'bounced' } }, ['approval.requested'])
    const id = String((asked['approvalRequest'] as Json)['id'])
    const headers = { authorization: `Bearer ${String(second['key'])}` }
    const { status, text } = await request('POST', `/v1/approval-requests/${id}/${decision}`, { headers })
    assert.equal(status, 200, text)
    walk.walked.add(`POST /v1/approval-requests/{id}/${decision}`)
    const news = (await walk.news()).filter(({ type }) => /^(payment|approval)/.test(type))
    assert.deepEqual(
      news.map(({ type }) => type),
      expected,
    )
    assert.deepEqual([news.at(-1)?.['objectId'], news.at(-1)?.['actor']], [id, second['id']])
  }
  await walkLateCharges(kvit, walk)
  await walkBlocks(kvit, walk)
  await walkDunning(kvit, walk)
}

/** Notes that somebody asks for, on a document that was paid, with money left over. */
export async function walkNotes(walk: EventWalk, reference: string): Promise<void> {
  assert.ok((await walk.news()).some(({ type }) => type === 'invoice.paid'))
  const refund = { key: 'n1', reason: 'goodwill', amount: '1.00', money: 'refund' }
  const url = 'POST /v1/invoices/{reference}'
  const note = await walk.ask(`${url}/credit-notes`, { reference }, { body: refund }, [
    'credit_note.issued',
    'refund.due',
  ])
  const { id } = (note as { refund: { id: string } }).refund
  await walk.ask('POST /v1/refunds/{id}/sent', { id }, { body: { method: 'bank' } }, ['refund.sent'])
  const lines = [{ description: 'A visit', unitPrice: '10.00' }]
  const debit = { key: 'n2', reason: 'other', lines }
  const more = await walk.ask(`${url}/debit-notes`, { reference }, { body: debit }, [
    'debit_note.issued',
    'invoice.paid',
  ])
  const again = { reference: String((more as { id: string }).id) }
  await walk.ask(`${url}/void`, again, { body: { key: 'n3', reason: 'duplicate', rebill: false } }, [
    'invoice.reopened',
    'credit_note.issued',
    'invoice.paid',
    'invoice.voided',
  ])
}

import assert from 'node:assert/strict'
import { execFile } from 'node:child_process'
import { test } from 'node:test'
import { promisify } from 'node:util'
import type { Client, Json } from '../src/cli/client.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

/** M10, policy 19: above a limit, the reversal of a payment or top-up needs a second person. */
const world = await startChargingWorld('second')
const { kvit } = world
const { client: owner, request } = kvit
const SCOPES = ['payments:write', 'payments:read', 'balances:write', 'balances:read', 'balances:approve', 'keys:write']
const ann = await personWith(kvit, 'ann', SCOPES)
const bob = await personWith(kvit, 'bob', SCOPES)
const clerk = await personWith(kvit, 'clerk', ['payments:write', 'balances:write', 'balances:read'])

interface Asked extends Json {
  readonly state: string
  readonly approvalRequest?: Json & { id: string; status: string; waitsFor: string }
}

await owner.post('/v1/charging/settings', { approvalLimits: {}, reversalLimits: { EUR: '100' } }, 'PUT')
await world.subscriber('acc', { creditLimit: '0' })
let serial = 0

async function pay(amount: string): Promise<string> {
  const key = `pay-${++serial}`
  await owner.post('/v1/payments', { key, account: 'acc', method: 'bank', currency: 'EUR', amount })
  return key
}

async function topUp(amount: string): Promise<string> {
  const key = `top-${++serial}`
  await owner.post('/v1/top-ups', { key, account: 'acc', amount, currency: 'EUR', method: 'cash' })
  return key
}

const reverse = (client: Client, key: string, reason = 'bounced'): Promise<Asked> =>
  client.post<Asked>(`/v1/${key.startsWith('pay') ? 'payments' : 'top-ups'}/${key}/reversal`, { reason })
const decide = (client: Client, id: string, decision: 'approve' | 'reject' = 'approve'): Promise<Json> =>
  client.post(`/v1/approval-requests/${id}/${decision}`, {})
const available = async (): Promise<unknown> => (await owner.get('/v1/accounts/acc/balances'))['available']

for (const [what, give] of [
  ['payment', pay],
  ['top-up', topUp],
] as const) {
  test(`M10: a ${what} above the limit is taken back when another person approves it`, async () => {
    const before = Number(await available())
    const key = await give('100.01')
    const { approvalRequest: waiting } = await reverse(ann, key)
    assert.equal(waiting?.status, 'pending')
    assert.match(String(waiting?.waitsFor), /another person.*balances:approve/)
    assert.equal(await available(), (before + 100.01).toFixed(2))
    const id = String(waiting?.id)
    // Asked again it is the same request; for another reason it is not.
    assert.equal((await reverse(ann, key)).approvalRequest?.id, id)
    await assert.rejects(reverse(bob, key, 'fraud'), /waits for approval already: bounced/)
    await assert.rejects(decide(ann, id), /another person/)
    const { key: second } = await ann.post<{ key: string }>('/v1/keys', { name: 'second', scopes: SCOPES })
    const own = await request('POST', `/v1/approval-requests/${id}/approve`, {
      body: {},
      headers: { authorization: `Bearer ${second}` },
    })
    assert.equal(own.status, 403)
    await assert.rejects(decide(clerk, id), /balances:approve/)
    assert.equal(await available(), (before + 100.01).toFixed(2))
    const done = await decide(bob, id)
    assert.equal(done['status'], 'applied')
    assert.equal(done['waitsFor'], null)
    assert.equal(await available(), before.toFixed(2))
    await assert.rejects(decide(bob, id), /the request is applied/)
    // What was made is told again, and nothing waits any more.
    assert.equal((await reverse(ann, key)).approvalRequest, undefined)
    assert.equal(await available(), before.toFixed(2))
  })

  test(`M10: a ${what} up to the limit is taken back at once, one that was rejected may be asked for again`, async () => {
    const before = Number(await available())
    const small = await reverse(ann, await give('100.00'))
    assert.equal(small.approvalRequest, undefined)
    assert.equal(await available(), before.toFixed(2))
    const key = await give('500.00')
    const first = String((await reverse(clerk, key)).approvalRequest?.id)
    assert.equal((await decide(ann, first, 'reject'))['status'], 'rejected')
    assert.equal(await available(), (before + 500).toFixed(2))
    const again = String((await reverse(clerk, key)).approvalRequest?.id)
    assert.notEqual(again, first)
    await decide(ann, again)
    assert.equal(await available(), before.toFixed(2))
  })
}

test('M10: who lifts the limit needs a second person all the same', async () => {
  const key = await pay('900.00')
  await ann.post('/v1/charging/settings', { approvalLimits: {}, reversalLimits: { EUR: '10000' } }, 'PUT')
  assert.equal((await reverse(ann, key)).approvalRequest?.status, 'pending')
  // For bob it holds, and what waits waits no longer.
  assert.equal((await reverse(bob, key)).state, 'reversed')
  const [request] = (await owner.list<Json>('/v1/approval-requests?status=applied')).filter(
    ({ subject }) => (subject as Json)['key'] === key,
  )
  assert.ok(request !== undefined)
  await owner.post('/v1/charging/settings', { approvalLimits: {}, reversalLimits: { EUR: '100' } }, 'PUT')
})

test('M10: by the command line: the limit, the list, the decision; and a request expires', async () => {
  const run = promisify(execFile)
  const asOwner = async (...args: string[]): Promise<string> => {
    const env = { ...process.env, KVIT_URL: kvit.app.url, KVIT_KEY: kvit.app.rootKey, KVIT_TENANT: 'second' }
    return (await run(process.execPath, ['src/cli/main.ts', '--json', ...args], { env })).stdout
  }
  await asOwner('approval', 'limit', 'reversals', 'EUR', '50.00')
  const settings = await owner.get<{ reversalLimits: Json }>('/v1/charging/settings')
  assert.deepEqual(settings.reversalLimits, { EUR: '50.00' })
  const key = await pay('60.00')
  const id = String((await reverse(bob, key)).approvalRequest?.id)
  assert.match(await asOwner('approval', 'list', '--status', 'pending'), new RegExp(id))
  assert.match(await asOwner('approval', 'approve', id), /"applied"/)
  const late = String((await reverse(bob, await pay('70.00'))).approvalRequest?.id)
  await owner.post('/v1/tenants/second', { clock: '2026-02-18T12:00:00Z' }, 'PATCH')
  await assert.rejects(decide(ann, late), /waited until/)
  const found = (await owner.list<Json>('/v1/approval-requests')).find((one) => one['id'] === late)
  assert.equal(found?.['status'], 'expired')
  const anew = String((await reverse(bob, `pay-${serial}`)).approvalRequest?.id)
  assert.notEqual(anew, late)
  assert.equal((await decide(ann, anew))['status'], 'applied')
  await asOwner('approval', 'limit', 'reversals', 'EUR')
  assert.equal((await reverse(bob, await pay('5000.00'))).state, 'reversed')
})

test('M10: bad limits are told, and every invariant holds', async () => {
  const bad = await request('PUT', '/v1/charging/settings', { body: { reversalLimits: { EUR: '-1', XXQ: '1' } } })
  assert.equal(bad.status, 400)
  assert.match(bad.text, /reversalLimits/)
  const nobody = await request('POST', '/v1/approval-requests/019a0c5e-7d3a-7c53-8f0e-2b8f4c1d9e11/approve', {
    body: {},
  })
  assert.equal(nobody.status, 404)
  assert.deepEqual(await checkHolds(owner), [])
})

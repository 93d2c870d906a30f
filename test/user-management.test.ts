/** Who manages users may give, take and take over what they may do themselves; and who is one person with whom. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import { Client, type Json } from '../src/cli/client.ts'
import { Browser, GOOD_PASSWORD, signedIn } from './browser.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'

const world = await startChargingWorld('shop')
const { kvit } = world
const { app, client: owner } = kvit
await owner.post('/v1/tenants', { name: 'other', clock: null })
await world.subscriber('acc', { creditLimit: '0' })

test('one account works in several tenants, each with its own roles; an invitation needs its password', async () => {
  const email = 'both@shop.example'
  const { browser } = await signedIn(kvit, email, ['support'])
  const elsewhere = new Client(kvit.config, 'other')
  const { token } = await elsewhere.post<Json>('/v1/users', { email, roles: ['read-only'] })
  const accept = async (password: string): Promise<{ status: number; json: Json }> =>
    new Browser(app.url).post('/v1/invitation/accept', { password }, { authorization: `Link ${String(token)}` })
  assert.equal((await accept('the one of an inviter')).json['code'], 'sign_in_failed')
  assert.equal((await accept(GOOD_PASSWORD)).status, 200)
  const both = (await browser.get('/v1/me')).json['tenants'] as Json[]
  assert.deepEqual(
    both.map(({ name, roles }) => [name, roles]),
    [
      ['other', ['read-only']],
      ['shop', ['support']],
    ],
  )
  assert.equal((await browser.get('/v1/customers')).json['code'], 'tenant_required')
  assert.equal((await browser.get('/v1/customers', { 'kvit-tenant': 'other' })).status, 200)
  const customer = { key: 'n', name: 'N' }
  assert.equal((await browser.post('/v1/customers', customer, { 'kvit-tenant': 'other' })).status, 403)
  assert.equal((await browser.post('/v1/customers', customer, { 'kvit-tenant': 'shop' })).status, 201)
  // Who manages one tenant neither sees nor takes over what is another's.
  const manager = await personWith(kvit, 'manager', ['users:read', 'users:write', ...(await supportScopes())])
  await assert.rejects(manager.post(`/v1/users/${email}/password-reset`, {}), /works in other tenants/)
  await elsewhere.post(`/v1/users/${email}`, undefined, 'DELETE')
  await manager.post(`/v1/users/${email}/password-reset`, {})
  await assert.rejects(elsewhere.get(`/v1/users/${email}`), /no user/)
})

async function supportScopes(): Promise<string[]> {
  const { items } = await owner.get<{ items: { name: string; scopes: string[] }[] }>('/v1/roles')
  return items.find(({ name }) => name === 'support')?.scopes ?? []
}

test('nobody gives, takes or takes over what they may not do themselves', async () => {
  const { browser: chief } = await signedIn(kvit, 'chief@shop.example', ['owner'])
  const manager = await personWith(kvit, 'manager', ['users:read', 'users:write', 'customers:read'])
  await assert.rejects(
    manager.post('/v1/users', { email: 'x@shop.example', roles: ['finance'] }),
    /may not do: .*payments:write/,
  )
  await assert.rejects(manager.post('/v1/roles', { name: 'all', scopes: ['payments:write'] }), /may not do/)
  await assert.rejects(manager.post('/v1/users/chief@shop.example', { roles: ['support'] }, 'PATCH'), /may not do/)
  await assert.rejects(manager.post('/v1/users/chief@shop.example', undefined, 'DELETE'), /may not do/)
  await assert.rejects(manager.post('/v1/users/chief@shop.example/password-reset', {}), /may not do/)
  await assert.rejects(manager.post('/v1/users/chief@shop.example/second-factor', undefined, 'DELETE'), /may not do/)
  await manager.post('/v1/roles', { name: 'reception', description: 'Front desk', scopes: ['customers:read'] })
  await assert.rejects(owner.post('/v1/roles', { name: 'root', scopes: ['tenants:write'] }), /scopes/)
  await assert.rejects(owner.post('/v1/roles', { name: 'owner', scopes: ['customers:read'] }), /every tenant has/)
  await assert.rejects(owner.post('/v1/users', { email: 'x@shop.example', roles: ['nothing'] }), /no role nothing/)
  const { browser } = await signedIn(kvit, 'desk@shop.example', ['reception'])
  assert.equal((await browser.get('/v1/customers')).status, 200)
  assert.equal((await browser.get('/v1/services')).status, 200)
  assert.equal((await browser.get('/v1/payments')).status, 403)
  await assert.rejects(manager.post('/v1/roles/reception', { scopes: ['payments:read'] }, 'PATCH'), /may not do/)
  await owner.post('/v1/roles/reception', { scopes: ['payments:read'] }, 'PATCH')
  assert.deepEqual(
    [(await browser.get('/v1/payments')).status, (await browser.get('/v1/customers')).status],
    [200, 403],
  )
  await assert.rejects(owner.post('/v1/roles/reception', undefined, 'DELETE'), /users have the role/)
  await owner.post('/v1/users/desk@shop.example', { roles: ['read-only'] }, 'PATCH')
  await owner.post('/v1/roles/reception', undefined, 'DELETE')
  assert.equal((await chief.get('/v1/me')).status, 200)
})

test('who is kept out of a tenant is out at once, with the keys that were made; who returns has none of them', async () => {
  const email = 'leaver@shop.example'
  const { browser } = await signedIn(kvit, email, ['owner'])
  const made = await browser.post('/v1/keys', { name: 'own', scopes: ['customers:read', 'payments:read'] })
  const key = String(made.json['key'])
  const ask = async (): Promise<number> =>
    (await fetch(`${app.url}/v1/customers`, { headers: { authorization: `Bearer ${key}` } })).status
  assert.equal(await ask(), 200)
  // Fewer rights: a key that has more ends.
  const narrowed = await owner.post<Json>(`/v1/users/${email}`, { roles: ['product'] }, 'PATCH')
  assert.deepEqual(narrowed['endedKeys'], [made.json['id']])
  assert.equal(await ask(), 401)
  await owner.post(`/v1/users/${email}`, { disabled: true }, 'PATCH')
  assert.equal((await browser.get('/v1/customers')).json['code'], 'forbidden')
  assert.equal((await browser.get('/v1/me')).status, 200)
  await owner.post(`/v1/users/${email}`, { disabled: false, roles: ['support'] }, 'PATCH')
  assert.equal((await browser.get('/v1/customers')).status, 200)
  assert.equal(await ask(), 401)
})

test('whoever held the link of a user is one person with the user, where two have to agree', async () => {
  const clerk = { approvalLimits: { EUR: '1' } }
  const { browser: setter } = await signedIn(kvit, 'setter@shop.example', ['owner'])
  const { browser: second } = await signedIn(kvit, 'second@shop.example', ['owner'])
  for (const browser of [setter, second]) await browser.send('PUT', '/v1/charging/settings', clerk)
  const { browser: ann } = await signedIn(kvit, 'ann@shop.example', ['owner'])
  const { browser: bob } = await signedIn(kvit, 'bob@shop.example', ['finance'])
  const { json: invited } = await ann.post('/v1/users', { email: 'ann2@shop.example', roles: ['owner'] })
  const puppet = new Browser(app.url)
  await puppet.post(
    '/v1/invitation/accept',
    { password: GOOD_PASSWORD },
    { authorization: `Link ${String(invited['token'])}` },
  )
  await puppet.signIn('ann2@shop.example')
  const keyOfAnn = await ann.post('/v1/keys', { name: 'k', scopes: ['balances:approve'] })
  const asked = await ann.post('/v1/adjustments', { ...draft(), amount: '50' })
  assert.equal(asked.json['status'], 'pending', JSON.stringify(asked.json))
  const path = `/v1/adjustments/${String(asked.json['id'])}/approve`
  assert.match(String((await puppet.post(path, {})).json['detail']), /another person/)
  assert.match(String((await ann.post(path, {})).json['detail']), /another person/)
  const byKey = await fetch(`${app.url}${path}`, {
    method: 'POST',
    body: '{}',
    headers: { authorization: `Bearer ${String(keyOfAnn.json['key'])}`, 'content-type': 'application/json' },
  })
  assert.match(await byKey.text(), /another person/)
  assert.equal((await bob.post(path, {})).json['status'], 'applied')
  // A new password by a link that Ann holds makes Bob's account Ann's.
  const again = await ann.post('/v1/adjustments', { ...draft(), amount: '51' })
  const { json: reset } = await ann.post('/v1/users/bob@shop.example/password-reset', {})
  await bob.post(
    '/v1/password-reset/complete',
    { newPassword: 'what ann has chosen' },
    { authorization: `Link ${String(reset['token'])}` },
  )
  await bob.signIn('bob@shop.example', 'what ann has chosen')
  assert.match(
    String((await bob.post(`/v1/adjustments/${String(again.json['id'])}/approve`, {})).json['detail']),
    /another person/,
  )
})

function draft(): Json {
  return { key: world.nextKey(), account: 'acc', direction: 'credit', source: 'paid', reason: 'test' }
}

test('what all of this has left holds, and every row of the log of who did what is as it was sealed', async () => {
  assert.deepEqual(await checkHolds(owner), [])
})

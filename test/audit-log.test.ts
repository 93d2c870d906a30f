/** The log of who did what: a row for every write, in its transaction, that can be searched, and that nobody changes. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import { Client, type Json } from '../src/cli/client.ts'
import { Browser, GOOD_PASSWORD, signedIn } from './browser.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds, personWith } from './harness.ts'
import { newSigningSecret, signedHeaders } from './signed-messages.ts'
import { pathOfRoute, stubServer } from './stub-server.ts'

const world = await startChargingWorld('shop')
const { kvit } = world
const { app, client: owner } = kvit
await world.subscriber('acc', { creditLimit: '0' })

interface Entry extends Json {
  readonly outcome: string
  readonly route: string
  readonly object: string | null
  readonly fields: string[]
  readonly actor: { kind: string; id: string | null; name: string | null; person: string }
}

const entries = async (query: string, client: Client = owner): Promise<Entry[]> =>
  client.list<Entry>(`/v1/audit-log?${query}`)
const outcomes = (found: readonly Entry[]): string[] => found.map(({ outcome }) => outcome)

test('every route that writes leaves a row of who asked for what', async () => {
  const server = await stubServer(kvit)
  after(async () => server.close())
  const { browser } = await signedIn(kvit, 'walker@shop.example', ['owner'])
  const invitation = await owner.post<Json>('/v1/users', { email: 'guest@shop.example', roles: ['read-only'] })
  const reset = await owner.post<Json>('/v1/users/walker@shop.example/password-reset', {})
  const signingSecret = newSigningSecret()
  const settings = { values: { method: 'bank' }, secrets: { signingSecret } }
  await owner.post('/v1/settings/payment-notices', settings, 'PUT')
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  const tokens = { invitation: invitation['token'], password_reset: reset['token'] }
  /** Where it is only known behind the route whose account it is; below they are asked for as they are. */
  const known = new Set(['POST /v1/sessions', 'GET /v1/oidc/callback', 'POST /v1/password-reset'])
  // Signed as its provider signs.
  known.add('POST /v1/callbacks/{tenant}/payment-gateways/{gateway}')
  known.add('POST /v1/callbacks/{tenant}/terminals/{network}')
  // By a browser, and the secret is the address.
  known.add('POST /pay/{token}')
  known.add('POST /unsubscribe/{token}')
  known.add('POST /v1/callbacks/{tenant}/mail-bounces')
  known.add('POST /v1/callbacks/{tenant}/notification-channels/{channel}')
  known.add('POST /v1/callbacks/{tenant}/peppol')
  const missing: string[] = []
  let walked = 0
  for (const route of app.routes.filter(
    ({ kind, method, aside }) => kind === 'write' || (kind === 'stream' && method !== 'GET' && aside === undefined),
  )) {
    const name = `${route.method} ${route.url}`
    if (known.has(name)) continue
    const headersOf = (): Record<string, string> => {
      if (route.auth === 'link') return { authorization: `Link ${String(tokens[route.link as keyof typeof tokens])}` }
      if (route.auth === 'signature') return signedHeaders(signingSecret, 'm1', '', Math.floor(Date.now() / 1000))
      if (route.scope === 'tenants:write') return { authorization: `Bearer ${app.rootKey}` }
      return { cookie, host: 'localhost', origin: 'http://localhost' }
    }
    const answer = await server.inject({
      method: route.method,
      url: pathOfRoute(route).replace(/\/(tenants|callbacks)\/x/, '/$1/shop'),
      headers: headersOf(),
    })
    assert.ok(answer.statusCode < 300, `${name} ${answer.body}`)
    const rows = await entries(`request=${String(answer.headers['request-id'])}`)
    const isInCommit = route.kind === 'write' || route.logged === 'in its commit'
    const expected = route.logged === 'hourly' ? ['begun'] : isInCommit ? ['done'] : ['begun', 'done']
    // One hour, one key and one address are one row, whichever of these routes came first.
    const isNoted = route.logged === 'hourly' && walked > 0 && rows.length === 0
    // Before it is done it is not known in whose log it stands.
    const isMade = ['POST /v1/tenants', 'POST /v1/secret-keys'].includes(name) && outcomes(rows).join() === 'done'
    if (!isNoted && !isMade && outcomes(rows).join() !== expected.join())
      missing.push(`${name}: ${outcomes(rows).join()}`)
    if (rows.some((row) => row.route !== name)) missing.push(`${name} is another one`)
    walked++
  }
  assert.deepEqual(missing, [])
  assert.ok(walked > 60, String(walked))
  assert.ok((await entries('outcome=begun')).some(({ route }) => /usage|charging/.test(route)))
})

test('a row says who, what, about what, from where, and the names of fields; never what stood in them', async () => {
  const { browser } = await signedIn(kvit, 'writer@shop.example', ['owner'])
  const agent = { 'user-agent': 'Mozilla/5.0 (a browser)' }
  const made = await browser.post('/v1/customers', { key: 'vip', name: 'Secret Name', language: 'en' }, agent)
  assert.equal(made.status, 201)
  const [row] = await entries('object=vip')
  const { id, at, requestId, ...told } = row as Entry
  assert.ok(id && requestId && Date.parse(String(at)) > 0)
  const me = (await browser.get('/v1/me')).json['user'] as Json
  assert.deepEqual(told, {
    outcome: 'done',
    actor: { kind: 'user', id: me['id'], name: 'writer@shop.example', person: me['id'] },
    route: 'POST /v1/customers',
    object: 'vip',
    fields: ['key', 'name', 'language'],
    problem: null,
    ip: '127.0.0.1',
    userAgent: agent['user-agent'],
  })
  const { key } = await owner.post<Json>('/v1/keys', { name: 'program', scopes: ['customers:write'] })
  const program = Client.at(app.url, String(key), 'shop')
  await program.post('/v1/customers/vip', { name: 'Another Secret' }, 'PATCH')
  const [first, second] = await entries('object=vip')
  assert.deepEqual(
    [first?.actor.name, second?.actor.name, second?.route],
    ['writer@shop.example', 'program', 'PATCH /v1/customers/{reference}'],
  )
  await browser.post('/v1/me/password', { password: GOOD_PASSWORD, newPassword: 'some other long sentence' })
  const all = JSON.stringify(await entries('order=oldest'))
  for (const secret of ['Secret', GOOD_PASSWORD, 'some other long', String(key), 'kvit_', 'argon2'])
    assert.ok(!all.includes(secret), secret)
})

test('what changed nothing leaves nothing: a refusal, a request that is sent again', async () => {
  const before = (await entries('')).length
  assert.equal((await kvit.request('POST', '/v1/customers', { body: { key: 'vip', name: 'Twice' } })).status, 409)
  assert.equal((await kvit.request('POST', '/v1/customers', { body: {} })).status, 400)
  assert.equal((await entries('')).length, before)
  const headers = { 'idempotency-key': 'once' }
  for (const _ of [1, 2]) await kvit.request('POST', '/v1/customers', { body: { key: 'idem', name: 'Once' }, headers })
  assert.equal((await entries('object=idem')).length, 1)
})

test('a top-up has one row, in its commit; so has one that is sent again, and one that is refused', async () => {
  const { key } = await world.topUp('acc', '5')
  const topUps = async (): Promise<Entry[]> => entries(`route=${encodeURIComponent('POST /v1/top-ups')}&order=oldest`)
  const first = (await topUps()).at(-1)
  assert.deepEqual([first?.outcome, first?.object], ['done', key])
  const before = (await topUps()).length
  const draft = { key, account: 'acc', amount: '5', currency: 'EUR', method: 'cash' }
  await owner.post('/v1/top-ups', draft)
  await assert.rejects(owner.post('/v1/top-ups', { ...draft, key: 'none', account: 'nobody' }), /no account/)
  assert.deepEqual(outcomes((await topUps()).slice(before)), ['done', 'refused'])
  // Two at once have a row each, of their own requests and objects.
  const keys = ['at-once-1', 'at-once-2']
  await Promise.all(keys.map(async (one) => owner.post('/v1/top-ups', { ...draft, key: one })))
  const both = (await topUps()).slice(-2)
  assert.deepEqual(
    both.map(({ object }) => String(object)).toSorted((a, b) => (a < b ? -1 : 1)),
    keys,
  )
  assert.notEqual(both[0]?.['requestId'], both[1]?.['requestId'])
})

test('what commits by itself has a row before and one after, also where it is refused', async () => {
  const adjustment = { key: 'given', account: 'acc', direction: 'credit', amount: '5', reason: 'for nothing' }
  await owner.post('/v1/adjustments', adjustment)
  const made = await entries(`route=${encodeURIComponent('POST /v1/adjustments')}`)
  assert.deepEqual(outcomes(made.slice(-2)), ['begun', 'done'])
  const clerk = await personWith(kvit, 'clerk', ['keys:write'])
  await assert.rejects(clerk.post('/v1/keys', { name: 'more', scopes: ['payments:write'] }), /cannot give/)
  const route = encodeURIComponent('POST /v1/keys')
  const [last, first] = await entries(`route=${route}&order=newest`)
  assert.deepEqual([first?.outcome, last?.outcome, last?.['problem']], ['begun', 'refused', 'forbidden'])
  assert.equal(first?.['requestId'], last?.['requestId'])
})

test('sign-in stands in the logs of all tenants where somebody works, and a wrong password, too', async () => {
  await owner.post('/v1/tenants', { name: 'second', clock: null })
  const second = new Client(kvit.config, 'second')
  const email = 'signer@shop.example'
  await signedIn(kvit, email, ['support'])
  const { token } = await second.post<Json>('/v1/users', { email, roles: ['read-only'] })
  const browser = new Browser(app.url)
  await browser.post('/v1/invitation/accept', { password: GOOD_PASSWORD }, { authorization: `Link ${String(token)}` })
  await browser.post('/v1/sessions', { email, password: 'not the right one' })
  await browser.signIn(email)
  const route = `route=${encodeURIComponent('POST /v1/sessions')}`
  const { id } = await owner.get<Json>(`/v1/users/${email}`)
  assert.deepEqual(outcomes(await entries(`${route}&actor=${String(id)}`)), ['done', 'refused', 'done'])
  const there = await entries(route, second)
  assert.deepEqual(outcomes(there), ['refused', 'done'])
  assert.ok(there.every(({ actor }) => actor.name === email))
  // Nobody learns from a log of an address that is not theirs.
  await browser.post('/v1/sessions', { email: 'nobody@shop.example', password: 'whatever it may be' })
  assert.equal((await entries(route, second)).length, 2)
})

test('the log is searched by who, person, route, object, outcome, address, request and time, page by page', async () => {
  const { browser } = await signedIn(kvit, 'searched@shop.example', ['owner'])
  const id = String(((await browser.get('/v1/me')).json['user'] as Json)['id'])
  for (let n = 0; n < 7; n++) await browser.post('/v1/customers', { key: `s-${n}`, name: 'S' })
  const route = encodeURIComponent('POST /v1/customers')
  const count = async (query: string): Promise<number> => (await entries(query)).length
  assert.equal(await count(`actor=${id}&route=${route}`), 7)
  assert.equal(await count(`person=${id}&route=${route}&outcome=done&ip=127.0.0.1`), 7)
  assert.equal(await count(`actor=${id}&ip=10.0.0.1`), 0)
  const page = await owner.get<{ items: Entry[]; nextCursor: string }>(
    `/v1/audit-log?actor=${id}&route=${route}&limit=3`,
  )
  const next = await owner.get<{ items: Entry[] }>(
    `/v1/audit-log?actor=${id}&route=${route}&limit=3&cursor=${page.nextCursor}`,
  )
  assert.deepEqual(
    [...page.items, ...next.items].map(({ object }) => object),
    ['s-0', 's-1', 's-2', 's-3', 's-4', 's-5'],
  )
  const at = String(page.items[2]?.['at'])
  const [before, after_] = [
    await count(`actor=${id}&route=${route}&until=${at}`),
    await count(`actor=${id}&route=${route}&from=${at}`),
  ]
  assert.equal(before + after_, 7)
  assert.ok(after_ >= 5)
  assert.equal(await count('from=2099-01-01T00:00:00Z'), 0)
  const clerk = await personWith(kvit, 'no auditor', ['customers:read'])
  await assert.rejects(entries('', clerk), /audit:read/)
})

test('the journal vouches for every row', async () => {
  assert.deepEqual(await checkHolds(owner), [])
})

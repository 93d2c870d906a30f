/** Users as they work: invited, signed in, with a second factor, locked out, let in again; and what each role may do. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { codeOf, stepOf } from '../src/modules/people/totp.ts'
import { Browser, fromBase32, GOOD_PASSWORD, signedIn } from './browser.ts'
import { startChargingWorld } from './charging-world.ts'
import { checkHolds } from './harness.ts'

const world = await startChargingWorld('shop')
const { kvit } = world
const { app, client: owner } = kvit
await world.subscriber('acc', { creditLimit: '0' })

/** The code of an authenticator at the next half minute that was not used: each opens once. */
function authenticator(secret: string): () => string {
  let step = stepOf(Date.now()) - 1
  return () => codeOf(fromBase32(secret), step++)
}

test('an invitation is accepted with a password, which then signs in; cookie, session and tenants are as they should', async () => {
  const { token, link, expiresAt } = await owner.post<Json>('/v1/users', {
    email: 'Olha@Shop.example',
    roles: ['finance'],
  })
  assert.match(String(link), new RegExp(`^${app.url}/invitation#${String(token)}$`))
  assert.ok(Date.parse(String(expiresAt)) > Date.now() + 6 * 86_400_000)
  const browser = new Browser(app.url)
  const opened = await browser.get('/v1/invitation', { authorization: `Link ${String(token)}` })
  assert.deepEqual(opened.json, { email: 'olha@shop.example', tenant: 'shop', roles: ['finance'], hasAccount: false })
  const acceptWith = async (password: string): Promise<{ status: number; json: Json }> =>
    browser.post('/v1/invitation/accept', { name: 'Olha', password }, { authorization: `Link ${String(token)}` })
  for (const weak of ['short', 'Password2026!', 'aaaaaaaaaaaaaaaa', 'qwertyuiopasdf', 'olha@shop.example'])
    assert.equal((await acceptWith(weak)).json['code'], 'invalid_request', weak)
  assert.equal((await acceptWith(GOOD_PASSWORD)).status, 200)
  assert.equal((await acceptWith(GOOD_PASSWORD)).json['code'], 'link_invalid')
  const wrong = await browser.post('/v1/sessions', { email: 'olha@shop.example', password: 'not the one it is' })
  assert.deepEqual([wrong.status, wrong.json['code']], [401, 'sign_in_failed'])
  const right = await browser.post('/v1/sessions', { email: 'OLHA@shop.example', password: GOOD_PASSWORD })
  assert.equal(right.status, 201)
  assert.match(
    String(right.setCookie),
    /^__Host-kvit=[0-9a-f]{32}_[\w-]{43}; Path=\/; Secure; HttpOnly; SameSite=Lax; Max-Age=86400$/,
  )
  const me = await browser.get('/v1/me')
  assert.deepEqual((me.json['user'] as Json)['email'], 'olha@shop.example')
  assert.deepEqual(
    (me.json['tenants'] as Json[]).map(({ name, roles }) => [name, roles]),
    [['shop', ['finance']]],
  )
  // The only tenant needs no name; what the role lacks is refused; another tenant is, too.
  assert.equal((await browser.get('/v1/invoices')).status, 200)
  assert.equal((await browser.post('/v1/catalog', { files: [] })).json['code'], 'forbidden')
  assert.equal((await browser.get('/v1/invoices', { 'kvit-tenant': 'other' })).json['code'], 'forbidden')
  assert.equal((await browser.get('/v1/tenants')).json['code'], 'forbidden')
})

test('a write with a cookie comes from a page of this server, or is refused', async () => {
  const { browser } = await signedIn(kvit, 'origin@shop.example', ['owner'])
  const rename = async (origin: string | null): Promise<number> =>
    (await browser.send('PATCH', '/v1/me', { name: 'O' }, origin)).status
  assert.equal(await rename(app.url), 200)
  for (const origin of [null, 'https://evil.example', 'null', 'http://127.0.0.1:1', `${app.url}.evil.example`])
    assert.equal(await rename(origin), 403, String(origin))
  const customer = { key: 'c', name: 'C' }
  assert.equal((await browser.send('POST', '/v1/customers', customer, 'https://evil.example')).status, 403)
  assert.equal((await browser.send('POST', '/v1/customers', customer, app.url)).status, 201)
  // Nor does a page of another site sign somebody in.
  const credentials = { email: 'origin@shop.example', password: GOOD_PASSWORD }
  assert.equal((await browser.send('POST', '/v1/sessions', credentials, 'https://evil.example')).status, 403)
  // A key goes before a cookie, and needs no origin.
  const headers = { authorization: 'Bearer kvit_nobody' }
  assert.equal((await browser.get('/v1/me', headers)).status, 401)
})

test('sessions are listed and ended: one, all others, and those that a new password ends', async () => {
  const email = 'sessions@shop.example'
  const { browser: first } = await signedIn(kvit, email, ['support'])
  const [second, third] = [new Browser(app.url), new Browser(app.url)]
  for (const browser of [second, third]) await browser.signIn(email)
  const listed = (await first.get('/v1/me/sessions')).json['items'] as Json[]
  assert.deepEqual(
    listed.map(({ isThis }) => isThis),
    [false, false, true],
  )
  assert.ok(listed.every(({ way, ip }) => way === 'password' && ip === '127.0.0.1'))
  assert.equal((await first.send('DELETE', `/v1/me/sessions/${String(listed[1]?.['id'])}`)).status, 200)
  assert.equal((await second.get('/v1/me')).status, 401)
  assert.equal((await third.get('/v1/me')).status, 200)
  assert.deepEqual((await first.send('DELETE', '/v1/me/sessions/others')).json, { ended: 1 })
  assert.equal((await third.get('/v1/me')).status, 401)
  await third.signIn(email)
  const newPassword = 'another horse, other staples'
  const change = async (password: string): Promise<{ status: number; json: Json }> =>
    first.post('/v1/me/password', { password, newPassword })
  assert.equal((await change('not this one')).json['code'], 'sign_in_failed')
  assert.deepEqual((await change(GOOD_PASSWORD)).json, { endedSessions: 1 })
  assert.deepEqual([(await first.get('/v1/me')).status, (await third.get('/v1/me')).status], [200, 401])
  assert.equal((await third.post('/v1/sessions', { email, password: GOOD_PASSWORD })).status, 401)
  await third.signIn(email, newPassword)
  const moved = await first.post('/v1/me/email', { password: newPassword, email: 'Moved@shop.example' })
  assert.deepEqual(moved.json, { email: 'moved@shop.example', endedSessions: 1 })
  await third.signIn('moved@shop.example', newPassword)
  // Nobody ends the session of another one.
  const foreign = ((await third.get('/v1/me/sessions')).json['items'] as Json[])[0]?.['id']
  const { browser: stranger } = await signedIn(kvit, 'stranger@shop.example', ['owner'])
  assert.equal((await stranger.send('DELETE', `/v1/me/sessions/${String(foreign)}`)).status, 404)
  const signedOut = await third.send('DELETE', '/v1/me/sessions/current')
  assert.match(String(signedOut.setCookie), /^__Host-kvit=; .*Max-Age=0$/)
  assert.equal((await third.get('/v1/me')).status, 401)
})

test('a second factor is asked for, opens once, and recovery codes take its place', async () => {
  const email = 'totp@shop.example'
  const { browser } = await signedIn(kvit, email, ['support'])
  const begun = await browser.post('/v1/me/second-factor', { password: GOOD_PASSWORD })
  assert.match(
    String(begun.json['uri']),
    /^otpauth:\/\/totp\/Kvit%3Atotp%40shop\.example\?secret=[A-Z2-7]{32}&issuer=Kvit$/,
  )
  const nextCode = authenticator(String(begun.json['secret']))
  // It is not asked for before it works.
  await new Browser(app.url).signIn(email)
  assert.equal(
    (await browser.post('/v1/me/second-factor/confirm', { code: '000000' })).json['code'],
    'second_factor_required',
  )
  const confirmed = await browser.post('/v1/me/second-factor/confirm', { code: nextCode() })
  const codes = confirmed.json['recoveryCodes'] as string[]
  assert.equal(new Set(codes).size, 10)
  const other = new Browser(app.url)
  const signIn = async (proof: Json): Promise<Json> =>
    (await other.post('/v1/sessions', { email, password: GOOD_PASSWORD, ...proof })).json
  const missing = await signIn({})
  assert.deepEqual([missing['code'], missing['isMissing']], ['second_factor_required', true])
  const code = nextCode()
  assert.ok((await signIn({ code }))['sessionId'])
  assert.equal((await signIn({ code }))['code'], 'second_factor_required')
  assert.ok((await signIn({ recoveryCode: codes[0]?.toLowerCase().replaceAll('-', ' ') }))['sessionId'])
  assert.equal((await signIn({ recoveryCode: codes[0] }))['code'], 'second_factor_required')
  // A wrong password is told as it is for others: nobody learns from it that there is a second factor.
  assert.equal(
    (await other.post('/v1/sessions', { email, password: 'not this one, no' })).json['code'],
    'sign_in_failed',
  )
  // What shows who one is shows it with both.
  const remove = async (proof: Json): Promise<{ status: number }> =>
    browser.post('/v1/me/second-factor/remove', { password: GOOD_PASSWORD, ...proof })
  assert.equal((await remove({})).status, 401)
  assert.equal((await remove({ recoveryCode: codes[1] })).status, 200)
  assert.ok((await signIn({}))['sessionId'])
})

test('two requests at once use a recovery code once', async () => {
  const email = 'race@shop.example'
  const { browser } = await signedIn(kvit, email, ['support'])
  const begun = await browser.post('/v1/me/second-factor', { password: GOOD_PASSWORD })
  const { json } = await browser.post('/v1/me/second-factor/confirm', {
    code: authenticator(String(begun.json['secret']))(),
  })
  const recoveryCode = (json['recoveryCodes'] as string[])[3]
  const signIns = Array.from({ length: 4 }, async () =>
    new Browser(app.url).post('/v1/sessions', { email, password: GOOD_PASSWORD, recoveryCode }),
  )
  const answers = (await Promise.all(signIns)).map(({ status }) => status).sort((a, b) => a - b)
  assert.deepEqual(answers, [201, 401, 401, 401])
})

test('who guesses a password is stopped, and so is the right one for a while; other accounts go on', async () => {
  const email = 'guessed@shop.example'
  await signedIn(kvit, email, ['support'])
  const { browser: neighbour } = await signedIn(kvit, 'neighbour@shop.example', ['support'])
  const attempt = async (address: string, password: string): Promise<{ json: Json; retryAfter: string | null }> =>
    new Browser(app.url).post('/v1/sessions', { email: address, password })
  for (const address of [email, 'nobody@shop.example']) {
    for (let n = 0; n < 5; n++)
      assert.equal((await attempt(address, `guess number ${n}`)).json['code'], 'sign_in_failed')
    const { json, retryAfter } = await attempt(address, GOOD_PASSWORD)
    assert.equal(json['code'], 'too_many_attempts')
    assert.ok(Number(retryAfter) > 60)
  }
  await new Browser(app.url).signIn('neighbour@shop.example')
  assert.equal((await neighbour.get('/v1/me')).status, 200)
})

test('answers tell nobody who has an account: sign-in and a new password', async () => {
  await signedIn(kvit, 'known@shop.example', ['support'])
  const told = async (path: string, body: Json): Promise<unknown[]> => {
    const { status, json } = await new Browser(app.url).post(path, body)
    const { requestId: _, ...rest } = json
    return [status, rest]
  }
  const [password, unknown] = ['not the right one', 'unknown@shop.example']
  assert.deepEqual(
    await told('/v1/sessions', { email: 'known@shop.example', password }),
    await told('/v1/sessions', { email: unknown, password }),
  )
  assert.deepEqual(await told('/v1/password-reset', { email: 'known@shop.example' }), [202, { requested: true }])
  assert.deepEqual(await told('/v1/password-reset', { email: unknown }), [202, { requested: true }])
  const asked = await owner.get<Json>('/v1/users/known@shop.example')
  assert.ok(asked['resetRequestedAt'])
})

test('a new password is set by a link, once; all sessions end, and the second factor stays', async () => {
  const email = 'lost@shop.example'
  const { browser } = await signedIn(kvit, email, ['support'])
  const begun = await browser.post('/v1/me/second-factor', { password: GOOD_PASSWORD })
  const nextCode = authenticator(String(begun.json['secret']))
  await browser.post('/v1/me/second-factor/confirm', { code: nextCode() })
  const first = await owner.post<Json>(`/v1/users/${email}/password-reset`, {})
  const second = await owner.post<Json>(`/v1/users/${email}/password-reset`, {})
  const newPassword = 'quite a different sentence'
  const complete = async ({ token }: Json): Promise<{ status: number; json: Json }> =>
    browser.post('/v1/password-reset/complete', { newPassword }, { authorization: `Link ${String(token)}` })
  assert.equal((await complete(first)).json['code'], 'link_invalid')
  // A link opens what it is for.
  assert.equal((await browser.get('/v1/invitation', { authorization: `Link ${String(second['token'])}` })).status, 401)
  assert.deepEqual((await complete(second)).json, { endedSessions: 1 })
  assert.equal((await complete(second)).json['code'], 'link_invalid')
  assert.equal((await browser.get('/v1/me')).status, 401)
  const signIn = async (proof: Json): Promise<Json> =>
    (await browser.post('/v1/sessions', { email, password: newPassword, ...proof })).json
  assert.equal((await signIn({}))['code'], 'second_factor_required')
  assert.ok((await signIn({ code: nextCode() }))['sessionId'])
  assert.equal((await owner.get<Json>(`/v1/users/${email}`))['resetRequestedAt'], null)
})

test('what all of this has left holds, and every row of the log of who did what is as it was sealed', async () => {
  assert.deepEqual(await checkHolds(owner), [])
})

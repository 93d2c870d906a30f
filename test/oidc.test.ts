/** Sign-in at an identity provider, as a browser does it; the provider is in this process. */
import assert from 'node:assert/strict'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { readConfig } from '../src/platform/config.ts'
import { Browser, GOOD_PASSWORD, signedIn } from './browser.ts'
import { startKvit } from './harness.ts'
import { IdentityProvider } from './identity-provider.ts'

const provider = new IdentityProvider()
await provider.start()
after(async () => provider.close())
const { issuer, clientId, clientSecret } = provider
const kvit = await startKvit('shop', '2026-02-01T00:00:00Z', 400, undefined, {
  oidc: { issuer, clientId, clientSecret },
})
const { app, client: owner } = kvit

/** The whole way of a browser: to the provider, back, and to the page that it came for. */
async function signIn(
  browser: Browser,
  user: Json,
  returnTo = '/invoices',
): Promise<{ status: number; json: Json; location: string | null }> {
  provider.user = user
  const begun = await browser.get(`/v1/oidc/sign-in?returnTo=${encodeURIComponent(returnTo)}`)
  assert.equal(begun.status, 302, JSON.stringify(begun.json))
  const there = await fetch(String(begun.location), { redirect: 'manual' })
  return browser.get(String(there.headers.get('location')))
}

const sofia = { sub: 'sofia-1', email: 'Sofia@Shop.example', email_verified: true, name: 'Sofia' }

test('who is invited is signed in by an address that the provider vouches for; the next time by the provider’s own name', async () => {
  assert.deepEqual((await new Browser(app.url).get('/v1/sign-in')).json, { password: true, oidc: issuer })
  const browser = new Browser(app.url)
  const refused = await signIn(browser, sofia)
  assert.deepEqual([refused.status, refused.json['code']], [403, 'forbidden'])
  await owner.post('/v1/users', { email: 'sofia@shop.example', roles: ['finance'] })
  const { status, location } = await signIn(browser, sofia)
  assert.deepEqual([status, location], [302, '/invoices'])
  const me = (await browser.get('/v1/me')).json
  assert.deepEqual((me['user'] as Json)['name'], 'Sofia')
  assert.equal((me['user'] as Json)['hasPassword'], false)
  assert.equal((await browser.get('/v1/invoices')).status, 200)
  assert.equal(((await browser.get('/v1/me/sessions')).json['items'] as Json[])[0]?.['way'], 'oidc')
  assert.deepEqual((await owner.get<{ items: Json[] }>('/v1/invitations')).items, [])
  // Her address has changed at the provider; she is the same.
  const again = new Browser(app.url)
  await signIn(again, { sub: 'sofia-1', email: 'new@shop.example', email_verified: true })
  assert.equal(((await again.get('/v1/me')).json['user'] as Json)['id'], (me['user'] as Json)['id'])
  // There is no password that anybody could guess.
  assert.equal(
    (await again.post('/v1/sessions', { email: 'sofia@shop.example', password: GOOD_PASSWORD })).json['code'],
    'sign_in_failed',
  )
})

test('an address that the provider does not vouch for, or that an account only claims, links nothing', async () => {
  await owner.post('/v1/users', { email: 'taras@shop.example', roles: ['support'] })
  for (const claim of [{ email_verified: false }, {}, { email_verified: 'true' }])
    assert.equal(
      (await signIn(new Browser(app.url), { sub: 'taras', email: 'taras@shop.example', ...claim })).status,
      403,
    )
  const { browser: mallory } = await signedIn(kvit, 'mallory@shop.example', ['support'])
  await mallory.post('/v1/me/email', { password: GOOD_PASSWORD, email: 'ceo@shop.example' })
  await owner.post(`/v1/users/ceo@shop.example`, undefined, 'DELETE')
  await owner.post('/v1/users', { email: 'ceo@shop.example', roles: ['owner'] })
  const ceo = { sub: 'ceo', email: 'ceo@shop.example', email_verified: true }
  const { status, json } = await signIn(new Browser(app.url), ceo)
  assert.deepEqual([status, /nobody has proven/.test(String(json['detail']))], [403, true])
})

test('an account with a password is linked where its address is invited once more', async () => {
  const { browser } = await signedIn(kvit, 'petro@shop.example', ['support'])
  const petro = { sub: 'petro', email: 'petro@shop.example', email_verified: true }
  assert.equal((await signIn(new Browser(app.url), petro)).status, 403)
  await owner.post('/v1/tenants', { name: 'second', clock: null })
  await fetch(`${app.url}/v1/users`, {
    method: 'POST',
    headers: { authorization: `Bearer ${app.rootKey}`, 'kvit-tenant': 'second', 'content-type': 'application/json' },
    body: JSON.stringify({ email: 'petro@shop.example', roles: ['read-only'] }),
  })
  const linked = new Browser(app.url)
  assert.equal((await signIn(linked, petro)).status, 302)
  const me = (await linked.get('/v1/me')).json
  assert.deepEqual(
    (me['tenants'] as Json[]).map(({ name }) => name),
    ['second', 'shop'],
  )
  assert.equal((me['user'] as Json)['id'], ((await browser.get('/v1/me')).json['user'] as Json)['id'])
})

test('what does not come from the provider, to this browser, for this sign-in, signs nobody in', async () => {
  const refusals: [string, (browser: Browser) => Promise<{ status: number; json: Json }>][] = [
    [
      'another browser brings the code',
      async (browser) => {
        await browser.get('/v1/oidc/sign-in')
        return new Browser(app.url).get(await codeFor(browser))
      },
    ],
    [
      'a code that comes twice',
      async (browser) => {
        const path = await codeFor(browser)
        assert.equal((await browser.get(path)).status, 302)
        return browser.get(path)
      },
    ],
    [
      'another state',
      async (browser) => {
        const url = new URL(await codeFor(browser))
        url.searchParams.set('state', 'another')
        return browser.get(url.href)
      },
    ],
    [
      'another code',
      async (browser) => {
        const url = new URL(await codeFor(browser))
        url.searchParams.set('code', 'another')
        return browser.get(url.href)
      },
    ],
    [
      'an error of the provider',
      async (browser) => {
        await browser.get('/v1/oidc/sign-in')
        return browser.get('/v1/oidc/callback?error=access_denied&state=x')
      },
    ],
    ['another nonce', async (browser) => spoiled(browser, (claims) => ({ ...claims, nonce: 'another' }))],
    ['a token for another client', async (browser) => spoiled(browser, (claims) => ({ ...claims, aud: 'another' }))],
    [
      'a token of another provider',
      async (browser) => spoiled(browser, (claims) => ({ ...claims, iss: 'https://evil.example' })),
    ],
    ['a token that has expired', async (browser) => spoiled(browser, (claims) => ({ ...claims, exp: 1_000 }))],
    [
      'a token that somebody else has signed',
      async (browser) => {
        provider.isForging = true
        return browser.get(await codeFor(browser)).finally(() => {
          provider.isForging = false
        })
      },
    ],
  ]
  for (const [title, attempt] of refusals) {
    const browser = new Browser(app.url)
    const { status, json } = await attempt(browser)
    assert.deepEqual([status, json['code']], [401, 'sign_in_failed'], title)
    if (title !== 'a code that comes twice') assert.equal((await browser.get('/v1/me')).status, 401, title)
  }
  for (const returnTo of ['//evil.example', 'https://evil.example', '/\\evil.example', 'invoices'])
    assert.equal(
      (await new Browser(app.url).get(`/v1/oidc/sign-in?returnTo=${encodeURIComponent(returnTo)}`)).status,
      400,
      returnTo,
    )
})

/** The address by which the provider sends the browser back. */
async function codeFor(browser: Browser): Promise<string> {
  provider.user = sofia
  const begun = await browser.get('/v1/oidc/sign-in')
  return String((await fetch(String(begun.location), { redirect: 'manual' })).headers.get('location'))
}

async function spoiled(browser: Browser, spoil: IdentityProvider['spoil']): Promise<{ status: number; json: Json }> {
  provider.spoil = spoil
  return browser.get(await codeFor(browser)).finally(() => {
    provider.spoil = (claims) => claims
  })
}

test('the settings of an identity provider are whole, or a start says what is missing', () => {
  const oidc = { KVIT_OIDC_ISSUER: 'https://id.example', KVIT_OIDC_CLIENT_ID: 'kvit' }
  assert.deepEqual(readConfig(oidc).oidc, { issuer: 'https://id.example', clientId: 'kvit', clientSecret: null })
  assert.throws(
    () => readConfig({ KVIT_OIDC_ISSUER: 'https://id.example' }),
    /KVIT_OIDC_ISSUER needs KVIT_OIDC_CLIENT_ID/,
  )
  assert.throws(() => readConfig({ ...oidc, KVIT_OIDC_ISSUER: 'http://id.example' }), /KVIT_OIDC_ISSUER=.* is wrong/)
  assert.throws(() => readConfig({ KVIT_PUBLIC_URL: 'https://billing.example/path' }), /without a path/)
})

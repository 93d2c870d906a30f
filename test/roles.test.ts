/** Who may call which route: every route, for every role, as its declaration and the table of docs/people.md say. */
import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { after, test } from 'node:test'
import type { Json } from '../src/cli/client.ts'
import { isPageLink, SCOPES, type Scope } from '../src/platform/http/route.ts'
import { Browser, signedIn } from './browser.ts'
import { personWith, startKvit } from './harness.ts'
import { pathOfRoute, REACHED, stubServer } from './stub-server.ts'

const kvit = await startKvit('shop', '2026-02-01T00:00:00Z')
const { app, client: owner } = kvit
const server = await stubServer(kvit)
after(async () => server.close())
const { items: roles } = await owner.get<{ items: { name: string; scopes: Scope[] }[] }>('/v1/roles')

/** The table of the page: by scope, the roles that have it. */
function tableOfPage(): Map<string, string[]> {
  const page = readFileSync(join(import.meta.dirname, '../docs/people.md'), 'utf8')
  const table = page.slice(page.indexOf('| scope |')).split('\n\n')[0] ?? ''
  const [head = '', , ...rows] = table.split('\n')
  const cells = (row: string): string[] =>
    row
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim().replaceAll('`', ''))
  const [, ...names] = cells(head)
  return new Map(
    rows.map((row) => {
      const [scope = '', ...marks] = cells(row)
      return [scope, names.filter((_, at) => marks[at] === 'yes')]
    }),
  )
}

test('the page of people has every scope and every role, and says who has what', () => {
  const code = SCOPES.map((scope) => [
    scope,
    roles.filter(({ scopes }) => scopes.includes(scope)).map(({ name }) => name),
  ])
  assert.deepEqual([...tableOfPage()], code)
})

test('every route lets in each role that has its scope, and no other', async () => {
  const expected = tableOfPage()
  const wrong: string[] = []
  let asked = 0
  for (const { name } of roles) {
    const { browser } = await signedIn(kvit, `${name}@shop.example`, [name])
    const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
    for (const route of app.routes) {
      if (route.scope === undefined) continue
      const { method, scope, orScope = scope } = route
      const headers = { cookie, host: 'localhost', origin: 'http://localhost', 'kvit-tenant': 'shop' }
      const { statusCode, body } = await server.inject({ method, url: pathOfRoute(route), headers })
      const isLetIn = body === JSON.stringify(REACHED)
      const mayBeLetIn = [scope, orScope].some((one) => expected.get(one)?.includes(name) === true)
      if (isLetIn !== mayBeLetIn || (!isLetIn && statusCode !== 403))
        wrong.push(`${name}: ${method} ${route.url} (${scope}) ${statusCode}`)
      asked++
    }
  }
  assert.deepEqual(wrong, [])
  assert.ok(asked > 6 * 100)
})

test('without key, session or link nobody gets into any route but those that are open to all', async () => {
  const open: string[] = []
  for (const route of app.routes) {
    const answer = await server.inject({ method: route.method, url: pathOfRoute(route) })
    if (route.auth === 'open') open.push(`${route.method} ${route.url}`)
    // A page of a link that is none says that there is no such link, and nothing else.
    else if (route.auth === 'link' && isPageLink(route.link)) assert.equal(answer.statusCode, 404)
    else assert.equal(answer.statusCode, 401, `${route.method} ${route.url}`)
  }
  assert.deepEqual(open.sort(), [
    'GET /v1/oidc/callback',
    'GET /v1/oidc/sign-in',
    'GET /v1/sign-in',
    'POST /v1/password-reset',
    'POST /v1/sessions',
  ])
})

test('a key is no session, a session is no link, and a link opens what it is for', async () => {
  const { browser } = await signedIn(kvit, 'anybody@shop.example', ['owner'])
  const cookie = [...browser.cookies].map((pair) => pair.join('=')).join('; ')
  const { token } = await owner.post<Json>('/v1/users', { email: 'guest@shop.example', roles: ['read-only'] })
  const { key } = await owner.post<Json>('/v1/keys', {
    name: 'all',
    scopes: SCOPES.filter((scope) => scope !== 'tenants:write'),
  })
  const ways: Record<string, Record<string, string>> = {
    session: { cookie, host: 'localhost', origin: 'http://localhost' },
    invitation: { authorization: `Link ${String(token)}` },
    key: { authorization: `Bearer ${String(key)}` },
  }
  for (const route of app.routes.filter(({ auth, scope }) => auth !== 'open' && scope !== 'tenants:write'))
    for (const [way, headers] of Object.entries(ways)) {
      const { body } = await server.inject({ method: route.method, url: pathOfRoute(route), headers })
      const needed = route.auth === 'link' ? route.link : (route.auth ?? 'key')
      const isLetIn = needed === way || (needed === 'key' && way === 'session')
      assert.equal(body === JSON.stringify(REACHED), isLetIn, `${way}: ${route.method} ${route.url} ${body}`)
    }
})

test('a key opens the routes of its scopes and no other', async () => {
  const client = await personWith(kvit, 'narrow', ['payments:read'])
  await client.get('/v1/payments')
  await assert.rejects(client.get('/v1/customers'), /lacks the scope customers:read/)
  assert.equal((await new Browser(app.url).get('/v1/payments')).status, 401)
})

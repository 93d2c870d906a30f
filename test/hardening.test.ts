import assert from 'node:assert/strict'
import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { get } from 'node:https'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { type App, startApp } from '../src/app/start.ts'
import { readConfig, unsafeSettings } from '../src/platform/config.ts'
import { startChargingWorld } from './charging-world.ts'
import { personWith, testConfig } from './harness.ts'

const world = await startChargingWorld('hard')
const { app, client, request } = world.kvit
await world.subscriber('acc', { creditLimit: '10' })
const TOKEN = 'a-token-of-the-collector'

const bare = (path: string, init: RequestInit = {}): Promise<Response> => fetch(`${app.url}${path}`, init)
const withKey = (key: string): RequestInit => ({ headers: { authorization: `Bearer ${key}` } })

test('S12: a change of nothing changes nothing', async () => {
  const { status, json } = await request('PATCH', '/v1/tenants/hard', { body: {} })
  assert.deepEqual([status, json['name'], json['acceptanceWindowDays']], [200, 'hard', 400])
  assert.equal((await request('PATCH', '/v1/tenants/nobody', { body: {} })).status, 404)
  for (const path of ['/v1/accounts/acc', '/v1/customers/acc'])
    assert.equal((await request('PATCH', path, { body: {} })).status, 200)
})

test('S12: a URL that is no text is answered with a problem', async () => {
  for (const path of ['/%ff', '/v1/accounts/%ff', '/v1/accounts/%', '/v1/accounts/acc%00']) {
    const { status, json } = await request('GET', path)
    assert.ok(status === 400 || status === 404, `${path}: ${status}`)
    assert.match(String(json['code']), /^(invalid_request|not_found)$/)
    assert.ok(json['requestId'])
  }
})

test('S12: amounts of credit have a limit, and exponents are no amounts', async () => {
  const patch = async (creditLimit: string): Promise<number> =>
    (await request('PATCH', '/v1/accounts/acc', { body: { creditLimit } })).status
  assert.equal(await patch('9'.repeat(43)), 400)
  for (const text of ['1e5', '1E2', '+1', ' 1', '0x10', '1_0', '\u0661', 'NaN', '1.'])
    assert.equal(await patch(text), 400, text)
})

test('S12: an exponent in a quantity is exact, as a number and as a text, and is never rounded', async () => {
  await world.subscriber('exp')
  // 100 MB at 0.02, all others at 0.01.
  const amounts = []
  for (const mb of ['1e2', 1e2, '1E5', '2.5e-1']) amounts.push((await world.event('exp', 'data', { mb })).amount)
  assert.deepEqual(amounts, ['2.00000000', '1.00000000', '1000.00000000', '0.00250000'])
  await assert.rejects(world.event('exp', 'data', { mb: '1e-5' }), /data\.mb: 1e-5/)
})

test('S12: requests have ids that no other start has, in the answer and in the problem', async () => {
  const ids = new Set<string>()
  for (const path of ['/livez', '/v1/accounts/acc', '/v1/nothing']) {
    const response = await bare(path, { headers: { 'request-id': 'chosen-by-the-caller' } })
    const id = String(response.headers.get('request-id'))
    assert.match(id, /^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f-]+$/)
    ids.add(id)
    if (response.status >= 400) assert.equal(((await response.json()) as { requestId: string }).requestId, id)
  }
  const hot = await bare('/v1/charging', { method: 'POST', body: '{}' })
  assert.equal(((await hot.json()) as { requestId: string }).requestId, hot.headers.get('request-id'))
  assert.equal(ids.size, 3)
})

test('S12: whoever guesses coupons is stopped', async () => {
  const terms = { name: 'Tenth', value: { kind: 'percent', percent: '10' }, duration: { kind: 'forever' } }
  await client.post('/v1/coupons', { code: 'TENTH', ...terms })
  await client.post('/v1/coupons', { code: 'ONCE', ...terms, byBatch: true }).catch(() => undefined)
  const redeem = async (code: string, account: string): Promise<unknown> =>
    (await request('POST', '/v1/coupon-redemptions', { body: { key: world.nextKey(), code, account } })).json['code']
  for (let n = 0; n < 5; n++) assert.equal(await redeem(`GUESS-${n}`, 'acc'), 'coupon_invalid')
  assert.equal(await redeem('TENTH', 'acc'), 'too_many_attempts')
  await world.subscriber('other')
  assert.notEqual(await redeem('TENTH', 'other'), 'too_many_attempts')
})

test('S12: metrics are for the owner of the machine and the collector with its token', async () => {
  const clerk = await client.post<{ key: string }>('/v1/keys', { name: 'clerk', scopes: ['ledger:read'] })
  assert.equal((await bare('/metrics')).status, 401)
  assert.equal((await bare('/metrics', withKey('nobody'))).status, 401)
  assert.equal((await bare('/metrics', withKey(TOKEN))).status, 401)
  assert.equal((await bare('/metrics', withKey(clerk.key))).status, 403)
  assert.equal((await bare('/metrics', withKey(app.rootKey))).status, 200)
})

test('S13: answers are not guessed, run, framed or kept by browsers', async () => {
  const answers = [
    await bare('/livez'),
    await bare('/v1/accounts/acc'),
    await bare('/v1/nothing'),
    await bare('/v1/accounts', { ...withKey(app.rootKey) }),
    await bare('/v1/charging', { method: 'POST', body: '{}' }),
    await bare('/reference/'),
  ]
  for (const { url, headers } of answers) {
    assert.equal(headers.get('x-content-type-options'), 'nosniff', url)
    assert.equal(headers.get('cache-control'), 'no-store', url)
    assert.equal(headers.get('x-frame-options'), 'DENY', url)
    assert.match(String(headers.get('content-security-policy')), /frame-ancestors 'none'/, url)
    assert.equal(headers.get('strict-transport-security'), null, url)
  }
  assert.match(String(answers[0]?.headers.get('content-security-policy')), /^default-src 'none'/)
})

test('S13: to lift a credit limit, a key needs balances:write beside customers:write', async () => {
  const clerk = await personWith(world.kvit, 'clerk', ['customers:write', 'customers:read'])
  const patch = (of: typeof clerk, creditLimit: string | null): Promise<unknown> =>
    of.post('/v1/accounts/acc', { creditLimit }, 'PATCH')
  for (const limit of ['10.01', null]) await assert.rejects(patch(clerk, limit), /balances:write/)
  await patch(clerk, '9')
  await assert.rejects(patch(clerk, '10'), /balances:write/)
  const chief = await personWith(world.kvit, 'chief', ['customers:write', 'balances:write'])
  await patch(chief, '20')
})

test('S13: a server that other machines reach without TLS says so in a sentence', () => {
  const told = (env: Record<string, string>): string[] => unsafeSettings(readConfig(env))
  for (const host of ['127.0.0.1', 'localhost', '::1', '127.1.2.3']) assert.deepEqual(told({ KVIT_HOST: host }), [])
  for (const host of ['0.0.0.0', '::', '10.0.0.1', 'billing.example'])
    assert.match(
      told({ KVIT_HOST: host }).join('\n'),
      /^KVIT_HOST=\S+ is reached from other machines.*KVIT_TLS_CERT[^\n]*$/,
    )
  const tls = { KVIT_HOST: '0.0.0.0', KVIT_TLS_CERT: 'c', KVIT_TLS_KEY: 'k' }
  assert.deepEqual(told(tls), [])
  assert.match(told({ ...tls, KVIT_TCP_PORT: '4' }).join('\n'), /port of gateways/)
  assert.throws(() => readConfig({ KVIT_TLS_CERT: 'c' }), /KVIT_TLS_CERT needs KVIT_TLS_KEY/)
  assert.throws(() => readConfig({ KVIT_METRICS_TOKEN: 'short' }), /KVIT_METRICS_TOKEN=… is wrong/)
})

const hasOpenssl = spawnSync('openssl', ['version']).status === 0
const needs = { skip: !hasOpenssl && 'openssl, which makes the certificate, is not there' }
test(
  'S13: with a certificate the server speaks HTTPS, from TLS 1.2 on, and says that it always will',
  needs,
  async () => {
    const folder = await mkdtemp(join(tmpdir(), 'kvit-tls-'))
    const [certFile, keyFile] = [join(folder, 'cert.pem'), join(folder, 'key.pem')]
    const subject = ['-subj', '/CN=localhost', '-addext', 'subjectAltName=IP:127.0.0.1']
    const files = ['-keyout', keyFile, '-out', certFile]
    execFileSync('openssl', ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', ...subject, ...files], {
      stdio: 'ignore',
    })
    const config = { ...(await testConfig()), tls: { certFile, keyFile }, metricsToken: TOKEN }
    let secure: App | undefined
    after(async () => {
      await secure?.close()
      for (const path of [folder, config.dataDir]) await rm(path, { recursive: true, force: true })
    })
    secure = await startApp(config)
    assert.match(secure.url, /^https:/)
    const ca = await readFile(certFile)
    const ask = (path: string, options: object = {}): Promise<{ status: number | undefined; hsts: unknown }> =>
      new Promise((resolve, reject) => {
        const asked = get(`${secure?.url}${path}`, { ca, ...options }, (response) => {
          response.resume()
          resolve({ status: response.statusCode, hsts: response.headers['strict-transport-security'] })
        })
        asked.on('error', reject)
      })
    assert.deepEqual(await ask('/livez'), { status: 200, hsts: 'max-age=31536000; includeSubDomains' })
    assert.equal((await ask('/metrics', { headers: { authorization: `Bearer ${TOKEN}` } })).status, 200)
    await assert.rejects(ask('/livez', { maxVersion: 'TLSv1.1', minVersion: 'TLSv1' }))
    const wrong = { ...config, dataDir: folder, tls: { certFile: join(folder, 'none.pem'), keyFile } }
    await assert.rejects(startApp(wrong), /KVIT_TLS_CERT: the file .* is not there/)
  },
)

/** Settings with secrets: set, never read back, encrypted at rest, read after a change of key, and nowhere else. */
import assert from 'node:assert/strict'
import { readFile, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { Client, type Json } from '../src/cli/client.ts'
import { newKey } from '../src/platform/secrets/key-ring.ts'
import { runCommand } from './command-line.ts'
import { createSubscriber, personWith, seedOperator, startKvit } from './harness.ts'
import { newSigningSecret, signedHeaders } from './signed-messages.ts'

const kvit = await startKvit('shop', '2026-02-01T00:00:00Z')
const { app, client, config, request } = kvit
await seedOperator(client)
await createSubscriber(client, 'ann')
const database = new pg.Client({ connectionString: config.databaseUrl })
await database.connect()
after(async () => database.end())
const PATH = '/v1/settings/payment-notices'
const keyFile = join(config.dataDir, 'secrets.key')

async function put(values: Json, secrets: Json, tenant = client): Promise<Json> {
  return tenant.post<Json>(PATH, { values, secrets }, 'PUT')
}

/** Whether a message that is signed with a secret is taken. */
let messages = 0
async function isTaken(secret: string, tenant = 'shop'): Promise<boolean> {
  const data = { key: `p${++messages}`, account: 'ann', currency: 'EUR', amount: '1.00' }
  const raw = JSON.stringify({ type: 'payment.received', data })
  const headers = signedHeaders(secret, `m${messages}`, raw, Math.floor(Date.now() / 1000))
  const { status, json } = await request('POST', `/v1/callbacks/${tenant}/payment-notices`, { raw, headers })
  assert.ok(
    status === 201 || json['code'] === 'signature_invalid' || json['code'] === 'secrets_unavailable',
    JSON.stringify(json),
  )
  return status === 201
}

interface SecretRow {
  readonly field: string
  readonly key_id: string
  readonly ciphertext: Buffer
}
async function secretRows(tenant = 'shop'): Promise<SecretRow[]> {
  const { rows } = await database.query<SecretRow>(`select * from t_${tenant}.setting_secret order by field`)
  return rows
}

test('what is set is answered, of secrets whether and when; those that are not sent stay, null removes one', async () => {
  const empty = await client.get<Json>(PATH)
  const unset = { isSet: false, setAt: null }
  assert.deepEqual(empty, {
    name: 'payment-notices',
    values: null,
    secrets: { signingSecret: unset, earlierSigningSecret: unset },
    changedAt: null,
    changedBy: null,
  })
  const [first, second] = [newSigningSecret(), newSigningSecret()]
  const set = await put({ method: 'bank' }, { signingSecret: first, earlierSigningSecret: second })
  assert.deepEqual(set['values'], { method: 'bank' })
  const changed = await put({ method: 'cash' }, { earlierSigningSecret: null })
  const { signingSecret, earlierSigningSecret } = changed['secrets'] as Record<string, Json>
  assert.equal(signingSecret?.['isSet'], true)
  assert.deepEqual(signingSecret, (set['secrets'] as Json)['signingSecret'])
  assert.deepEqual(earlierSigningSecret, unset)
  assert.equal(await isTaken(first), true)
  assert.equal(await isTaken(second), false)
  const { items } = await client.get<{ items: Json[] }>('/v1/settings')
  const since = Object.fromEntries(items.map(({ name, changedAt }) => [name, changedAt]))
  assert.deepEqual(since, {
    attachments: null,
    banks: null,
    billing: null,
    deliveries: null,
    'direct-debits': null,
    disputes: null,
    dunning: null,
    events: null,
    fcm: null,
    'invoice-review': null,
    jobs: null,
    'late-charges': null,
    mail: null,
    notices: null,
    'payment-links': null,
    'payment-notices': changed['changedAt'],
    peppol: null,
    'service-blocks': null,
    smpp: null,
    'sms-http': null,
    'prepaid-tax': null,
    'tax-engine': null,
    'tax-ids': null,
    telegram: null,
    voice: null,
    'web-push': null,
    webhooks: null,
  })
  for (const answer of [set, changed]) assert.doesNotMatch(JSON.stringify(answer), /whsec_/)
})

test('values and secrets are checked as the module declares them, and no refusal repeats a secret', async () => {
  const send = async (body: unknown): Promise<{ status: number; text: string }> => request('PUT', PATH, { body })
  const wrong = [
    { values: { method: 'card' } },
    { values: {} },
    { values: { method: 'bank', other: 1 } },
    { values: { method: 'bank' }, secrets: { signingSecret: 'topsecret' } },
    { values: { method: 'bank' }, secrets: { otherSecret: 'topsecret' } },
    { values: { method: 'bank' }, secrets: { signingSecret: ['topsecret'] } },
  ]
  for (const body of wrong) {
    const { status, text } = await send(body)
    assert.equal(status, 400, text)
    assert.doesNotMatch(text, /topsecret/)
  }
  const noJson = await request('PUT', PATH, {
    raw: '{"values":{"method":"bank"},"secrets":{"signingSecret":"topsecret}',
  })
  assert.equal(noJson.status, 400)
})

test('a secret stands in no table as it is, nor in the log of who did what, nor where answers are kept', async () => {
  const secret = newSigningSecret()
  const headers = { 'idempotency-key': 'once' }
  const body = { values: { method: 'bank' }, secrets: { signingSecret: secret } }
  for (let times = 0; times < 2; times++) {
    const answer = await request('PUT', PATH, { body, headers })
    assert.equal(answer.status, 200, answer.text)
  }
  const plain = Buffer.from(secret.replace('whsec_', ''), 'base64')
  const { rows } = await database.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables where table_schema in ('kvit', 't_shop')`,
  )
  assert.ok(rows.length > 40)
  for (const { schema, name } of rows) {
    const all = await database.query(`select t::text as line from "${schema}"."${name}" t`)
    const text = all.rows.map(({ line }: { line: string }) => line).join('\n')
    assert.equal(text.includes(secret) || text.includes(plain.toString('hex')), false, name)
    assert.equal(text.includes(Buffer.from(secret).toString('hex')), false, name)
  }
  const log = await client.list<Json>('/v1/audit-log')
  const mine = log.filter(({ route }) => route === `PUT ${PATH}`)
  assert.deepEqual(mine.at(-1)?.['fields'], ['values', 'secrets'])
  const kept = await database.query(`select * from t_shop.idempotency where key = 'once'`)
  assert.equal(kept.rows.length, 0)
})

test('a secret that is copied to another tenant, or to another field, is not read there', async () => {
  await client.post('/v1/tenants', { name: 'other', clock: '2026-02-01T00:00:00Z' })
  const other = Client.at(app.url, app.rootKey, 'other')
  await seedOperator(other)
  await createSubscriber(other, 'ann')
  const [mine, theirs] = [newSigningSecret(), newSigningSecret()]
  await put({ method: 'bank' }, { signingSecret: mine })
  await put({ method: 'bank' }, { signingSecret: theirs }, other)
  assert.equal(await isTaken(theirs, 'other'), true)
  assert.equal(await isTaken(mine, 'other'), false)
  const [row] = await secretRows()
  const moved = [row?.key_id, row?.ciphertext]
  await database.query('update t_other.setting_secret set key_id = $1, ciphertext = $2', moved)
  assert.equal(await isTaken(mine, 'other'), false)
  await database.query(
    `insert into t_shop.setting_secret select setting, 'earlierSigningSecret', key_id, ciphertext, set_at from t_shop.setting_secret`,
  )
  assert.equal(await isTaken(mine), false)
  await put({ method: 'bank' }, { earlierSigningSecret: null })
  assert.equal(await isTaken(mine), true)
})

test('another key: all secrets are encrypted anew and open as before; a process that ends in between does no harm', async () => {
  const secret = newSigningSecret()
  await put({ method: 'bank' }, { signingSecret: secret, earlierSigningSecret: newSigningSecret() })
  await put({ method: 'bank' }, { signingSecret: newSigningSecret() }, Client.at(app.url, app.rootKey, 'other'))
  const before = await secretRows()
  const keysBefore = (await readFile(keyFile, 'utf8')).trim().split('\n')
  const made = await client.post<Json>('/v1/secret-keys', {})
  assert.deepEqual([made['encrypted'], made['tenants']], [3, ['other', 'shop']])
  const rows = await secretRows()
  for (const [at, row] of rows.entries()) {
    assert.equal(row.key_id, made['id'])
    assert.notDeepEqual(row.ciphertext, before[at]?.ciphertext)
  }
  const keys = (await readFile(keyFile, 'utf8')).trim().split('\n')
  assert.deepEqual(keys.slice(1), keysBefore)
  assert.equal(await isTaken(secret), true)
  // As a process leaves it that ended when the new key was on the disk and one row of two encrypted with it.
  const again = await client.post<Json>('/v1/secret-keys', {})
  assert.deepEqual((await readFile(keyFile, 'utf8')).trim().split('\n').length, 2)
  const [row] = rows
  await database.query('update t_shop.setting_secret set key_id = $1, ciphertext = $2 where field = $3', [
    row?.key_id,
    row?.ciphertext,
    row?.field,
  ])
  const third = await client.post<Json>('/v1/secret-keys', {})
  assert.notEqual(third['id'], again['id'])
  assert.deepEqual(new Set((await secretRows()).map(({ key_id: id }) => id)), new Set([third['id']]))
  assert.equal(await isTaken(secret), true)
})

test('rotations at once take turns; each key that something needs stays in the file', async () => {
  const secret = newSigningSecret()
  await put({ method: 'bank' }, { signingSecret: secret })
  const ids = await Promise.all([1, 2, 3].map(async () => (await client.post<Json>('/v1/secret-keys', {}))['id']))
  assert.equal(new Set(ids).size, 3)
  assert.equal(await isTaken(secret), true)
})

test('settings need their scope, and what they let others do; rotation is the owner’s of the machine', async () => {
  const setter = await personWith(kvit, 'setter', ['settings:read', 'settings:write'])
  await assert.rejects(put({ method: 'bank' }, {}, setter), /let others do what you may not: payments:write/)
  const reader = await personWith(kvit, 'reader', ['settings:read'])
  assert.equal((await reader.get<Json>(PATH))['name'], 'payment-notices')
  await assert.rejects(reader.post(PATH, {}, 'DELETE'), /lacks the scope settings:write/)
  await assert.rejects(setter.post('/v1/secret-keys', {}), /lacks the scope tenants:write/)
})

test('kvit settings sets, shows and removes; a secret comes out of a file or the standard input', async () => {
  const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'shop' }
  const secret = newSigningSecret()
  const file = join(config.dataDir, 'secret.txt')
  await writeFile(file, `${secret}\n`)
  const set = await runCommand(
    ['settings', 'set', 'payment-notices', 'method=cash', '--secret-file', `signingSecret=${file}`],
    env,
  )
  assert.equal(set.code, 0, set.err)
  assert.doesNotMatch(set.out, /whsec_/)
  assert.equal(await isTaken(secret), true)
  // Values that are not named stay.
  const kept = await runCommand(
    ['--json', 'settings', 'set', 'payment-notices', '--remove-secret', 'signingSecret'],
    env,
  )
  assert.deepEqual((JSON.parse(kept.out) as Json)['values'], { method: 'cash' })
  assert.equal(await isTaken(secret), false)
  const list = await runCommand(['settings', 'list'], env)
  assert.match(list.out, /payment-notices/)
  const rotated = await runCommand(['secrets', 'rotate'], env)
  assert.match(rotated.out, /[0-9a-f]{16}/)
  assert.equal((await runCommand(['settings', 'remove', 'payment-notices'], env)).code, 0)
  assert.equal((await client.get<Json>(PATH))['values'], null)
  const none = await runCommand(['settings', 'show', 'nothing'], env)
  assert.equal(none.code, 1)
})

test('where no key is left, nothing is stored until there is one; a new one is made when it is asked for', async () => {
  const { startApp } = await import('../src/app/start.ts')
  await put({ method: 'bank' }, { signingSecret: newSigningSecret() })
  await app.close()
  await writeFile(keyFile, '')
  const closed = await startApp(config)
  const poor = Client.at(closed.url, closed.rootKey, 'shop')
  await assert.rejects(put({ method: 'bank' }, { signingSecret: newSigningSecret() }, poor), /key .* missing/)
  assert.equal((await poor.get<Json>(PATH))['name'], 'payment-notices')
  await poor.post('/v1/secret-keys', {})
  const set = await put({ method: 'bank' }, { signingSecret: newSigningSecret() }, poor)
  assert.equal(((set['secrets'] as Json)['signingSecret'] as Json)['isSet'], true)
  await closed.close()
  // A key that the operator keeps is not changed by Kvit.
  const own = await startApp({ ...config, secretsKey: newKey().bytes.toString('base64') })
  await assert.rejects(
    Client.at(own.url, own.rootKey, 'shop').post('/v1/secret-keys', {}),
    /KVIT_SECRETS_KEY is kept by the operator/,
  )
  await own.close()
})

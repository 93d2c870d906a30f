/** Secrets at rest: encrypted with a key that is not in the database, over starts, changes of the key and its loss. */
import assert from 'node:assert/strict'
import { readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { type App, startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { codeOf, stepOf } from '../src/modules/people/totp.ts'
import { KeyRing, newKey } from '../src/platform/secrets/key-ring.ts'
import { Browser, fromBase32, GOOD_PASSWORD, signedIn } from './browser.ts'
import { runCommand } from './command-line.ts'
import { type TestKvit, testConfig } from './harness.ts'

const config = await testConfig()
const keyFile = join(config.dataDir, 'secrets.key')
const database = new pg.Client({ connectionString: config.databaseUrl })
await database.connect()
let app = await startApp(config)
await clientOf(app).post('/v1/tenants', { name: 'shop', clock: '2026-02-01T00:00:00Z' })
after(async () => {
  await database.end()
  await app.close()
  await rm(config.dataDir, { recursive: true, force: true })
})

function clientOf({ url, rootKey }: App): Client {
  return Client.at(url, rootKey, 'shop')
}

/** The same installation, started again. */
async function restart(change: Partial<typeof config> = {}): Promise<void> {
  await app.close()
  app = await startApp({ ...config, ...change })
}

interface Row {
  readonly totp_key: string | null
  readonly totp_secret: Buffer
}
async function totpRow(email: string): Promise<Row> {
  const { rows } = await database.query<Row>('select totp_key, totp_secret from kvit.app_user where email = $1', [
    email,
  ])
  return rows[0] as Row
}

/** Signs in with codes of later and later half minutes, since each opens once; a start is no half minute long. */
const steps = new Map<string, number>()
async function signIn(email: string, secret: string): Promise<unknown> {
  const step = Math.max((steps.get(secret) ?? 0) + 1, stepOf(Date.now()) - 1)
  steps.set(secret, step)
  const code = codeOf(fromBase32(secret), step)
  const { json } = await new Browser(app.url).post('/v1/sessions', { email, password: GOOD_PASSWORD, code })
  return json['code'] ?? typeof json['sessionId']
}

async function withAuthenticator(email: string): Promise<string> {
  const { browser } = await signedIn({ app, client: clientOf(app) } as TestKvit, email, ['support'])
  const { json } = await browser.post('/v1/me/second-factor', { password: GOOD_PASSWORD })
  const secret = String(json['secret'])
  const step = stepOf(Date.now()) - 1
  steps.set(secret, step)
  const confirmed = await browser.post('/v1/me/second-factor/confirm', { code: codeOf(fromBase32(secret), step) })
  assert.equal(confirmed.status, 200)
  return secret
}

/** Codes of at most one step ahead open, so that each test has a user of its own. */
test('the secret of an authenticator is not in the database as it is; the key is in a file for its owner alone', async () => {
  const secret = await withAuthenticator('one@shop.example')
  const { totp_key: keyId, totp_secret: stored } = await totpRow('one@shop.example')
  assert.match(String(keyId), /^[0-9a-f]{16}$/)
  assert.equal(stored.length, 12 + 20 + 16)
  assert.equal(stored.indexOf(fromBase32(secret)), -1)
  assert.equal((await stat(keyFile)).mode & 0o777, 0o600)
  assert.equal(await signIn('one@shop.example', secret), 'string')
})

test('a secret that an earlier version left plain is encrypted at the next start, and opens as before', async () => {
  const email = 'two@shop.example'
  const secret = await withAuthenticator(email)
  await database.query('update kvit.app_user set totp_key = null, totp_secret = $1 where email = $2', [
    fromBase32(secret),
    email,
  ])
  await restart()
  const row = await totpRow(email)
  assert.equal(row.totp_key, (await totpRow('one@shop.example')).totp_key)
  assert.equal(row.totp_secret.indexOf(fromBase32(secret)), -1)
  assert.equal(await signIn(email, secret), 'string')
})

test('the secret of one user opens nothing in the row of another one', async () => {
  const mine = await withAuthenticator('three@shop.example')
  await withAuthenticator('four@shop.example')
  await database.query(
    `update kvit.app_user set totp_key = o.totp_key, totp_secret = o.totp_secret, totp_step = 0
     from kvit.app_user o where o.email = 'three@shop.example' and app_user.email = 'four@shop.example'`,
  )
  assert.equal(await signIn('four@shop.example', mine), 'secrets_unavailable')
})

test('a new key before the old one takes over at the next start; the old one is not needed any more', async () => {
  const email = 'five@shop.example'
  const secret = await withAuthenticator(email)
  const [old = ''] = (await readFile(keyFile, 'utf8')).split('\n')
  const next = newKey()
  const nextText = next.bytes.toString('base64')
  await restart({ secretsKey: `${nextText},${old}` })
  assert.equal((await totpRow(email)).totp_key, next.id)
  // What was moved to another row cannot be read, and stays as it is.
  assert.notEqual((await totpRow('four@shop.example')).totp_key, next.id)
  await restart({ secretsKey: nextText })
  assert.equal(await signIn(email, secret), 'string')
})

test('a change of key that ended at any step is finished by the next start: each secret names the key that reads it', async () => {
  await restart()
  const [before = ''] = (await readFile(keyFile, 'utf8')).split('\n')
  // The new key is on the disk, and a draft beside it; one secret of two is encrypted with it.
  const [one, two] = ['eight@shop.example', 'nine@shop.example']
  const secrets = [await withAuthenticator(one), await withAuthenticator(two)]
  const next = newKey()
  const place = async (email: string): Promise<string[]> => {
    const { rows } = await database.query<{ id: string }>('select id from kvit.app_user where email = $1', [email])
    return ['', 'appUser', String(rows[0]?.id)]
  }
  const half = new KeyRing([next]).encrypt(await place(one), fromBase32(secrets[0] as string))
  await database.query('update kvit.app_user set totp_key = $1, totp_secret = $2 where email = $3', [
    half.keyId,
    half.ciphertext,
    one,
  ])
  await app.close()
  await writeFile(keyFile, `${next.bytes.toString('base64')}\n${before}\n`)
  await writeFile(`${keyFile}.123`, 'a draft that was never put in its place')
  app = await startApp(config)
  for (const email of [one, two]) assert.equal((await totpRow(email)).totp_key, next.id)
  assert.equal(await signIn(one, secrets[0] as string), 'string')
  assert.equal(await signIn(two, secrets[1] as string), 'string')
  // The one before stays until the next change.
  assert.equal((await readFile(keyFile, 'utf8')).split('\n')[1], before)
})

test('without its key Kvit works on; what needs the secret is refused, and doctor says which key is missing', async () => {
  const email = 'six@shop.example'
  await restart({ secretsKey: null })
  await database.query(`update kvit.app_user set totp_key = null, totp_secret = null where email <> 'six@shop.example'`)
  const secret = await withAuthenticator(email)
  const { totp_key: keyId } = await totpRow(email)
  await app.close()
  await rename(keyFile, `${keyFile}.away`)
  app = await startApp(config)
  assert.equal(await signIn(email, secret), 'secrets_unavailable')
  const health = await fetch(`${app.url}/readyz`)
  assert.equal(health.status, 200)
  // No other key takes its place unasked.
  assert.equal(await stat(keyFile).catch(() => null), null)
  const env = { KVIT_DATA: config.dataDir, DATABASE_URL: config.databaseUrl }
  const asked = await runCommand(['doctor', '--json'], env)
  const { findings } = JSON.parse(asked.out) as { findings: Json[] }
  const found = findings.filter(({ check }) => check === 'keys of secrets')
  assert.deepEqual(
    found.map(({ state }) => state),
    ['wrong'],
  )
  assert.match(String(found[0]?.['detail']), new RegExp(`the key ${String(keyId)}, which is not in .*secrets\\.key`))
  const wrong = await runCommand(['doctor', '--json'], { ...env, KVIT_SECRETS_KEY: newKey().bytes.toString('base64') })
  assert.match(wrong.out, new RegExp(`the key ${String(keyId)}, which is not in KVIT_SECRETS_KEY`))
  await rename(`${keyFile}.away`, keyFile)
  steps.set(secret, 0)
  await database.query('update kvit.app_user set totp_step = 0')
  await restart()
  assert.equal(await signIn(email, secret), 'string')
})

test('files and variables that hold no keys are told in a sentence', async () => {
  await app.close()
  await assert.rejects(
    startApp({ ...config, secretsKeyFile: join(config.dataDir, 'nothing') }),
    /cannot be read \(ENOENT\)/,
  )
  await writeFile(join(config.dataDir, 'bad.key'), 'hello\n')
  await assert.rejects(startApp({ ...config, secretsKeyFile: join(config.dataDir, 'bad.key') }), /32 bytes in base64/)
  app = await startApp(config)
})

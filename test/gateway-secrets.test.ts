/** Credentials of providers, and what they know means of payment by, are nowhere in clear: not in answers, events, logs, tables, files. */
import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, test } from 'node:test'
import pg from 'pg'
import { FakeLiqPay } from '../packages/fakes/src/fake-liqpay.ts'
import { FakeMollie } from '../packages/fakes/src/fake-mollie.ts'
import { FakePayPal } from '../packages/fakes/src/fake-paypal.ts'
import { FakeStripe } from '../packages/fakes/src/fake-stripe.ts'
import { FakeWayForPay } from '../packages/fakes/src/fake-wayforpay.ts'
import { Client, type Json } from '../src/cli/client.ts'
import { createSubscriber, seedOperator, testConfig } from './harness.ts'

const STRIPE = { secretKey: 'sk_test_MARKERthatNobodyMaySee1', webhookSecret: 'whsec_MARKERthatNobodyMaySee2' }
const MOLLIE = { apiKey: 'test_MARKERthatNobodyMaySee4', accessToken: 'access_MARKERthatNobodyMaySee5' }
const PAYPAL = {
  ...{ clientId: 'AMARKERthatNobodyMaySee7', clientSecret: 'EMARKERthatNobodyMaySee8' },
  webhookId: 'MARKERthatNobodyMaySee9',
}
const WAYFORPAY = {
  ...{ merchantAccount: 'MARKERthatNobodyMaySeeA', secretKey: 'MARKERthatNobodyMaySeeB' },
  merchantDomain: 'shop.example',
}
const LIQPAY = { publicKey: 'sandbox_i12345678901', privateKey: 'sandbox_MARKERthatNobodyMaySeeC' }
/** Each adapter: its credentials, and what a payer's means of payment is known by before it is kept, where it keeps any. */
const PROVIDERS = [
  { adapter: 'stripe', secrets: STRIPE, token: 'pm_MARKERthatNobodyMaySee3' },
  { adapter: 'mollie', secrets: MOLLIE, token: 'tkn_MARKERthatNobodyMaySee6' },
  { adapter: 'paypal', secrets: PAYPAL, token: 'st-MARKERthatNobodyMaySee0' },
  { adapter: 'wayforpay', secrets: WAYFORPAY, token: null },
  { adapter: 'liqpay', secrets: LIQPAY, token: null },
] as const
const MARKER = 'thatNobodyMaySee'

test('marker secrets are in no answer, event, log, table or file, whether gateways answer, refuse or are away', async () => {
  const fakes = {
    stripe: new FakeStripe(STRIPE),
    mollie: new FakeMollie(MOLLIE),
    paypal: new FakePayPal(PAYPAL),
    wayforpay: new FakeWayForPay(WAYFORPAY),
    liqpay: new FakeLiqPay(LIQPAY),
  }
  const config = await testConfig()
  const folder = await mkdtemp(join(tmpdir(), 'kvit-secrets-'))
  const log: string[] = []
  const server = spawn(process.execPath, [join(import.meta.dirname, '../src/cli/main.ts'), 'start'], {
    env: {
      ...process.env,
      ...{ KVIT_DATA: config.dataDir, DATABASE_URL: config.databaseUrl, KVIT_PORT: '0', KVIT_LOG_LEVEL: 'trace' },
      ...{ KVIT_STRIPE_URL: await fakes.stripe.listen(), KVIT_MOLLIE_URL: await fakes.mollie.listen() },
      KVIT_PAYPAL_URL: await fakes.paypal.listen(),
      KVIT_WAYFORPAY_URL: await fakes.wayforpay.listen(),
      KVIT_LIQPAY_URL: await fakes.liqpay.listen(),
    },
  })
  after(async () => {
    server.kill('SIGKILL')
    for (const fake of Object.values(fakes)) fake.close()
    for (const name of [folder, config.dataDir]) await rm(name, { recursive: true, force: true })
  })
  for (const stream of [server.stdout, server.stderr])
    stream.on('data', (data: Buffer) => void log.push(data.toString()))
  await new Promise<void>((resolve) => void server.stdout.once('data', () => resolve()))
  const { url } = JSON.parse(readFileSync(join(config.dataDir, 'server.json'), 'utf8')) as { url: string }
  const key = readFileSync(join(config.dataDir, 'root.key'), 'utf8').trim()
  const client = Client.at(url, key, 'secret')
  const answers: Json[] = []
  const ask = async (path: string, body: Json, method = 'POST'): Promise<Json> => {
    const answer = await client.post<Json>(path, body, method).catch((error: unknown) => ({ error: String(error) }))
    answers.push(answer)
    return answer
  }
  await client.post('/v1/tenants', { name: 'secret', clock: '2026-02-01T06:00:00Z' })
  await seedOperator(client)
  for (const { adapter, secrets, token } of PROVIDERS) {
    await ask(`/v1/payment-gateways/${adapter}`, { adapter, secrets }, 'PUT')
    const [field = ''] = Object.keys(secrets)
    await ask(`/v1/payment-gateways/bad-${adapter}`, { adapter, secrets: { [field]: `${MARKER} is no key` } }, 'PUT')
    const account = `of-${adapter}`
    await createSubscriber(client, account)
    const isKept = token !== null
    const card = isKept
      ? await ask('/v1/payment-methods', { key: `card-${adapter}`, account, token, gateway: adapter })
      : { state: 'active' }
    assert.equal(card['state'], 'active')
    const how = isKept ? { method: 'default' } : { returnUrl: 'https://shop.example/', gateway: adapter }
    const charge = { account, amount: '5.00', ...how }
    const { state } = await ask('/v1/payment-attempts', { key: `${adapter}-1`, ...charge })
    assert.equal(state, isKept ? 'succeeded' : 'pending')
    await ask(`/v1/payment-gateways/${adapter}/payouts`, {})
    fakes[adapter].close()
    const away = await ask('/v1/payment-attempts', { key: `${adapter}-2`, ...charge })
    // A page of LiqPay's is an address that is made here: nobody is asked for it.
    assert.equal(away['state'], adapter === 'liqpay' ? 'pending' : 'unknown')
    await ask(`/v1/payment-attempts/${adapter}-2/ask`, {})
  }
  for (const path of ['payment-gateways', 'payment-methods', 'payment-attempts', 'events', 'audit-log', 'jobs'])
    answers.push(await client.get(`/v1/${path}`))
  assert.doesNotMatch(JSON.stringify(answers), new RegExp(MARKER))
  assert.doesNotMatch(log.join(''), new RegExp(MARKER))
  const database = new pg.Client({ connectionString: config.databaseUrl })
  await database.connect()
  const { rows } = await database.query<{ schema: string; name: string }>(
    `select table_schema as schema, table_name as name from information_schema.tables where table_schema in ('kvit', 't_secret')`,
  )
  assert.ok(rows.length > 80)
  for (const { schema, name } of rows) {
    const found = await database.query<{ text: string }>(
      `select to_jsonb(t.*)::text as text from "${schema}"."${name}" as t`,
    )
    for (const { text } of found.rows) {
      assert.equal(text.includes(MARKER), false, name)
      // Bytes are shown as hexadecimal digits.
      assert.equal(text.includes(Buffer.from(MARKER).toString('hex')), false, name)
    }
  }
  await database.end()
  const files = readdirSync(config.dataDir, { recursive: true, encoding: 'utf8' }).map((name) =>
    join(config.dataDir, name),
  )
  for (const file of files.filter((name) => statSync(name).isFile()))
    assert.equal(readFileSync(file).includes(MARKER), false, file)
})

/** Channels as a tenant sets them up: settings with secrets, and a message to try each, by the API and by the command line. */
import assert from 'node:assert/strict'
import { generateKeyPairSync } from 'node:crypto'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { FakeFcm } from '../packages/fakes/src/fake-fcm.ts'
import { FakePushService } from '../packages/fakes/src/fake-push-service.ts'
import { FakeSmsCentre } from '../packages/fakes/src/fake-sms-centre.ts'
import { FakeSmsGateway } from '../packages/fakes/src/fake-sms-gateway.ts'
import { FakeTelegram } from '../packages/fakes/src/fake-telegram.ts'
import type { Json } from '../src/cli/client.ts'
import { runCommand } from './command-line.ts'
import { personWith, startKvit } from './harness.ts'

const centre = new FakeSmsCentre({ login: { systemId: 'kvit', password: 'open sesame' } })
const smppPort = await centre.listen()
const sms = new FakeSmsGateway({ user: 'kvit', secret: 'sesame', callbackSecret: 'other' })
const TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'
const [push, telegram] = [new FakePushService(), new FakeTelegram(TOKEN)]
const { publicKey: fcmKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })
const fcm = new FakeFcm(fcmKey)
const urls = {
  ...{ sms: await sms.listen(), push: await push.listen(), telegram: await telegram.listen(), fcm: await fcm.listen() },
}
const serviceAccountFor = (url: string): string =>
  JSON.stringify({
    ...{ project_id: 'kvit-test', client_email: 'kvit@example.com', token_uri: `${url}/token` },
    private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }),
  })
const kvit = await startKvit('acme', '2026-02-01T00:00:00Z', 400, undefined, {
  privateHosts: [`localhost:${smppPort}`, ...Object.values(urls).map((url) => new URL(url).host)],
})
const { app, client, config } = kvit
after(async () => {
  for (const server of [sms, push, telegram, fcm]) server.close()
  await centre.die()
})
const env = { KVIT_URL: app.url, KVIT_KEY: app.rootKey, KVIT_TENANT: 'acme' }
const TO = '+380441234567'

const tried = async (channel: string, to: string, text = 'Привіт'): Promise<Json> =>
  client.post(`/v1/notification-channels/${channel}/test`, { to, text })

test('a channel that is not set up says what to set', async () => {
  await assert.rejects(tried('smpp', TO), /settings smpp are not set: kvit settings set smpp/)
  await assert.rejects(tried('mail', 'olha@example.com'), /there is no mail server/)
  await assert.rejects(tried('pigeon', TO), /channel/)
})

test('SMPP: what was set sends a message, with how many are charged for; the secret is asked for', async () => {
  const values = ['host=localhost', `port=${smppPort}`, 'systemId=kvit', 'from=Example']
  const bare = await runCommand(['settings', 'set', 'smpp', ...values], env)
  assert.equal(bare.code, 0, bare.err)
  await assert.rejects(tried('smpp', TO), /settings smpp need the secret password/)
  const file = join(config.dataDir, 'password.txt')
  await writeFile(file, 'open sesame\n')
  const set = await runCommand(['settings', 'set', 'smpp', '--secret-file', `password=${file}`], env)
  assert.doesNotMatch(set.out, /sesame/)
  const text = 'Ваш рахунок готовий. Сплатіть його, будь ласка, до п’ятниці. Дякуємо, що Ви з нами!'
  const answer = await tried('smpp', TO, text)
  assert.partialDeepStrictEqual(answer, { channel: 'smpp', outcome: 'accepted', id: '2', parts: 2, reason: null })
  const byCommand = await runCommand(['--json', 'channel', 'test', 'smpp', '--to', TO, '--text', 'hello'], env)
  assert.partialDeepStrictEqual(JSON.parse(byCommand.out) as Json, { outcome: 'accepted', parts: 1 })
  assert.deepEqual(
    centre.inbox.map((one) => one.text),
    [text, 'hello'],
  )
  assert.partialDeepStrictEqual(await tried('smpp', '+380000000001'), {
    ...{ outcome: 'failed', reason: 'no_such_address', mayRetry: false, id: null, parts: null },
  })
  // Nobody keeps receipts of tests: the centre does.
  while (centre.receiptAnswers.length < 2) await pause(5)
  assert.deepEqual(new Set(centre.receiptAnswers), new Set([0x64]))
})

test('SMS by HTTP, Web Push, Telegram and FCM send a message by what was set, secrets and all', async () => {
  const set = async (name: string, values: Json, secrets: Json): Promise<unknown> =>
    client.post(`/v1/settings/${name}`, { values, secrets }, 'PUT')
  await set(
    'sms-http',
    { preset: 'generic', from: 'Example', shape: { url: `${urls.sms}/messages` } },
    { secret: 'sesame' },
  )
  assert.partialDeepStrictEqual(await tried('sms-http', TO), { outcome: 'accepted', id: 'g-1', parts: 1 })
  await assert.rejects(
    set('sms-http', { preset: 'generic', from: 'Example', shape: { url: 'https://x.example/{password}' } }, {}),
    /names in braces are to, /,
  )
  await set('telegram', { apiUrl: urls.telegram }, { token: TOKEN })
  assert.partialDeepStrictEqual(await tried('telegram', '123456789'), { outcome: 'accepted', id: '123456789/1' })
  const file = join(config.dataDir, 'vapid.txt')
  const made = await runCommand(['--json', 'channel', 'vapid-key', file], env)
  const { publicKey } = JSON.parse(made.out) as { publicKey: string }
  assert.equal((await runCommand(['channel', 'vapid-key', file], env)).code, 1)
  const kept = await runCommand(
    ['settings', 'set', 'web-push', 'contact=mailto:push@example.com', '--secret-file', `privateKey=${file}`],
    env,
  )
  assert.equal(kept.code, 0, kept.err)
  assert.partialDeepStrictEqual(await tried('web-push', push.subscribe(publicKey)), { outcome: 'accepted' })
  assert.deepEqual([push.inbox[0]?.title, push.inbox[0]?.body], ['A test of Kvit', 'Привіт'])
  await set('fcm', { apiUrl: urls.fcm }, { serviceAccount: serviceAccountFor(urls.fcm) })
  assert.partialDeepStrictEqual(await tried('fcm', `app:${'a'.repeat(100)}`), { outcome: 'accepted' })
  assert.deepEqual([sms.inbox.length, telegram.inbox.length, fcm.inbox.length], [1, 1, 1])
})

test('whoever may not set channels up sends nothing, and a tenant sends through none of another', async () => {
  const reader = await personWith(kvit, 'reader', ['settings:read'])
  const path = '/v1/notification-channels/smpp/test'
  await assert.rejects(reader.post(path, { to: TO, text: 'x' }), /lacks the scope settings:write/)
  await client.post('/v1/tenants', { name: 'other', clock: '2026-02-01T00:00:00Z', acceptanceWindowDays: 400 })
  const other = await kvit.request('POST', path, { body: { to: TO, text: 'x' }, headers: { 'kvit-tenant': 'other' } })
  assert.equal(other.status, 409)
  assert.equal(centre.inbox.length, 2)
})

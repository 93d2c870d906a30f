/** What networks tell of messages afterwards, by SMPP and by HTTP: it is recorded once in whatever order it comes, and the next way begins or is left. */
import assert from 'node:assert/strict'
import { createHmac } from 'node:crypto'
import { after, test } from 'node:test'
import { FakeMailServer } from '../packages/fakes/src/fake-mail-server.ts'
import { FakeSmsCentre } from '../packages/fakes/src/fake-sms-centre.ts'
import { FakeSmsGateway } from '../packages/fakes/src/fake-sms-gateway.ts'
import { FakeVoice } from '../packages/fakes/src/fake-voice.ts'
import { startApp } from '../src/app/start.ts'
import { Client, type Json } from '../src/cli/client.ts'
import type { SignedMessage } from '../src/platform/http/signature.ts'
import { checkHolds, seedOperator, startKvit } from './harness.ts'
import { until } from './test-postgres.ts'

let reports = true
const centre = new FakeSmsCentre({ reports: () => reports })
const gateway = new FakeSmsGateway({ user: 'kvit', secret: 'sesame', callbackSecret: 'other' })
const voice = new FakeVoice('AC1', 'token')
const mail = new FakeMailServer()
const [smppPort, mailPort] = [await centre.listen(), await mail.listen()]
const [gatewayUrl, voiceUrl] = [await gateway.listen(), await voice.listen()]
after(async () => {
  for (const server of [gateway, voice]) server.close()
  await Promise.all([centre.die(), mail.close()])
})
const CLOCK = '2026-02-10T10:00:00Z'
const kvit = await startKvit('radio', CLOCK, undefined, undefined, {
  privateHosts: [
    ...[`localhost:${mailPort}`, `localhost:${smppPort}`],
    ...[gatewayUrl, voiceUrl].map((url) => new URL(url).host),
  ],
})
const { client: radio, config, request } = kvit
const web = new Client(config, 'web')
await radio.post('/v1/tenants', { name: 'web', clock: CLOCK })

const SMS_THEN_MAIL = [{ channel: 'sms' }, { channel: 'email', when: 'not_delivered', afterMinutes: 60 }]
const VOICE = [{ channel: 'voice' }]
for (const client of [radio, web]) {
  await seedOperator(client)
  const server = { host: 'localhost', port: mailPort, security: 'none', fromName: 'Op', fromAddress: 'op@example.com' }
  await client.post('/v1/settings/mail', { values: server }, 'PUT')
  const kinds = { receipt: { chain: SMS_THEN_MAIL }, refund_sent: { chain: VOICE } }
  const costs = { sms: { amount: '0.045', currency: 'EUR' } }
  await client.post('/v1/settings/notices', { values: { on: true, inbox: false, costs, kinds } }, 'PUT')
}
const smpp = { host: 'localhost', port: smppPort, systemId: 'kvit', from: 'Kvit', perSecond: 100 }
await radio.post('/v1/settings/smpp', { values: smpp, secrets: { password: 'sesame' } }, 'PUT')
const callbackUrl = 'https://kvit.example/v1/callbacks/web/notification-channels/sms-http'
const sms = { preset: 'generic', from: 'Kvit', callbackUrl, shape: { url: `${gatewayUrl}/messages` } }
await web.post('/v1/settings/sms-http', { values: sms, secrets: { secret: 'sesame', callbackSecret: 'other' } }, 'PUT')
const calls = {
  ...{ user: 'AC1', from: '+380441112233', apiUrl: voiceUrl, digits: 1 },
  callbackUrl: 'https://kvit.example/v1/callbacks/web/notification-channels/voice',
}
await web.post('/v1/settings/voice', { values: calls, secrets: { secret: 'token' } }, 'PUT')

interface Message extends Json {
  readonly channel: string
  readonly state: string
  readonly reason: string | null
}
let asked = 0
/** Has a customer told whose contact has the number. @returns the id of the notice */
async function tell(client: Client, phone: string, kind = 'receipt', number = 'R-1'): Promise<string> {
  const key = `c${++asked}`
  await client.post('/v1/customers', { key, name: 'Olha', language: 'uk' })
  const cycle = { issuer: 'op', currency: 'EUR', cycleAnchor: '2026-01-01', zone: 'Europe/Kyiv' }
  await client.post('/v1/accounts', { key, customer: key, ...cycle })
  const contact = { key: 'it', name: 'Olha', phone, email: `${key}@example.com`, roles: ['payer'] }
  await client.post(`/v1/customers/${key}/contacts`, contact)
  const money = { amount: '12.50', currency: 'EUR' }
  const data = kind === 'receipt' ? { number, ...money } : { sentOn: '2026-02-10', ...money }
  return (await client.post<{ id: string }>('/v1/notices', { kind, account: key, key, data })).id
}
const messagesOf = async (client: Client, id: string): Promise<Message[]> =>
  (await client.get<{ messages: Message[] }>(`/v1/notices/${id}`)).messages
const statesOf = async (client: Client, id: string): Promise<(string | null)[][]> =>
  (await messagesOf(client, id)).map(({ channel, state, reason }) => [channel, state, reason])
async function becomes(client: Client, id: string, expected: (string | null)[][]): Promise<void> {
  let last: unknown
  await until(JSON.stringify(expected), async () => {
    last = await statesOf(client, id)
    return JSON.stringify(last) === JSON.stringify(expected)
  }).catch(() => assert.deepEqual(last, expected))
}
const DELIVERED = [
  ['sms', 'delivered', null],
  ['email', 'suppressed', 'not_needed'],
]
const FAILED = [
  ['sms', 'failed', 'no_such_address'],
  ['email', 'sent', null],
]

test('SMPP: a receipt that it was delivered leaves the next way, and each part of a long text is paid for', async () => {
  const id = await tell(radio, '+380441234567', 'receipt', `R-${'7'.repeat(90)}`)
  await becomes(radio, id, DELIVERED)
  assert.ok(centre.parts.length >= 2)
  const thousandths = centre.parts.length * 45
  const cost = { amount: `0.${String(thousandths).padStart(3, '0').replace(/0+$/, '')}`, currency: 'EUR' }
  assert.deepEqual((await messagesOf(radio, id))[0]?.['cost'], cost)
  assert.deepEqual(centre.receiptAnswers, [0])
})

test('SMPP: a receipt that it failed begins the next way once, however often it comes; that it was delivered is the last word', async () => {
  const id = await tell(radio, '+380001234567')
  await becomes(radio, id, FAILED)
  const [session] = centre.sessions
  assert.ok(session)
  const number = centre.parts.length - 1
  const before = [mail.inbox.length, centre.receiptAnswers.length]
  const ids = centre.receiptAnswers.length
  for (const state of ['UNDELIV', 'UNDELIV', 'DELIVRD', 'UNDELIV'] as const) {
    const answered = centre.receiptAnswers.length
    centre.report(session, number + 1, state)
    await until('it is answered', async () => centre.receiptAnswers.length > answered)
  }
  // A receipt of a message that nobody knows is not kept at the centre for ever.
  centre.report(session, 987_654, 'DELIVRD')
  await until('all are answered', async () => centre.receiptAnswers.length === ids + 5)
  assert.deepEqual(new Set(centre.receiptAnswers), new Set([0]))
  assert.deepEqual(await statesOf(radio, id), [
    ['sms', 'delivered', null],
    ['email', 'sent', null],
  ])
  assert.equal(mail.inbox.length, before[0])
  const told = (await radio.list<Json>('/v1/events?type=notice.failed')).filter(
    ({ data }) => (data as Json)['noticeId'] === id,
  )
  assert.equal(told.length, 1)
})

const callback = async (
  channel: string,
  { headers, body }: SignedMessage,
  tenant = 'web',
): Promise<{ status: number; json: Json; text?: string }> => {
  const given = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, String(value)]))
  return request('POST', `/v1/callbacks/${tenant}/notification-channels/${channel}`, {
    raw: body.toString('utf8'),
    headers: { ...given, authorization: '' },
  })
}
const signed = (body: object, secret = 'other'): SignedMessage => {
  const bytes = Buffer.from(JSON.stringify(body))
  return { headers: { 'x-signature': createHmac('sha256', secret).update(bytes).digest('hex') }, body: bytes }
}

test('HTTP: a signed receipt delivers or fails its message; what is not signed, is of another tenant or too long tells nothing', async () => {
  const good = await tell(web, '+380441234567')
  await until('it was sent', async () => (await statesOf(web, good))[0]?.[1] === 'sent')
  const [receipt] = gateway.takeReceipts()
  assert.ok(receipt)
  const bad = await tell(web, '+380001234567')
  await until('it was sent', async () => (await statesOf(web, bad))[0]?.[1] === 'sent')
  const [bounce] = gateway.takeReceipts()
  assert.ok(bounce)
  for (const [channel, wrong, tenant] of [
    ['sms-http', { ...receipt, headers: {} }, 'web'],
    ['sms-http', signed(JSON.parse(receipt.body.toString()) as Json, 'sesame'), 'web'],
    ['sms-http', receipt, 'radio'],
    ['sms-http', receipt, 'nobody'],
    ['voice', receipt, 'web'],
    ['telegram', receipt, 'web'],
    ['pigeon', receipt, 'web'],
  ] as const)
    assert.ok([400, 401].includes((await callback(channel, wrong, tenant)).status), `${channel} of ${tenant}`)
  assert.equal((await callback('sms-http', signed({ id: 'x'.repeat(70_000) }))).status, 413)
  assert.equal((await statesOf(web, good))[0]?.[1], 'sent')

  assert.partialDeepStrictEqual(await callback('sms-http', signed({ id: 'g-999', state: 'delivered' })), {
    ...{ status: 200, json: { messages: 0 } },
  })
  const onTheWay = signed({ ...(JSON.parse(receipt.body.toString()) as Json), state: 'queued' })
  assert.partialDeepStrictEqual(await callback('sms-http', onTheWay), { status: 200, json: { messages: 0 } })
  for (let times = 0; times < 2; times++) {
    assert.partialDeepStrictEqual(await callback('sms-http', receipt), { status: 200, json: { messages: 1 } })
    assert.partialDeepStrictEqual(await callback('sms-http', bounce), { status: 200, json: { messages: 1 } })
  }
  await becomes(web, good, DELIVERED)
  await becomes(web, bad, FAILED)
})

test('a call that was taken is delivered, and says which keys were pressed; the answer is one that the call goes on with', async () => {
  const id = await tell(web, '+380441234567', 'refund_sent')
  await until('it was called', async () => (await statesOf(web, id))[0]?.[1] === 'sent')
  const [{ body } = { body: Buffer.alloc(0) }] = voice.takeReceipts()
  const sid = new URLSearchParams(body.toString()).get('CallSid') ?? ''
  voice.report(calls.callbackUrl, { CallSid: sid, CallStatus: 'in-progress', Digits: '1' })
  voice.report(calls.callbackUrl, { CallSid: sid, CallStatus: 'ringing' })
  voice.report(calls.callbackUrl, { CallSid: sid, CallStatus: 'completed' })
  for (const receipt of voice.takeReceipts()) {
    const answer = await fetch(`${kvit.app.url}/v1/callbacks/web/notification-channels/voice`, {
      ...{ method: 'POST', body: receipt.body.toString(), headers: receipt.headers as Record<string, string> },
    })
    assert.deepEqual([answer.status, await answer.text()], [200, '<Response/>'])
    assert.match(answer.headers.get('content-type') ?? '', /^text\/xml/)
  }
  const [message] = await messagesOf(web, id)
  assert.partialDeepStrictEqual(message, { state: 'delivered', said: 'keys that were pressed: 1' })
})

test('what comes while no process runs is heard by the next one, before it has anything to send', async () => {
  reports = false
  const id = await tell(radio, '+380441234567')
  await until('it was sent', async () => (await statesOf(radio, id))[0]?.[1] === 'sent')
  await kvit.app.close()
  const { binds } = centre
  const next = await startApp(config)
  try {
    await until('it is connected', async () => centre.binds > binds && centre.sessions.length > 0)
    const [session] = centre.sessions
    assert.ok(session)
    // Ids are counted by parts.
    centre.report(session, centre.parts.length, 'DELIVRD')
    process.env['KVIT_URL'] = next.url
    const again = new Client(config, 'radio')
    await becomes(again, id, DELIVERED)
    assert.equal(centre.receiptAnswers.at(-1), 0)
    assert.deepEqual(await checkHolds(again), [])
  } finally {
    await next.close()
  }
})

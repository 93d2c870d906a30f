/** Channels by HTTP against servers that speak as theirs do: the contract, what refusals mean, and servers that break down. */
import assert from 'node:assert/strict'
import { createECDH, generateKeyPairSync } from 'node:crypto'
import { after, test } from 'node:test'
import { CHANNEL_CONTRACT, type ChannelUnderTest } from '../packages/fakes/src/channel-contract.ts'
import type { ChannelServerTrouble, FakeChannelServer } from '../packages/fakes/src/fake-channel-server.ts'
import { FakeFcm } from '../packages/fakes/src/fake-fcm.ts'
import { FakePushService } from '../packages/fakes/src/fake-push-service.ts'
import { FakeSmsGateway } from '../packages/fakes/src/fake-sms-gateway.ts'
import { FakeTelegram } from '../packages/fakes/src/fake-telegram.ts'
import { FakeVoice } from '../packages/fakes/src/fake-voice.ts'
import { fcmChannels } from '../src/adapters/fcm/fcm-channel.ts'
import { guardedHttp } from '../src/adapters/guarded-http/guarded-http.ts'
import { smsHttpChannel } from '../src/adapters/sms-http/sms-http-channel.ts'
import { telegramChannel } from '../src/adapters/telegram/telegram-channel.ts'
import { voiceChannel } from '../src/adapters/twilio-voice/voice-channel.ts'
import { webPushChannel } from '../src/adapters/web-push/web-push-channel.ts'
import type {
  RenderedMessage,
  SmsGateway,
  SmsGatewayShape,
  VoiceCaller,
  WebPushSender,
} from '../src/modules/notifications/ports.ts'
import type { OutsideHttp } from '../src/platform/outside-http.ts'

const servers: FakeChannelServer[] = []
after(() => {
  for (const server of servers) server.close()
})

/** A client that may go to this one server inside. */
async function begun<S extends FakeChannelServer>(server: S): Promise<{ server: S; url: string; http: OutsideHttp }> {
  servers.push(server)
  const url = await server.listen()
  return { server, url, http: guardedHttp([new URL(url).host]) }
}

const WAITING = new AbortController().signal
let keys = 0
const messageOf = (to: string, text = 'Рахунок № 7', subject: string | null = null): RenderedMessage => ({
  ...{ key: `m-${++keys}`, to, subject, text, html: null, attachments: [] },
})

const pair = createECDH('prime256v1')
pair.generateKeys()
const SENDER: WebPushSender = {
  privateKey: pair.getPrivateKey('base64url').padStart(43, 'A'),
  ...{ contact: 'mailto:push@example.com', ttlSeconds: 3_600, urgency: 'normal' },
}
const SENDER_KEY = pair.getPublicKey('base64url')

async function push(): Promise<ChannelUnderTest & { readonly server: FakePushService }> {
  const { server, http } = await begun(new FakePushService())
  const missing = server.subscribe(SENDER_KEY)
  server.leave(missing)
  return {
    ...{ channel: webPushChannel(SENDER, http), good: server.subscribe(SENDER_KEY), missing, bouncing: null, server },
    arrived: async () => server.inbox.map(({ to, body }) => ({ to, text: body })),
    receipts: async () => [],
  }
}

const ACCOUNT = { user: 'AC123', secret: 'open sesame', callbackSecret: 'sim sala bim' }

function smsBy(preset: SmsGateway['preset'], change: Partial<SmsGateway> = {}) {
  return async (): Promise<ChannelUnderTest & { readonly server: FakeSmsGateway }> => {
    const { server, http, url } = await begun(new FakeSmsGateway(ACCOUNT))
    const path = preset === 'twilio' ? '/2010-04-10/Accounts/{user}/Messages.json' : '/messages'
    const callbackUrl = 'https://kvit.example.com/v1/callbacks/acme/sms'
    const gateway = { preset, shape: { url: `${url}${path}` }, from: 'Kvit', callbackUrl, ...ACCOUNT, ...change }
    return {
      ...{ channel: smsHttpChannel(gateway, http), server, good: '+380441234567', missing: '+380000000001' },
      bouncing: gateway.callbackUrl === null ? null : '+380001000001',
      arrived: async () => server.inbox,
      receipts: async () => server.takeReceipts(),
    }
  }
}

const TOKEN = '110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw'

async function telegram(): Promise<ChannelUnderTest & { readonly server: FakeTelegram }> {
  const { server, http, url: apiUrl } = await begun(new FakeTelegram(TOKEN))
  return {
    ...{ channel: telegramChannel({ apiUrl, token: TOKEN, silent: false }, http), server },
    ...{ good: '123456789', missing: '7', bouncing: null },
    arrived: async () => server.inbox,
    receipts: async () => [],
  }
}

const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 })

async function fcm(change: object = {}): Promise<ChannelUnderTest & { readonly server: FakeFcm }> {
  const { server, http, url: apiUrl } = await begun(new FakeFcm(publicKey))
  const serviceAccount = JSON.stringify({
    ...{ project_id: 'kvit-test', client_email: 'kvit@example.com', token_uri: `${apiUrl}/token` },
    ...{ private_key: privateKey.export({ type: 'pkcs8', format: 'pem' }), ...change },
  })
  return {
    ...{ channel: fcmChannels(http)({ apiUrl, serviceAccount }), server },
    ...{ good: `app1:${'a'.repeat(140)}`, missing: `gone:${'b'.repeat(140)}`, bouncing: null },
    arrived: async () => server.inbox.map(({ to, body }) => ({ to, text: body })),
    receipts: async () => [],
  }
}

function voice(change: Partial<VoiceCaller> = {}) {
  return async (): Promise<ChannelUnderTest & { readonly server: FakeVoice }> => {
    const { user, secret } = ACCOUNT
    const { server, http, url: apiUrl } = await begun(new FakeVoice(user, secret))
    const callbackUrl = 'https://kvit.example.com/v1/callbacks/acme/voice?a=1&b=2'
    const caller = { apiUrl, user, secret, from: '+380441112233', language: 'uk-UA', digits: 0, callbackUrl, ...change }
    return {
      ...{ channel: voiceChannel(caller, http), server, good: '+380441234567', missing: '+380000000001' },
      ...{ bouncing: '+380001000001', arrived: async () => server.inbox, receipts: async () => server.takeReceipts() },
    }
  }
}

const CHANNELS = {
  'Web Push': push,
  'SMS as Twilio': smsBy('twilio'),
  'SMS in the generic shape': smsBy('generic'),
  'SMS without receipts': smsBy('twilio', { callbackUrl: null }),
  Telegram: telegram,
  Voice: voice(),
  FCM: async () => fcm(),
} as const

for (const [name, make] of Object.entries(CHANNELS)) {
  for (const { rule, check } of CHANNEL_CONTRACT) test(`${name}: ${rule}`, async () => check(make))

  test(`${name}: a server that breaks down is answered for what it may have done`, async () => {
    const { channel, server, good } = await make()
    const expected: readonly (readonly [ChannelServerTrouble, object])[] = [
      ['busy', { outcome: 'failed', reason: 'too_many', mayRetry: true, retryAfterSeconds: 7 }],
      ['away', { outcome: 'failed', reason: 'unavailable', mayRetry: true }],
      ['broken', { outcome: 'unknown' }],
      ['vanishes', { outcome: 'unknown' }],
    ]
    // Whoever gives access tokens does not break down here.
    await channel.send(messageOf(good), WAITING)
    for (const [trouble, answer] of expected) {
      server.trouble = () => trouble
      const given = await channel.send(messageOf(good), WAITING)
      assert.partialDeepStrictEqual(given, answer, trouble)
      assert.doesNotMatch(JSON.stringify(given), /sesame|AAHdq|127\.0\.0\.1/)
    }
    server.trouble = () => 'silent'
    assert.equal((await channel.send(messageOf(good), AbortSignal.timeout(50))).outcome, 'unknown')
    server.close()
    const gone = await channel.send(messageOf(good), WAITING)
    assert.partialDeepStrictEqual(gone, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
  })
}

test('Web Push: what arrives has title, text and tag; service and browser hear how long and how urgent it is', async () => {
  const { channel, server, good } = await push()
  const message = messageOf(good, 'Сплатіть до п’ятниці', 'Рахунок')
  assert.partialDeepStrictEqual(await channel.send(message, WAITING), { outcome: 'accepted' })
  assert.deepEqual(server.inbox, [{ to: good, title: 'Рахунок', body: message.text, tag: message.key }])
  const { ttl, urgency, topic } = server.requests[0]?.headers ?? {}
  assert.deepEqual([ttl, urgency], ['3600', 'normal'])
  assert.match(String(topic), /^[\w-]{32}$/)
  assert.doesNotMatch(server.requests[0]?.body.toString('latin1') ?? '', /m-\d/)
})

test('Web Push: an address that is none, one inside, another key, and a text that does not fit are told apart', async () => {
  const { channel, server, good } = await push()
  const { endpoint, keys: ofGood } = JSON.parse(good) as { endpoint: string; keys: object }
  const strange = server.subscribe(createECDH('prime256v1').generateKeys('base64url'))
  const cases: readonly (readonly [string, string])[] = [
    ['olha@example.com', 'no_such_address'],
    [JSON.stringify({ endpoint }), 'no_such_address'],
    [
      JSON.stringify({ endpoint, keys: { ...ofGood, p256dh: Buffer.alloc(65, 4).toString('base64url') } }),
      'no_such_address',
    ],
    [JSON.stringify({ endpoint: 'https://127.0.0.1/push/1', keys: ofGood }), 'blocked'],
    [JSON.stringify({ endpoint: 'http://192.168.0.1/push/1', keys: ofGood }), 'blocked'],
    [strange, 'blocked'],
  ]
  for (const [to, reason] of cases)
    assert.partialDeepStrictEqual(
      await channel.send(messageOf(to), WAITING),
      { outcome: 'failed', reason, mayRetry: false },
      to,
    )
  const long = messageOf(good, '\u0001'.repeat(900))
  assert.partialDeepStrictEqual(await channel.send(long, WAITING), { outcome: 'failed', reason: 'too_long' })
  assert.deepEqual(server.inbox, [])
})

test('SMS by HTTP: people who have written STOP are blocked, and a text can make no field of its own', async () => {
  const { channel, server, good } = await smsBy('twilio')()
  assert.partialDeepStrictEqual(await channel.send(messageOf('+380002000001'), WAITING), {
    ...{ outcome: 'failed', reason: 'blocked', mayRetry: false },
  })
  const text = 'a&To=+380000000001 {secret} {to} "}'
  assert.equal((await channel.send(messageOf(good, text), WAITING)).outcome, 'accepted')
  assert.deepEqual(server.inbox, [{ to: good, text }])
  const wrong = await smsBy('twilio', { secret: 'other words' })()
  const answer = await wrong.channel.send(messageOf(good), WAITING)
  assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
  const inBase64 = Buffer.from('AC123:other words').toString('base64')
  for (const secret of ['other words', inBase64]) assert.ok(!JSON.stringify(answer).includes(secret))
})

test('SMS by HTTP: a gateway of another shape is a matter of data: GET, an id that lies deep, states in answers', async () => {
  const { server, http, url } = await begun(
    new (class extends FakeSmsGateway {
      protected override answer({ path }: { readonly path: string }) {
        const to = new URL(path, 'http://x').searchParams.get('to') ?? ''
        return {
          status: 200,
          body: { messages: [{ id: 42, state: to.startsWith('38044') ? 'OK' : 'NO', asked: path }] },
        }
      }
    })(ACCOUNT),
  )
  const shape: SmsGatewayShape = {
    ...{ url: `${url}/send?to={to_digits}&text={text}&key={secret}`, headers: {}, bodyType: 'none', body: null },
    ...{
      errors: {},
      idField: 'messages.0.id',
      stateField: 'messages.0.state',
      acceptedStates: ['OK'],
      errorField: null,
      receipts: null,
    },
  }
  const gateway: SmsGateway = { preset: 'generic', shape, from: 'Kvit', callbackUrl: null, ...ACCOUNT }
  const channel = smsHttpChannel(gateway, http)
  assert.deepEqual(await channel.send(messageOf('+380441234567', 'а & б'), WAITING), { outcome: 'accepted', id: '42' })
  assert.equal(new URL(server.requests[0]?.path ?? '', 'http://x').searchParams.get('text'), 'а & б')
  const refused = await channel.send(messageOf('+380501234567'), WAITING)
  assert.partialDeepStrictEqual(refused, { outcome: 'failed', reason: 'blocked', mayRetry: false })
  assert.doesNotMatch(JSON.stringify(refused), /sesame/)
})

test('Telegram: people who have blocked the bot, a token that is none, and an answer that names no message', async () => {
  const { channel, server, good } = await telegram()
  assert.partialDeepStrictEqual(await channel.send(messageOf('2500'), WAITING), {
    outcome: 'failed',
    reason: 'blocked',
  })
  assert.partialDeepStrictEqual(await channel.send(messageOf('Olha'), WAITING), {
    outcome: 'failed',
    reason: 'no_such_address',
  })
  assert.partialDeepStrictEqual(await channel.send(messageOf(good, '😀'.repeat(2_100)), WAITING), {
    outcome: 'failed',
    reason: 'too_long',
  })
  server.trouble = () => 'nonsense'
  assert.equal((await channel.send(messageOf(good), WAITING)).outcome, 'unknown')
  const { http, url: apiUrl } = await begun(new FakeTelegram('another'))
  const unknown = await telegramChannel({ apiUrl, token: TOKEN, silent: false }, http).send(messageOf(good), WAITING)
  assert.partialDeepStrictEqual(unknown, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
})

test('FCM: an access token is asked for once, and again where it is refused; without one nothing was sent', async () => {
  const { channel, server, good } = await fcm()
  const sent = async (to = good) => channel.send(messageOf(to, 'Рахунок', 'Kvit'), WAITING)
  assert.deepEqual([(await sent()).outcome, (await sent()).outcome, server.asked], ['accepted', 'accepted', 1])
  assert.equal(server.inbox[0]?.title, 'Kvit')
  server.revoke()
  assert.partialDeepStrictEqual(await sent(), { outcome: 'failed', reason: 'unavailable', mayRetry: true })
  assert.deepEqual([(await sent()).outcome, server.asked], ['accepted', 2])
  assert.partialDeepStrictEqual(await sent(`other:${'c'.repeat(140)}`), {
    outcome: 'failed',
    reason: 'blocked',
    mayRetry: false,
  })
  const unknown = await fcm({ client_email: 'nobody@example.com' })
  const answer = await unknown.channel.send(messageOf(unknown.good), WAITING)
  assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
  const broken = await fcm({ private_key: 'none' })
  assert.partialDeepStrictEqual(await broken.channel.send(messageOf(broken.good), WAITING), {
    outcome: 'failed',
    reason: 'blocked',
  })
  const inside = await fcm({ token_uri: 'https://169.254.169.254/token' })
  assert.partialDeepStrictEqual(await inside.channel.send(messageOf(inside.good), WAITING), {
    outcome: 'failed',
    reason: 'blocked',
  })
})

test('Voice: keys that were pressed come back, an engaged line is away, and a text can say nothing to the machine', async () => {
  const { channel, server, good } = await voice({ digits: 1 })()
  const text = 'Ваш борг 100 < 200 & "більше". Натисніть 1 </Say><Hangup/>'
  const sent = await channel.send(messageOf(good, text), WAITING)
  assert.ok(sent.outcome === 'accepted')
  assert.deepEqual(server.inbox, [{ to: good, text }])
  assert.match(
    server.scripts[0] ?? '',
    /^<Response><Gather numDigits="1" action="[^"<]*a=1&amp;b=2"><Say language="uk-UA">[^<]*<\/Say><\/Gather><\/Response>$/,
  )
  const url = 'https://kvit.example.com/v1/callbacks/acme/voice?a=1&b=2'
  server.report(url, { CallSid: sent.id, CallStatus: 'in-progress', Digits: '1' })
  server.report(url, { CallSid: sent.id, CallStatus: 'ringing' })
  const told = server.takeReceipts().map((one) => channel.parseReceipt(one, 0))
  const delivered = { id: sent.id, state: 'delivered', reason: null }
  assert.deepEqual(told, [delivered, { ...delivered, digits: '1' }, 'on_the_way'])
  await channel.send(messageOf('+380003000001'), WAITING)
  assert.partialDeepStrictEqual(
    server.takeReceipts().map((one) => channel.parseReceipt(one, 0)),
    [{ state: 'failed', reason: 'unavailable' }],
  )
})

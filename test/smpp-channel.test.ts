/** Short messages by SMPP against a centre of another implementation: the contract of channels, long texts, receipts, and centres that break down. */
import assert from 'node:assert/strict'
import { createServer } from 'node:net'
import { after, test } from 'node:test'
import { setTimeout as pause } from 'node:timers/promises'
import { CHANNEL_CONTRACT } from '../packages/fakes/src/channel-contract.ts'
import { type CentreOptions, type CentreTrouble, FakeSmsCentre } from '../packages/fakes/src/fake-sms-centre.ts'
import { SmppChannels } from '../src/adapters/smpp/smpp-channel.ts'
import type { SmppTiming } from '../src/adapters/smpp/smpp-link.ts'
import type {
  DeliveryReceipt,
  NotificationChannel,
  RenderedMessage,
  SmppServer,
} from '../src/modules/notifications/ports.ts'
import { makeCertificate, opensslMissing } from './certificates.ts'

const ended: (() => void | Promise<void>)[] = []
after(async () => {
  for (const end of ended) await end()
})

const TIMING: Partial<SmppTiming> = { firstPauseMs: 20 }
const SERVER: SmppServer = {
  ...{ host: 'localhost', port: 1, security: 'none', caCertificate: null, systemId: 'kvit', password: 'sesame' },
  ...{
    systemType: '',
    from: 'Kvit',
    longTexts: 'udh8',
    alphabet: 'gsm7',
    ids: 'same',
    noSuchAddressErrors: ['1', '5'],
    maxInFlight: 10,
    perSecond: 1_000,
  },
}

interface Opened {
  readonly centre: FakeSmsCentre
  readonly channel: NotificationChannel
  readonly channels: SmppChannels
  readonly heard: DeliveryReceipt[]
  readonly port: number
}

async function opened(options: CentreOptions = {}, change: Partial<SmppServer> = {}, timing = TIMING): Promise<Opened> {
  const centre = new FakeSmsCentre(options)
  const port = await centre.listen()
  const channels = new SmppChannels([`localhost:${port}`], timing)
  ended.push(
    async () => centre.die(),
    () => channels.close(),
  )
  const channel = channels.open('acme', { ...SERVER, port, ...change })
  const heard: DeliveryReceipt[] = []
  channel.listen?.(async (receipt) => void heard.push(receipt))
  return { centre, channel, channels, heard, port }
}

const WAITING = new AbortController().signal
const TO = '+380441234567'
let keys = 0
const messageOf = (text: string, to = TO): RenderedMessage => ({
  ...{ key: `m-${++keys}`, to, subject: null, text, html: null, attachments: [] },
})

async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await pause(2)
}

for (const { rule, check } of CHANNEL_CONTRACT)
  test(`SMPP: ${rule}`, async () =>
    check(async () => {
      const { centre, channel, heard } = await opened()
      return {
        channel,
        ...{ good: '380441234567', missing: '380000000001', bouncing: '380001000001' },
        arrived: async () => centre.inbox,
        receipts: async () => [],
        heard: async () => {
          await until(() => heard.length > 0)
          return heard.splice(0)
        },
      }
    }))

test('a long text arrives whole, in as many parts as are charged for, however parts name each other', async () => {
  const cyrillic = 'Ваш рахунок № 7 на суму 1 250,00 грн треба сплатити до 15 лютого. Дякуємо, що Ви з нами!'
  const latin = `Rechnung 7: 12,50 € {Müller} ${'x'.repeat(300)}`
  for (const [longTexts, pdus] of [
    ['udh8', 2],
    ['udh16', 2],
    ['payload', 1],
  ] as const) {
    const { centre, channel } = await opened({}, { longTexts })
    assert.partialDeepStrictEqual(await channel.send(messageOf(cyrillic), WAITING), { outcome: 'accepted', parts: 2 })
    assert.deepEqual(
      centre.parts.map(({ data_coding }) => data_coding),
      Array(pdus).fill(8),
    )
    const long = await channel.send(messageOf(latin), WAITING)
    assert.partialDeepStrictEqual(long, { outcome: 'accepted', parts: 3 })
    assert.deepEqual(
      centre.inbox.map(({ text }) => text),
      [cyrillic, latin],
    )
    assert.deepEqual([centre.parts[0]?.source_addr, centre.parts[0]?.source_addr_ton], ['Kvit', 5])
    // Only the last part of each is to be reported.
    assert.equal(centre.parts.filter(({ registered_delivery }) => registered_delivery === 1).length, 2)
  }
})

test('receipts are told of the id that was answered, also in another form of numbers; what nobody keeps is asked for again', async () => {
  for (const [plainReceipts, ids] of [
    [true, 'same'],
    [true, 'hex_in_answers'],
    [false, 'same'],
    [false, 'hex_in_answers'],
  ] as const) {
    // The text of a receipt has zeros before an id: where they are no number, they are a part of its name.
    const idInAnswers = (id: number): string =>
      ids === 'hex_in_answers' ? id.toString(16).toUpperCase() : String(id).padStart(plainReceipts ? 10 : 0, '0')
    const { centre, channel, heard } = await opened({ plainReceipts, idInAnswers, firstId: 171 }, { ids })
    const answer = await channel.send(messageOf('one'), WAITING)
    await until(() => heard.length > 0)
    assert.deepEqual(heard, [{ id: (answer as { id: string }).id, state: 'delivered', reason: null }])
    const [session] = centre.sessions
    assert.ok(session)
    for (const state of ['EXPIRED', 'REJECTD', 'ENROUTE', 'ACCEPTD', 'UNDELIV'] as const)
      centre.report(session, 9, state)
    // A telephone without room for a message, and a number that nobody has.
    for (const error of [32, 1]) centre.report(session, 9, 'UNDELIV', error)
    await until(() => centre.receiptAnswers.length === 8)
    assert.deepEqual(
      heard.slice(1).map(({ reason }) => reason),
      ['unavailable', 'blocked', 'unavailable', 'unavailable', 'no_such_address'],
    )
    channel.listen?.(async () => {
      throw new Error('the database is away')
    })
    centre.report(session, 9, 'DELIVRD')
    await until(() => centre.receiptAnswers.length === 9)
    assert.deepEqual(centre.receiptAnswers, [0, 0, 0, 0, 0, 0, 0, 0, 0x64])
  }
})

test('a centre that is busy is asked later; the rest of a message that was begun is sent again at once', async () => {
  const left: CentreTrouble[] = ['throttled', 'full', 'none', 'throttled', 'none']
  const { centre, channel } = await opened({ trouble: () => left.shift() ?? 'none' })
  for (const name of ['ESME_RTHROTTLED', 'ESME_RMSGQFUL']) {
    const answer = await channel.send(messageOf('one'), WAITING)
    assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'too_many', mayRetry: true })
    assert.match(String(answer.said), new RegExp(name))
  }
  const long = 'ї'.repeat(100)
  assert.partialDeepStrictEqual(await channel.send(messageOf(long), WAITING), { outcome: 'accepted', parts: 2 })
  assert.deepEqual(centre.inbox, [{ to: '380441234567', text: long }])
})

test('what was handed over and not answered is unknown: the centre vanishes, is silent, or talks nonsense', async () => {
  const left: CentreTrouble[] = ['vanishes', 'garbage', 'silent', 'silent']
  const { channel, centre } = await opened({ trouble: () => left.shift() ?? 'none' }, {}, { ...TIMING, answerMs: 50 })
  const answers: string[] = []
  for (let at = 0; at < 3; at++) {
    let answer = await channel.send(messageOf('one'), WAITING)
    // Between attempts to connect again a message is refused, and the centre has nothing of it.
    while (answer.outcome === 'failed') {
      assert.deepEqual([answer.reason, answer.mayRetry], ['unavailable', true])
      await pause(5)
      answer = await channel.send(messageOf('one'), WAITING)
    }
    answers.push(answer.outcome)
  }
  assert.deepEqual(answers, ['unknown', 'unknown', 'unknown'])
  const aborting = new AbortController()
  const pending = channel.send(messageOf('one'), aborting.signal)
  await until(() => centre.parts.length === 4)
  aborting.abort()
  assert.equal((await pending).outcome, 'unknown')
  assert.equal((await channel.send(messageOf('two'), WAITING)).outcome, 'accepted')
})

test('a centre that died is connected with again by itself, and brings what it has', async () => {
  const { centre, channel, heard, port } = await opened()
  assert.equal((await channel.send(messageOf('one'), WAITING)).outcome, 'accepted')
  await until(() => heard.length === 1)
  await centre.die()
  assert.notEqual((await channel.send(messageOf('two'), WAITING)).outcome, 'accepted')
  await centre.listen(port)
  await until(() => centre.binds === 2)
  const [session] = centre.sessions
  assert.ok(session)
  centre.report(session, 77, 'DELIVRD')
  await until(() => heard.length === 2)
  assert.equal(heard[1]?.id, '77')
  assert.equal((await channel.send(messageOf('three'), WAITING)).outcome, 'accepted')
})

test('a peer that takes connections and never says a word, or dies without one, holds nobody', async () => {
  const mute = createServer(() => undefined)
  await new Promise<void>((resolve) => mute.listen(0, '127.0.0.1', resolve))
  const { port } = mute.address() as { port: number }
  const channels = new SmppChannels([`localhost:${port}`], { ...TIMING, connectMs: 30 })
  ended.push(
    () => channels.close(),
    () => void mute.close(),
  )
  const answer = await channels.open('acme', { ...SERVER, port }).send(messageOf('one'), WAITING)
  assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
  // One that was bound and falls silent is noticed by the questions whether it is there.
  const { channel, centre } = await opened({ trouble: () => 'silent' }, {}, { ...TIMING, enquireMs: 20 })
  const pending = channel.send(messageOf('one'), WAITING)
  await until(() => centre.parts.length === 1)
  for (const session of centre.sessions) session.removeAllListeners('enquire_link')
  assert.partialDeepStrictEqual(await pending, { outcome: 'unknown' })
})

test('no more is under way than was agreed, and all of it goes', async () => {
  const { centre, channel } = await opened({}, { maxInFlight: 3 })
  const answers = await Promise.all(
    Array.from({ length: 40 }, async (_, at) => channel.send(messageOf(`m${at}`), WAITING)),
  )
  assert.deepEqual(new Set(answers.map(({ outcome }) => outcome)), new Set(['accepted']))
  assert.equal(new Set(answers.map((one) => (one as { id: string }).id)).size, 40)
  assert.ok(centre.mostAtOnce <= 3, String(centre.mostAtOnce))
})

test('name and password are asked for and never repeated; a centre in a private network is none of a tenant', async () => {
  const { centre, channel } = await opened({ login: { systemId: 'kvit', password: 'other' } })
  const refused = await channel.send(messageOf('one'), WAITING)
  assert.partialDeepStrictEqual(refused, { outcome: 'failed', reason: 'unavailable', mayRetry: true })
  assert.match(String(refused.said), /name and password/)
  assert.doesNotMatch(JSON.stringify(refused), /sesame/)
  assert.equal(centre.binds, 1)
  const inside = new SmppChannels([])
  ended.push(() => inside.close())
  const answer = await inside.open('acme', { ...SERVER, port: 2775 }).send(messageOf('one'), WAITING)
  assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'blocked', mayRetry: false })
})

test('settings that change end what was connected by the old ones; the centre asks, and hears that we are there', async () => {
  const { channel, channels, centre, port } = await opened()
  assert.equal((await channel.send(messageOf('one'), WAITING)).outcome, 'accepted')
  const [session] = centre.sessions
  assert.ok(session)
  const there = await new Promise<number>((resolve) => session.enquire_link((pdu) => resolve(pdu.command_status)))
  assert.equal(there, 0)
  const anew = channels.open('acme', { ...SERVER, port, from: '+380441112233' })
  assert.partialDeepStrictEqual(await channel.send(messageOf('old'), WAITING), { outcome: 'failed', mayRetry: true })
  assert.equal((await anew.send(messageOf('two'), WAITING)).outcome, 'accepted')
  assert.deepEqual([centre.parts[1]?.source_addr, centre.parts[1]?.source_addr_ton], ['380441112233', 1])
  assert.equal(channels.open('acme', { ...SERVER, port, from: '+380441112233' }).name, 'smpp')
  assert.equal(centre.binds, 2)
})

test('TLS: a centre that nobody vouches for gets not even the password', { skip: opensslMissing }, async () => {
  const tls = makeCertificate()
  const trusted = await opened({ tls }, { security: 'tls', caCertificate: tls.cert })
  assert.equal((await trusted.channel.send(messageOf('one'), WAITING)).outcome, 'accepted')
  const strange = await opened({ tls }, { security: 'tls' })
  assert.partialDeepStrictEqual(await strange.channel.send(messageOf('one'), WAITING), {
    outcome: 'failed',
    mayRetry: true,
  })
  assert.equal(strange.centre.binds, 0)
})

/** The port of channels to people: its contract, held by the fake and broken by wrong adapters, and a sender among troubles. */
import assert from 'node:assert/strict'
import { test } from 'node:test'
import fc from 'fast-check'
import { CHANNEL_CONTRACT, type ChannelUnderTest } from '../packages/fakes/src/channel-contract.ts'
import { type ChannelTrouble, FakeChannel } from '../packages/fakes/src/fake-channel.ts'
import type { ChannelCapabilities, RenderedMessage, SendAnswer } from '../src/modules/notifications/ports.ts'

const WAITING = new AbortController().signal

function makerOf(made: () => FakeChannel): () => Promise<ChannelUnderTest> {
  return async () => {
    const channel = made()
    const { receipts } = channel.capabilities
    return {
      channel,
      ...{ good: 'olha@example.com', missing: 'nobody@example.com', bouncing: receipts ? 'bounce@example.com' : null },
      arrived: async () => channel.inbox,
      receipts: async () => channel.takeReceipts(),
    }
  }
}

const PLAIN = { subject: false, html: false, attachments: false }
const FAKES: Readonly<Record<string, Partial<ChannelCapabilities>>> = {
  'a channel like e-mail': {},
  'one like short messages': { ...PLAIN, kind: 'sms', maxCharacters: 70, dedupes: false },
  'one like push': { ...PLAIN, kind: 'push', subject: true, maxCharacters: 200, receipts: false },
}
for (const [name, capabilities] of Object.entries(FAKES))
  for (const { rule, check } of CHANNEL_CONTRACT)
    test(`${name}: ${rule}`, async () => check(makerOf(() => new FakeChannel(() => 'none', capabilities))))

class Broken extends FakeChannel {
  constructor(change: (message: RenderedMessage) => RenderedMessage, capabilities: Partial<ChannelCapabilities> = {}) {
    super(() => 'none', capabilities)
    this.change = change
  }

  private readonly change: (message: RenderedMessage) => RenderedMessage
  override send: FakeChannel['send'] = async (message, signal) => super.send(this.change(message), signal)
}

/** Adapters that are wrong, each in one way. */
const BROKEN: Readonly<Record<string, () => FakeChannel>> = {
  'drops what is not Latin': () => new Broken((one) => ({ ...one, text: one.text.replaceAll(/[^ -~]/g, '?') })),
  'cuts what is too long': () =>
    new Broken((one) => ({ ...one, text: one.text.slice(0, 70) }), { ...PLAIN, maxCharacters: 70 }),
  'leaves attachments out': () => new Broken((one) => ({ ...one, attachments: [] }), PLAIN),
  'sends the same key twice': () => new Broken((one) => ({ ...one, key: `${one.key} ${Math.random()}` })),
  'takes any address': () => new Broken((one) => ({ ...one, to: one.to.replace(/nobody|bounce/, 'somebody') })),
  'believes any receipt': () =>
    new (class extends FakeChannel {
      override parseReceipt: FakeChannel['parseReceipt'] = ({ body }) => JSON.parse(body.toString())
    })(),
}
for (const [name, made] of Object.entries(BROKEN))
  test(`the contract finds an adapter that ${name}`, async () => {
    const results = await Promise.allSettled(CHANNEL_CONTRACT.map(async ({ check }) => check(makerOf(made))))
    assert.ok(results.some(({ status }) => status === 'rejected'))
  })

test('a sender that repeats what may not have arrived gets each message there once, or, where a channel does not dedupe, at most once', async () => {
  const trouble = fc.constantFrom<ChannelTrouble>('none', 'lost', 'unanswered', 'throttled')
  await fc.assert(
    fc.asyncProperty(
      fc.boolean(),
      fc.nat({ max: 8 }),
      fc.array(trouble, { maxLength: 60 }),
      async (dedupes, count, troubles) => {
        const left = [...troubles]
        const channel = new FakeChannel(() => left.shift() ?? 'none', { dedupes })
        const sent: SendAnswer[] = []
        for (let at = 0; at < count; at++) {
          const message = {
            key: `m${at}`,
            to: 'olha@example.com',
            subject: null,
            text: `${at}`,
            html: null,
            attachments: [],
          }
          let answer = await channel.send(message, WAITING)
          while ((answer.outcome === 'failed' && answer.mayRetry) || (answer.outcome === 'unknown' && dedupes))
            answer = await channel.send(message, WAITING)
          sent.push(answer)
        }
        const texts = channel.inbox.map(({ text }) => text)
        assert.equal(new Set(texts).size, texts.length)
        const accepted = sent.flatMap(({ outcome }, at) => (outcome === 'accepted' ? [String(at)] : []))
        assert.deepEqual(
          accepted.filter((text) => !texts.includes(text)),
          [],
        )
        if (dedupes) assert.equal(texts.length, count)
      },
    ),
  )
})

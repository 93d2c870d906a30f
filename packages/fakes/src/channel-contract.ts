import assert from 'node:assert/strict'
import type {
  DeliveryReceipt,
  NotificationChannel,
  RenderedMessage,
  SendAnswer,
} from '../../../src/modules/notifications/ports.ts'
import type { SignedMessage } from '../../../src/platform/http/signature.ts'

/** A channel of a test, without troubles, and addresses whose fate is known. */
export interface ChannelUnderTest {
  readonly channel: NotificationChannel
  readonly good: string
  /** The channel says at once that there is no such address. */
  readonly missing: string
  /** It says so afterwards; null where the channel has no receipts. */
  readonly bouncing: string | null
  /** What has arrived so far. */
  readonly arrived: () => Promise<readonly Pick<RenderedMessage, 'to' | 'text'>[]>
  readonly receipts: () => Promise<readonly SignedMessage[]>
  /** Where receipts come over the channel's own connection: those that came since the last time, once there is one. */
  readonly heard?: () => Promise<readonly DeliveryReceipt[]>
}

const NOW_MS = 1_772_000_000_000
const WAITING = new AbortController().signal
let keys = 0

function messageTo(to: string, change: Partial<RenderedMessage> = {}): RenderedMessage {
  const key = `contract-${process.pid}-${++keys}`
  return { key, to, subject: null, text: `Рахунок № ${keys}: 12,50 €`, html: null, attachments: [], ...change }
}

function idOf(answer: SendAnswer): string {
  assert.equal(answer.outcome, 'accepted')
  return (answer as Extract<SendAnswer, { outcome: 'accepted' }>).id
}

async function toldOf({ channel, receipts, heard }: ChannelUnderTest): Promise<(DeliveryReceipt | 'on_the_way' | null)[]> {
  return heard === undefined ? (await receipts()).map((one) => channel.parseReceipt(one, NOW_MS)) : [...(await heard())]
}

/** What every adapter of `NotificationChannel` holds: a rule, and what throws where an adapter breaks it. */
export const CHANNEL_CONTRACT: readonly {
  readonly rule: string
  readonly check: (make: () => Promise<ChannelUnderTest>) => Promise<void>
}[] = [
  {
    rule: 'a message arrives as it was rendered, in whatever script, and a receipt says so',
    check: async (make) => {
      const made = await make()
      const { channel, good, arrived } = made
      const message = messageTo(good)
      const id = idOf(await channel.send(message, WAITING))
      assert.deepEqual(
        (await arrived()).map(({ to, text }) => [to, text]),
        [[good, message.text]],
      )
      const told = channel.capabilities.receipts ? [{ id, state: 'delivered', reason: null }] : []
      assert.deepEqual(await toldOf(made), told)
    },
  },
  {
    rule: 'the same key arrives once where the channel says so, and two keys are two messages',
    check: async (make) => {
      const { channel, good, arrived } = await make()
      const message = messageTo(good)
      const first = idOf(await channel.send(message, WAITING))
      if (channel.capabilities.dedupes) assert.equal(idOf(await channel.send(message, WAITING)), first)
      assert.notEqual(idOf(await channel.send(messageTo(good, { text: message.text }), WAITING)), first)
      assert.equal((await arrived()).length, 2)
    },
  },
  {
    rule: 'an address that is not there has failed for good, at once or by a receipt',
    check: async (make) => {
      const made = await make()
      const { channel, missing, bouncing, arrived } = made
      const answer = await channel.send(messageTo(missing), WAITING)
      assert.partialDeepStrictEqual(answer, { outcome: 'failed', reason: 'no_such_address', mayRetry: false })
      assert.equal(bouncing === null, !channel.capabilities.receipts)
      if (bouncing !== null) {
        const id = idOf(await channel.send(messageTo(bouncing), WAITING))
        assert.deepEqual(await toldOf(made), [{ id, state: 'failed', reason: 'no_such_address' }])
      }
      assert.deepEqual(await arrived(), [])
    },
  },
  {
    rule: 'what the channel cannot carry has failed, and never arrives cut or without its parts',
    check: async (make) => {
      const { channel, good, arrived } = await make()
      const { subject, html, attachments, maxCharacters } = channel.capabilities
      const file = { name: 'a.pdf', type: 'application/pdf', content: new Uint8Array(3) }
      const beyond: Partial<RenderedMessage>[] = [
        ...(subject ? [] : [{ subject: 'Рахунок' }]),
        ...(html ? [] : [{ html: '<p>Рахунок</p>' }]),
        ...(attachments ? [] : [{ attachments: [file] }]),
        ...(maxCharacters === null ? [] : [{ text: 'є'.repeat(maxCharacters + 1) }]),
      ]
      for (const part of beyond) {
        const answer = await channel.send(messageTo(good, part), WAITING)
        assert.ok(answer.outcome === 'failed' && !answer.mayRetry, JSON.stringify(Object.keys(part)))
      }
      assert.deepEqual(await arrived(), [])
      if (maxCharacters === null) return
      idOf(await channel.send(messageTo(good, { text: '€'.repeat(maxCharacters) }), WAITING))
      assert.equal((await arrived()).length, 1)
    },
  },
  {
    rule: 'what nobody waits for any longer is unknown, not thrown; receipts of others are none',
    check: async (make) => {
      const { channel, good, receipts } = await make()
      const message = messageTo(good)
      assert.equal((await channel.send(message, AbortSignal.abort())).outcome, 'unknown')
      idOf(await channel.send(messageTo(good), WAITING))
      for (const receipt of await receipts()) {
        assert.equal(channel.parseReceipt({ ...receipt, headers: {} }, NOW_MS), null)
        const body = Buffer.concat([receipt.body, Buffer.from(' ')])
        assert.equal(channel.parseReceipt({ ...receipt, body }, NOW_MS), null)
      }
    },
  },
]

import { createHash } from 'node:crypto'
import type { IncomingHttpHeaders } from 'node:http'
import { z } from 'zod'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import type { Signer } from '../../platform/http/signature.ts'
import { insertAllRows } from '../../platform/insert-rows.ts'
import { Refusal } from '../../platform/problems.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { CHANNEL_NAMES, type ChannelWay } from './channels.ts'
import type { DeliveryReceipt, NotificationChannel } from './ports.ts'
import { takeReceipt } from './receipts.ts'

/** Receipts are some hundred bytes. */
const BODY_LIMIT = 64 * 1024

/** A receipt that its channel has verified. */
interface Verified {
  readonly channel: NotificationChannel
  readonly receipt: DeliveryReceipt | 'on_the_way'
}

/** By the headers of their requests. */
type AllVerified = WeakMap<IncomingHttpHeaders, Verified>

/** Whoever shares the secret of a channel with the tenant. */
function signerOf(settings: SettingsStore, ways: readonly ChannelWay[], verified: AllVerified): Signer {
  return {
    name: 'notification-channel',
    header: 'x-twilio-signature',
    verify: async ({ db, tenant }, message, nowMs, params) => {
      const way = ways.find(({ name }) => name === params['channel'])
      if (way === undefined) return null
      let channel: NotificationChannel
      try {
        channel = await way.open(db, tenant.name, settings)
      } catch (error) {
        // One that is not set up has no secret.
        if (error instanceof Refusal && error.code === 'conflict') return null
        throw error
      }
      const receipt = channel.parseReceipt(message, nowMs)
      if (receipt === null) return null
      verified.set(message.headers, { channel, receipt })
      return `${way.name}:${createHash('sha256').update(message.body).digest('hex')}`
    },
  }
}

/** What gateways of short messages and callers tell of messages that they have accepted. */
export function receiptRoutes(settings: SettingsStore, ways: readonly ChannelWay[]): Route[] {
  const verified: AllVerified = new WeakMap()
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/callbacks/{tenant}/notification-channels/{channel}',
      auth: 'signature',
      signer: signerOf(settings, ways, verified),
      logged: 'in its commit',
      tag: 'Notifications',
      summary:
        'A receipt of a channel, signed as its provider signs: its message was delivered, or failed and the next way begins',
      params: z.object({
        tenant: z.string().max(40),
        channel: z.enum(CHANNEL_NAMES).describe('Those that send receipts by HTTP: `sms-http` and `voice`'),
      }),
      query: z.looseObject({}),
      rawBody: true,
      bodyLimit: BODY_LIMIT,
      content: {
        type: 'application/x-www-form-urlencoded',
        schema: z.unknown().describe('As the provider sends it: a form, or JSON'),
      },
      answer: z.strictObject({
        messages: z.int().describe('How many messages this was about: none that is not known, or still on the way'),
      }),
      handle: async ({ db, tenant, nowMs, logged }, _input, { headers }) => {
        const { channel, receipt } = verified.get(headers) as Verified
        const facts = { channel: channel.capabilities.kind, nowMs }
        const messages =
          receipt === 'on_the_way'
            ? 0
            : await takeReceipt(db, tenant, { ...facts, receipt }, async (trx) => insertAllRows(trx, logged({})))
        const { receiptAnswer: wanted } = channel
        return wanted === undefined ? { messages } : new RawAnswer(wanted.type, wanted.body)
      },
    }),
  ]
}

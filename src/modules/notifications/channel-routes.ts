import { z } from 'zod'
import { newId } from '../../platform/clock.ts'
import { textUpTo } from '../../platform/http/fields.ts'
import { type Route, streamRoute } from '../../platform/http/route.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { CHANNEL_NAMES, type ChannelNeeds, channelWays } from './channels.ts'
import { DELIVERY_FAILURES } from './ports.ts'

/** Whoever tries a channel waits for it. */
const WAIT_MS = 20_000
const MAX_TO = 2_000
const MAX_TEXT = 5_000

const answer = z
  .strictObject({
    channel: z.enum(CHANNEL_NAMES),
    outcome: z.enum(['accepted', 'failed', 'unknown']).describe('`unknown`: it may have been sent'),
    id: z.string().nullable().describe('What the channel calls the message; null unless it was accepted'),
    parts: z.int().nullable().describe('Messages that are charged for; null unless it was accepted'),
    reason: z.enum(DELIVERY_FAILURES).nullable(),
    mayRetry: z.boolean().nullable().describe('Whether the same message may be taken later; null unless it failed'),
    said: z.string().nullable().describe('In the words of the channel'),
  })
  .meta({ id: 'ChannelTest' })

/** Lets whoever sets a channel up try it. */
export function channelRoutes(settings: SettingsStore, needs: ChannelNeeds): Route[] {
  const ways = channelWays(needs)
  return [
    streamRoute({
      method: 'POST',
      url: '/v1/notification-channels/{channel}/test',
      scope: 'settings:write',
      tag: 'Notifications',
      summary: 'Sends one message by a channel, and says what came of it: each request is a message of its own',
      params: z.object({ channel: z.enum(CHANNEL_NAMES) }),
      body: z.strictObject({
        to: textUpTo(MAX_TO).describe(
          'An address of e-mail, a number as +380441234567, or what else the channel sends to',
        ),
        text: textUpTo(MAX_TEXT),
      }),
      answer,
      handle: async ({ db, tenant }, { params: { channel: name }, body: { to, text } }) => {
        const way = ways.find((one) => one.name === name)
        if (way === undefined) throw new Error(`there is no channel ${name}`)
        const channel = await way.open(db, tenant.name, settings)
        const subject = channel.capabilities.subject ? 'A test of Kvit' : null
        const message = { key: `test-${newId()}`, to, subject, text, html: null, attachments: [] }
        const sent = await channel.send(message, AbortSignal.timeout(WAIT_MS))
        const { outcome, said = null } = sent
        const nothing = { id: null, parts: null, reason: null, mayRetry: null }
        if (outcome === 'accepted')
          return { channel: name, outcome, ...nothing, id: sent.id, parts: sent.parts ?? 1, said }
        if (outcome === 'unknown') return { channel: name, outcome, ...nothing, said }
        return { channel: name, outcome, ...nothing, reason: sent.reason, mayRetry: sent.mayRetry, said }
      },
    }),
  ]
}

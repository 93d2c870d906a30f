import { z } from 'zod'
import { ANY } from '../../core/notifications/preferences.ts'
import type { DatabaseTransaction } from '../../platform/db.ts'
import { eventOf } from '../../platform/events/event-type.ts'
import { publish } from '../../platform/events/publish.ts'
import type { Route } from '../../platform/http/route.ts'
import { type Signer, standardWebhookId } from '../../platform/http/signature.ts'
import { signedRoute } from '../../platform/http/signed-route.ts'
import type { SettingsStore } from '../../platform/settings/settings-store.ts'
import { preferenceSet } from './events.ts'
import type { NoticeSend } from './notice.ts'
import { noticeSettings } from './notice-settings.ts'
import { notePreference } from './preference-store.ts'
import { failSend } from './record.ts'

const bounce = z.strictObject({
  type: z.enum(['bounce', 'complaint']).describe('Mail came back, or whoever got it calls it unwanted'),
  messageId: z.string().min(1).max(1_000).describe('The `Message-ID` of the mail, with or without its brackets'),
  isPermanent: z.boolean().default(true).describe('Of a bounce: false where it may come later'),
  said: z.string().max(300).optional().describe('What the other server said'),
})

function signerOf(settings: SettingsStore): Signer {
  return {
    name: 'mail-bounces',
    header: 'webhook-signature',
    verify: async ({ db, tenant }, message, nowMs) => {
      const secret = (await settings.find(db, tenant.name, noticeSettings))?.secrets.bounceSecret ?? null
      return secret === null ? null : standardWebhookId(secret, message, nowMs)
    },
  }
}

/** What providers of mail, or a program that reads the mailbox of bounces, tell of messages that were sent. */
export function noticeCallbackRoutes(settings: SettingsStore): Route[] {
  return [
    signedRoute({
      url: '/v1/callbacks/{tenant}/mail-bounces',
      signer: signerOf(settings),
      tag: 'Notifications',
      summary:
        'Mail that came back or was complained about: its address is not written to again, or gets only what is mandatory',
      params: z.object({ tenant: z.string().max(40) }),
      message: bounce,
      answer: z.strictObject({
        messages: z.int().describe('How many messages this was about: none that is not known'),
      }),
      handle: async ({ db, nowMs }, told) => {
        // The id of a message stands before the `@`: `<0198…@example.com>`.
        const [id] = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/.exec(told.messageId) ?? []
        if (id === undefined) return { messages: 0 }
        const query = db.selectFrom('noticeSend').selectAll().where('id', '=', id).where('channel', '=', 'email')
        const send = (await query.forUpdate().executeTakeFirst()) as NoticeSend | undefined
        if (send === undefined) return { messages: 0 }
        await (told.type === 'bounce' ? noteBounce(db, send, told, nowMs) : noteComplaint(db, send, nowMs))
        return { messages: 1 }
      },
    }),
  ]
}

async function noteBounce(
  db: DatabaseTransaction,
  send: NoticeSend,
  { isPermanent, said }: z.output<typeof bounce>,
  nowMs: number,
): Promise<void> {
  if (!isPermanent || !['sent', 'unknown', 'delivered'].includes(send.state)) return
  await failSend(db, send, { reason: 'bounced', said: said ?? null }, nowMs)
}

/** Who complains wants nothing by e-mail any more; what is mandatory is sent all the same. */
async function noteComplaint(
  db: DatabaseTransaction,
  { customerId, personId, channel }: NoticeSend,
  nowMs: number,
): Promise<void> {
  const change = { customerId, personId, kind: ANY, channel, isWanted: false, origin: 'complaint' } as const
  if (await notePreference(db, change, nowMs))
    await publish(db, [eventOf(preferenceSet, { objectId: personId, customerId }, change)], nowMs)
}

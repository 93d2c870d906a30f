import { z } from 'zod'
import { CONTACT_ROLES, STEP_CONDITIONS } from '../../core/notifications/channels.ts'
import { NOTICE_STATES, SEND_STATES } from './notice.ts'
import { channel } from './notice-settings.ts'

const time = z.iso.datetime()

/** What a text can say. */
export const value = z.union([z.string().max(2_000), z.number(), z.boolean(), z.null()])

export const kindAnswer = z
  .strictObject({
    name: z.string(),
    meaning: z.string(),
    events: z.array(z.string()).describe('What causes it; none is asked for by parts of Kvit, or by request'),
    roles: z.array(z.enum(CONTACT_ROLES)).describe('Contacts with one of these are told'),
    priority: z.enum(['urgent', 'normal', 'low']).describe('`urgent` goes first, and in quiet hours, too'),
    isMandatory: z.boolean().describe('Nobody can unsubscribe from it'),
    needsConsent: z.boolean().describe('Only whoever has asked for it is told'),
    dedupeHours: z.int().describe('The same about the same thing within so many hours is not sent'),
    expiresHours: z.int().describe('What is as old as this is not sent any more'),
    chain: z
      .array(z.strictObject({ channel, when: z.enum(STEP_CONDITIONS), afterMinutes: z.int() }))
      .describe('By what it goes, unless the settings say otherwise'),
    fields: z.record(z.string(), z.string()).describe('What its texts can say, with samples'),
    isSecret: z.boolean().describe('What was sent is not kept'),
    words: z.strictObject({ subject: z.string(), text: z.string() }).describe('In English, as Kvit ships them'),
  })
  .meta({ id: 'NoticeKind' })

const notice = {
  id: z.uuid(),
  kind: z.string(),
  key: z.string(),
  customer: z.string(),
  account: z.string().nullable(),
  about: z.string().nullable(),
  origin: z.enum(['event', 'request', 'trial', 'module']),
  state: z.enum(NOTICE_STATES).describe('`new` until it is planned; `suppressed` has a reason'),
  reason: z.string().nullable().describe('Such as `duplicate` or `notices_off`'),
  data: z.record(z.string(), z.unknown()),
  createdAt: time,
}
export const noticeAnswer = z.strictObject(notice).meta({ id: 'Notice' })

const attempt = z.strictObject({
  number: z.int(),
  beganAt: time.describe('By the real clock'),
  endedAt: time.nullable(),
  outcome: z.enum(['accepted', 'failed', 'unknown']).nullable(),
  reason: z.string().nullable(),
  said: z.string().nullable().describe('In the words of the channel'),
})
const message = z
  .strictObject({
    id: z.uuid(),
    contact: z.string().nullable().describe('Its key; null is the customer itself'),
    channel,
    step: z.int().describe('Its place in the chain, from 0 on; an entry in the inbox stands behind it'),
    state: z
      .enum(SEND_STATES)
      .describe('`stand_by` waits for the way before it; `unknown` may have come, and is not sent again by itself'),
    reason: z.string().nullable().describe('Why it waits, failed or was not sent: `quiet_hours`, `unsubscribed`'),
    said: z.string().nullable(),
    dueAt: time,
    address: z.string().nullable(),
    language: z.string().nullable(),
    template: z.uuid().nullable().describe('Null are the words that Kvit ships'),
    subject: z.string().nullable(),
    text: z.string().nullable().describe('As it was sent; null where it is a secret'),
    cost: z.strictObject({ amount: z.string(), currency: z.string() }).nullable(),
    sentAt: time.nullable(),
    endedAt: time.nullable(),
    readAt: time.nullable(),
    attempts: z.array(attempt),
  })
  .meta({ id: 'NoticeMessage' })
export const withSends = z.strictObject({ ...notice, messages: z.array(message) }).meta({ id: 'NoticeWithMessages' })

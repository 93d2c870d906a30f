import { z } from 'zod'
import { type ChainStep, NOTICE_CHANNELS, STEP_CONDITIONS } from '../../core/notifications/channels.ts'
import { NOTICE_KINDS, type NoticeKind } from '../../core/notifications/kinds.ts'
import type { QuietHours } from '../../core/notifications/quiet-hours.ts'
import type { Database } from '../../platform/db.ts'
import { amountText } from '../../platform/http/amount-text.ts'
import { currency } from '../../platform/http/fields.ts'
import { settingValues } from '../../platform/settings/settings-store.ts'
import { settingsType } from '../../platform/settings/settings-type.ts'

/** Ways that a message tries one after another, at most. */
const MOST_STEPS = 5

export const channel = z.enum(NOTICE_CHANNELS)
export const kindName = z.enum(NOTICE_KINDS.map(({ name }) => name) as [string, ...string[]])
export const localTime = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'write a local time such as 21:00')

const step = z.strictObject({
  channel,
  when: z
    .enum(STEP_CONDITIONS)
    .default('failed')
    .describe('When it is taken after the one before; of the first one it says nothing'),
  afterMinutes: z.int().min(0).max(10_080).default(10).describe('After the one before was accepted'),
})

const ofKind = z.strictObject({
  on: z.boolean().optional().describe('False: nobody is told of it'),
  chain: z.array(step).max(MOST_STEPS).optional().describe('By what it goes: the first way, and what follows on it'),
  inbox: z.boolean().optional().describe('Whether an entry in the inbox is made besides'),
})

export const noticeSettings = settingsType({
  name: 'notices',
  meaning: 'What customers are told of, by which way and when.',
  values: z.object({
    on: z.boolean().default(false).describe('Nothing is sent before it is true'),
    quietFrom: localTime
      .nullable()
      .default('21:00')
      .describe('Nobody is disturbed from then on, by the own local time'),
    quietUntil: localTime.nullable().default('08:00'),
    mostPerDay: z
      .int()
      .min(1)
      .max(1_000)
      .nullable()
      .default(20)
      .describe('Messages to one person by one channel in 24 hours; what is mandatory or urgent is sent all the same'),
    inbox: z.boolean().default(true).describe('Whether what is said stands in the inbox as well'),
    kinds: z.partialRecord(kindName, ofKind).default({}).describe('What differs for a kind'),
    costs: z
      .partialRecord(channel, z.strictObject({ amount: amountText, currency }))
      .default({})
      .describe('What a message by a channel costs, or each part of a long SMS: kept with each that is accepted'),
    approveTemplates: z.boolean().default(false).describe('A template is used when another person has approved of it'),
    linkAddress: z
      .url({ protocol: /^https?$/ })
      .max(200)
      .regex(/[^/]$/, 'write it without a slash at its end')
      .nullable()
      .default(null)
      .describe('Where people find this server, for links in messages; null is KVIT_PUBLIC_URL'),
  }),
  secrets: {
    bounceSecret: {
      meaning: 'What whoever tells of e-mail that came back, or of complaints, signs with',
      form: '`whsec_` and 24 to 64 bytes in base64',
      pattern: /^whsec_[A-Za-z0-9+/]{32,86}={0,2}$/,
    },
  },
  needs: ['customers:write'],
})

export type NoticeSettings = z.output<(typeof noticeSettings)['values']>

export async function noticeTerms(db: Database): Promise<NoticeSettings> {
  return settingValues(db, noticeSettings)
}

/** Null where there are none. */
export function quietHoursOf({ quietFrom: from, quietUntil: until }: NoticeSettings): QuietHours | null {
  return from === null || until === null ? null : { from, until }
}

/** By what a kind goes, as the settings say or as it is shipped. */
export function chainOf({ kinds }: NoticeSettings, { name, chain }: NoticeKind): readonly ChainStep[] {
  return kinds[name]?.chain ?? chain
}

export function hasInbox({ kinds, inbox }: NoticeSettings, { name, isSecret }: NoticeKind): boolean {
  return !isSecret && (kinds[name]?.inbox ?? inbox)
}

import { z } from 'zod'
import { eventType } from '../../platform/events/event-type.ts'

/** Names and addresses of people are in no event. */
const contact = { key: z.string(), roles: z.array(z.string()) }
export const contactEvents = {
  created: eventType('contact.created', 'contact', 'Somebody at a customer was named.', contact),
  updated: eventType('contact.updated', 'contact', 'Somebody at a customer was changed.', {
    ...contact,
    changed: z.array(z.string()).describe('The fields that were changed'),
  }),
  removed: eventType('contact.removed', 'contact', 'Somebody at a customer is told nothing any more.', contact),
}

const notice = { kind: z.string(), origin: z.string() }
export const noticeRequested = eventType(
  'notice.requested',
  'notice',
  'Somebody has asked for a customer to be told.',
  notice,
)
export const noticeFailed = eventType(
  'notice.failed',
  'notice_message',
  'A message did not come by its channel, and is not tried again by itself; another way may follow.',
  { kind: z.string(), channel: z.string(), noticeId: z.uuid(), reason: z.string() },
)

export const preferenceSet = eventType(
  'notice_preference.set',
  'person',
  'Somebody has said what to be told of, or somebody has noted it; `objectId` is the contact, or the customer itself.',
  {
    kind: z.string().describe('A kind, or `*`'),
    channel: z.string().describe('A channel, or `*`'),
    isWanted: z.boolean().nullable().describe('Null takes back what was said'),
    origin: z.enum(['request', 'link', 'one_click', 'complaint']),
  },
)

const template = { kind: z.string(), channel: z.string(), language: z.string(), version: z.int() }
const of = (type: string, meaning: string) => eventType(`notice_template.${type}`, 'notice_template', meaning, template)
export const templateEvents = {
  drafted: of('drafted', 'A version of what a kind of notices says was drafted.'),
  approved: of('approved', 'A version of what a kind of notices says is used from now on.'),
  rejected: of('rejected', 'A version of what a kind of notices says was rejected.'),
}

export const notificationEvents = [
  ...Object.values(contactEvents),
  ...Object.values(templateEvents),
  ...[noticeRequested, noticeFailed, preferenceSet],
]

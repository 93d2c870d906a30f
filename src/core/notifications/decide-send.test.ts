import assert from 'node:assert/strict'
import { test } from 'node:test'
import { type ChainStep, type NoticeChannel, stepBy } from './channels.ts'
import {
  chooseRecipients,
  decideSend,
  isStillNeeded,
  nextStep,
  type SendFacts,
  type StepOutcome,
} from './decide-send.ts'
import { findKind, NOTICE_KINDS, type NoticeKind } from './kinds.ts'
import type { Preference } from './preferences.ts'

const NIGHT = { from: '21:00', until: '08:00' }
const at = (text: string): number => Date.parse(text)
const kindOf = (name: string): NoticeKind => findKind(name) as NoticeKind
const no = (kind: string, channel: string): Preference => ({ kind, channel, isWanted: false })
const yes = (kind: string, channel: string): Preference => ({ kind, channel, isWanted: true })

function decided(name: string, nowText: string, changes: Partial<SendFacts> = {}): string {
  const facts: SendFacts = {
    ...{ kind: kindOf(name), channel: 'email', address: 'a@example.com', isAddressFailing: false, preferences: [] },
    ...{ zone: 'Europe/Kyiv', quiet: NIGHT, mostPerDay: 3, sentMs: [], askedMs: at(nowText) },
    ...changes,
  }
  const found = decideSend(facts, at(nowText))
  if (found.do === 'send') return 'send'
  if (found.do === 'suppress') return found.reason
  return `${found.reason} until ${new Date(found.untilMs).toISOString()}`
}

/** What is decided of a payment that was received, a bill shock, or offers, at noon in Kyiv unless another time is given. */
const NOON = '2026-02-10T10:00:00Z'
for (const [title, name, now, changes, expected] of [
  ['in the day it goes', 'payment_received', NOON, {}, 'send'],
  [
    'at night it waits for the morning of the person',
    'payment_received',
    '2026-02-10T20:30:00Z',
    {},
    'quiet_hours until 2026-02-11T06:00:00.000Z',
  ],
  [
    'after midnight it waits for the same morning',
    'payment_received',
    '2026-02-10T23:30:00Z',
    {},
    'quiet_hours until 2026-02-11T06:00:00.000Z',
  ],
  ['in New York it is day then', 'payment_received', '2026-02-10T20:30:00Z', { zone: 'America/New_York' }, 'send'],
  [
    'in Kathmandu the morning is at a quarter past two by UTC',
    'payment_received',
    '2026-02-10T20:30:00Z',
    { zone: 'Asia/Kathmandu' },
    'quiet_hours until 2026-02-11T02:15:00.000Z',
  ],
  ['what is urgent goes at night', 'bill_shock', '2026-02-10T20:30:00Z', {}, 'send'],
  ['an entry in the inbox disturbs nobody', 'payment_received', '2026-02-10T20:30:00Z', { channel: 'inbox' }, 'send'],
  ['without quiet hours it goes', 'payment_received', '2026-02-10T20:30:00Z', { quiet: null }, 'send'],
  ['without an address it does not', 'payment_received', NOON, { address: null }, 'no_address'],
  ['nor to one that bounces, be it mandatory', 'bill_shock', NOON, { isAddressFailing: true }, 'address_failing'],
  [
    'who has unsubscribed from the kind',
    'payment_received',
    NOON,
    { preferences: [no('payment_received', '*')] },
    'unsubscribed',
  ],
  ['from the channel', 'payment_received', NOON, { preferences: [no('*', 'email')] }, 'unsubscribed'],
  ['from another channel', 'payment_received', NOON, { preferences: [no('*', 'sms')] }, 'send'],
  [
    'from all but this kind',
    'payment_received',
    NOON,
    { preferences: [no('*', '*'), yes('payment_received', '*')] },
    'send',
  ],
  [
    'what is more exact goes first',
    'payment_received',
    NOON,
    { preferences: [yes('payment_received', '*'), no('payment_received', 'email')] },
    'unsubscribed',
  ],
  ['what is mandatory does not ask', 'payment_reminder', NOON, { preferences: [no('*', '*')] }, 'send'],
  ['offers need consent', 'news', NOON, {}, 'no_consent'],
  ['with it they go', 'news', NOON, { preferences: [yes('news', '*')] }, 'send'],
  [
    'that all is wanted is no consent to offers',
    'news',
    NOON,
    { preferences: [yes('*', '*'), yes('*', 'email')] },
    'no_consent',
  ],
  ['what is too old', 'payment_received', NOON, { askedMs: at('2026-02-07T10:00:00Z') }, 'expired'],
  [
    'what would be too old in the morning',
    'payment_received',
    '2026-02-10T20:30:00Z',
    { askedMs: at('2026-02-08T05:00:00Z') },
    'expired',
  ],
  [
    'two of three of a day',
    'payment_received',
    NOON,
    { sentMs: [at('2026-02-10T08:00:00Z'), at('2026-02-10T09:00:00Z')] },
    'send',
  ],
  [
    'the fourth of a day waits until the first is a day old',
    'payment_received',
    NOON,
    { sentMs: ['2026-02-10T08:00:00Z', '2026-02-10T09:30:00Z', '2026-02-10T09:00:00Z'].map(at) },
    'rate_limit until 2026-02-11T08:00:00.000Z',
  ],
  [
    'those of yesterday do not count',
    'payment_received',
    NOON,
    { sentMs: ['2026-02-09T09:00:00Z', '2026-02-09T09:30:00Z', '2026-02-09T10:00:00Z'].map(at) },
    'send',
  ],
  [
    'the limit does not hold for what is mandatory',
    'payment_reminder',
    NOON,
    { sentMs: ['2026-02-10T08:00:00Z', '2026-02-10T09:30:00Z', '2026-02-10T09:00:00Z'].map(at) },
    'send',
  ],
  [
    'quiet hours come before the limit',
    'payment_received',
    '2026-02-10T20:30:00Z',
    { sentMs: ['2026-02-10T08:00:00Z', '2026-02-10T09:30:00Z', '2026-02-10T09:00:00Z'].map(at) },
    'quiet_hours until 2026-02-11T06:00:00.000Z',
  ],
] as const satisfies readonly (readonly [string, string, string, Partial<SendFacts>, string])[])
  test(`${title}: ${name} is ${expected}`, () => {
    assert.equal(decided(name, now, changes), expected)
  })

const contact = (name: string, ...roles: ('payer' | 'technical' | 'owner')[]) => ({ name, roles })
test('contacts with a role of the kind get it, and the customer itself where there is none', () => {
  const contacts = [contact('ann', 'payer'), contact('bob', 'technical', 'payer'), contact('eve', 'owner')]
  const chosen = (kind: string, from: typeof contacts) =>
    chooseRecipients(kindOf(kind), from, contact('self')).map(({ name }) => name)
  assert.deepEqual(chosen('payment_received', contacts), ['ann', 'bob'])
  assert.deepEqual(chosen('service_blocked', contacts), ['bob', 'eve'])
  assert.deepEqual(chosen('plan_changed', contacts.slice(0, 2)), ['self'])
  assert.deepEqual(chosen('plan_changed', []), ['self'])
})

const step = (when: ChainStep['when'], afterMinutes = 10, channel: NoticeChannel = 'sms'): ChainStep => ({
  channel,
  when,
  afterMinutes,
})
const TEN = at('2026-02-10T10:00:00Z')
for (const [state, when, expected] of [
  ['failed', 'failed', 'begin 10:00'],
  ['failed', 'not_read', 'begin 10:00'],
  ['suppressed', 'failed', 'begin 10:00'],
  ['sent', 'failed', 'stand_by'],
  ['sent', 'not_delivered', 'begin 10:10'],
  ['sent', 'not_read', 'begin 10:10'],
  ['unknown', 'failed', 'stand_by'],
  ['unknown', 'not_delivered', 'begin 10:10'],
  ['delivered', 'failed', 'skip'],
  ['delivered', 'not_delivered', 'skip'],
  ['delivered', 'not_read', 'begin 10:10'],
  ['read', 'not_read', 'skip'],
  ['read', 'failed', 'skip'],
] as const satisfies readonly (readonly [StepOutcome['state'], ChainStep['when'], string])[])
  test(`after a way that is ${state}, one for ${when} does: ${expected}`, () => {
    const next = nextStep(step(when), { state, atMs: TEN })
    assert.equal(next.do === 'begin' ? `begin ${new Date(next.atMs).toISOString().slice(11, 16)}` : next.do, expected)
    // What begins at once is still needed; what was skipped is not.
    if (next.do === 'skip') assert.equal(isStillNeeded(step(when), { state }), false)
    if (next.do === 'begin') assert.equal(isStillNeeded(step(when), { state }), true)
  })

test('kinds have names of their own, and documents are left to those who deliver them', () => {
  assert.equal(new Set(NOTICE_KINDS.map(({ name }) => name)).size, NOTICE_KINDS.length)
  assert.ok(NOTICE_KINDS.length >= 30)
  assert.deepEqual(kindOf('invoice_issued').chain, [])
  assert.deepEqual(kindOf('payment_received').chain, [stepBy('email')])
})

import type { ChainStep, ContactRole, NoticeChannel } from './channels.ts'
import type { NoticeKind } from './kinds.ts'
import { isWanted, type Preference } from './preferences.ts'
import { type QuietHours, quietUntilMs } from './quiet-hours.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS
const MINUTE_MS = 60_000

/** Why somebody is not told by a channel. */
export type Suppression =
  | 'no_address'
  | 'address_failing'
  | 'no_consent'
  | 'unsubscribed'
  | 'duplicate'
  | 'expired'
  | 'kind_off'
  | 'notices_off'
  | 'erased'
  | 'no_channel'
  | 'not_needed'

export type SendDecision =
  | { readonly do: 'send' }
  | { readonly do: 'wait'; readonly untilMs: number; readonly reason: 'quiet_hours' | 'rate_limit' }
  | { readonly do: 'suppress'; readonly reason: Suppression }

/** What is known when a message is about to go. */
export interface SendFacts {
  readonly kind: NoticeKind
  readonly channel: NoticeChannel
  readonly address: string | null
  /** It bounced, or there is no such address. */
  readonly isAddressFailing: boolean
  readonly preferences: readonly Preference[]
  readonly zone: string
  /** Null has none. */
  readonly quiet: QuietHours | null
  /** Messages that one person gets by one channel within 24 hours, at most; null has no limit. */
  readonly mostPerDay: number | null
  /** When the last ones went to the person by the channel. */
  readonly sentMs: readonly number[]
  readonly askedMs: number
}

/**
 * Whether a message goes now, later, or not at all. The first reason that holds is the one that is given: an address, consent, age, quiet hours, the limit.
 * What would be too old when it may go is not sent.
 */
export function decideSend(facts: SendFacts, nowMs: number): SendDecision {
  const { kind, channel, address, preferences } = facts
  if (address === null) return { do: 'suppress', reason: 'no_address' }
  if (facts.isAddressFailing) return { do: 'suppress', reason: 'address_failing' }
  if (!isWanted(kind, channel, preferences))
    return { do: 'suppress', reason: kind.needsConsent ? 'no_consent' : 'unsubscribed' }
  const expiresMs = facts.askedMs + kind.expiresHours * HOUR_MS
  if (nowMs >= expiresMs) return { do: 'suppress', reason: 'expired' }
  const wait = waitOf(facts, nowMs)
  if (wait === null) return { do: 'send' }
  return wait.untilMs >= expiresMs ? { do: 'suppress', reason: 'expired' } : wait
}

function waitOf(
  { kind, channel, zone, quiet, mostPerDay, sentMs }: SendFacts,
  nowMs: number,
): Extract<SendDecision, { do: 'wait' }> | null {
  if (channel === 'inbox' || kind.priority === 'urgent') return null
  const quietMs = quiet === null ? null : quietUntilMs(nowMs, zone, quiet)
  if (quietMs !== null) return { do: 'wait', untilMs: quietMs, reason: 'quiet_hours' }
  if (kind.isMandatory || mostPerDay === null) return null
  const recent = sentMs.filter((ms) => ms > nowMs - DAY_MS).toSorted((a, b) => a - b)
  const [oldest] = recent.slice(-mostPerDay)
  if (recent.length < mostPerDay || oldest === undefined) return null
  return { do: 'wait', untilMs: oldest + DAY_MS, reason: 'rate_limit' }
}

/** Who could be told. */
interface Reachable {
  readonly roles: readonly ContactRole[]
}

/** Contacts with a role that a kind is for; where none has one, the customer itself. */
export function chooseRecipients<C extends Reachable, S>(
  { roles }: Pick<NoticeKind, 'roles'>,
  contacts: readonly C[],
  self: S,
): readonly (C | S)[] {
  const meant = contacts.filter((contact) => contact.roles.some((role) => roles.includes(role)))
  return meant.length > 0 ? meant : [self]
}

/** What has become of a step of a fallback chain so far. */
export interface StepOutcome {
  /** `sent` was accepted, and nobody says more; `unknown` may have been. */
  readonly state: 'sent' | 'unknown' | 'delivered' | 'read' | 'failed' | 'suppressed'
  /** When it was accepted, or ended. */
  readonly atMs: number
}

export type NextStep =
  | { readonly do: 'begin'; readonly atMs: number }
  | { readonly do: 'skip' }
  | { readonly do: 'stand_by' }

/**
 * What the next way of a chain does when something is known of the one before: it begins at a time and asks again then, is not needed, or stands by.
 * Example: push was accepted at 10:00, and SMS follows `not_read` after 10 minutes: it begins at 10:10, unless the push is read before.
 */
export function nextStep({ when, afterMinutes }: ChainStep, { state, atMs }: StepOutcome): NextStep {
  if (state === 'failed' || state === 'suppressed') return { do: 'begin', atMs }
  if (state === 'read') return { do: 'skip' }
  if (state === 'delivered' && when !== 'not_read') return { do: 'skip' }
  if (when === 'failed') return { do: 'stand_by' }
  return { do: 'begin', atMs: atMs + afterMinutes * MINUTE_MS }
}

/** Whether a step that is due still has to be taken, by what is known of the one before. */
export function isStillNeeded({ when }: Pick<ChainStep, 'when'>, { state }: Pick<StepOutcome, 'state'>): boolean {
  if (state === 'read') return false
  if (state === 'delivered') return when === 'not_read'
  return when !== 'failed' || state === 'failed' || state === 'suppressed'
}

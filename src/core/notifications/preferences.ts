import type { NoticeChannel } from './channels.ts'
import type { NoticeKind } from './kinds.ts'

/** Any kind, or any channel. */
export const ANY = '*'

/** What somebody has said: whether to be told of a kind by a channel. Either may be `*`. */
export interface Preference {
  readonly kind: string
  readonly channel: string
  readonly isWanted: boolean
}

/** What is more exact goes first: kind and channel, then the kind, then the channel, then all. */
const EXACTNESS = [
  (kind: string, channel: string) => [kind, channel],
  (kind: string) => [kind, ANY],
  (_kind: string, channel: string) => [ANY, channel],
  () => [ANY, ANY],
] as const

/**
 * Whether somebody wants to be told of a kind by a channel; kinds that are mandatory do not ask.
 * Example: with `{ kind: '*', channel: 'sms', isWanted: false }` and `{ kind: 'low_balance', channel: '*', isWanted: true }` a low balance comes by SMS.
 */
export function isWanted(
  { name, isMandatory, needsConsent }: Pick<NoticeKind, 'name' | 'isMandatory' | 'needsConsent'>,
  channel: NoticeChannel,
  preferences: readonly Preference[],
): boolean {
  if (isMandatory) return true
  for (const exact of EXACTNESS) {
    const [kind, by] = exact(name, channel)
    const found = preferences.find((one) => one.kind === kind && one.channel === by)
    // Consent is given to a kind: that all channels are wanted is none.
    if (found !== undefined && !(needsConsent && found.isWanted && found.kind === ANY)) return found.isWanted
  }
  return !needsConsent
}

/** Ways to a person. `inbox` is the one of Kvit itself: what stands there is there at once. */
export const NOTICE_CHANNELS = ['email', 'sms', 'push', 'voice', 'messenger', 'inbox'] as const
export type NoticeChannel = (typeof NOTICE_CHANNELS)[number]

/** What somebody is to the customer: who pays, who runs what was bought, who signed. */
export const CONTACT_ROLES = ['payer', 'technical', 'owner'] as const
export type ContactRole = (typeof CONTACT_ROLES)[number]

/** When a further way is taken: the one before has failed, nobody says that it came through, or nobody has read it. */
export const STEP_CONDITIONS = ['failed', 'not_delivered', 'not_read'] as const

/** A way of a fallback chain: `{ channel: 'sms', when: 'not_read', afterMinutes: 10 }`. The first one is taken at once. */
export interface ChainStep {
  readonly channel: NoticeChannel
  readonly when: (typeof STEP_CONDITIONS)[number]
  /** Since the one before was accepted; of no meaning to `failed`, which is known when it is. */
  readonly afterMinutes: number
}

export function stepBy(channel: NoticeChannel): ChainStep {
  return { channel, when: 'failed', afterMinutes: 0 }
}

import type { NoticeChannel, STEP_CONDITIONS } from '../../core/notifications/channels.ts'
import type { NoticeValue } from '../../core/notifications/kinds.ts'

export const NOTICE_STATES = ['new', 'planned', 'suppressed'] as const
export const SEND_STATES = [
  'stand_by',
  'waiting',
  'sending',
  'sent',
  'delivered',
  'failed',
  'unknown',
  'suppressed',
] as const

/** What is to be said to a customer. */
export interface Notice {
  readonly id: string
  readonly kind: string
  readonly key: string
  readonly customerId: string
  readonly accountId: string | null
  readonly about: string | null
  readonly data: Readonly<Record<string, NoticeValue>>
  readonly onlyChannel: NoticeChannel | null
  readonly onlyTo: string | null
  readonly origin: 'event' | 'request' | 'trial' | 'module'
  readonly state: (typeof NOTICE_STATES)[number]
  readonly reason: string | null
  readonly createdAt: Date
}

/** A message to one person by one channel. */
export interface NoticeSend {
  readonly id: string
  readonly noticeId: string
  readonly kind: string
  readonly customerId: string
  /** The contact, or the customer itself. */
  readonly personId: string
  readonly channel: NoticeChannel
  readonly step: number
  readonly condition: (typeof STEP_CONDITIONS)[number]
  readonly afterMinutes: number
  readonly priority: number
  readonly state: (typeof SEND_STATES)[number]
  readonly reason: string | null
  readonly said: string | null
  readonly dueAt: Date
  readonly retryAt: Date | null
  readonly attempts: number
  readonly owner: string | null
  readonly address: string | null
  readonly language: string | null
  readonly templateId: string | null
  readonly subject: string | null
  readonly text: string | null
  readonly html: string | null
  readonly providerId: string | null
  readonly cost: string | null
  readonly costCurrency: string | null
  readonly linkSha256: Buffer | null
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly endedAt: Date | null
  readonly readAt: Date | null
}

export interface NoticeAttempt {
  readonly sendId: string
  readonly number: number
  readonly beganAt: Date
  readonly endedAt: Date | null
  readonly outcome: 'accepted' | 'failed' | 'unknown' | null
  readonly reason: string | null
  readonly said: string | null
}

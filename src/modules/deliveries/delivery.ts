import type { DocumentFormat, TransportName } from './ports.ts'

export const DELIVERY_STATES = ['queued', 'sending', 'sent', 'delivered', 'failed', 'unknown'] as const

/** A document on its way. */
export interface Delivery {
  readonly id: string
  readonly documentKind: 'invoice' | 'pro_forma'
  readonly documentId: string
  readonly key: string
  readonly number: string
  readonly accountId: string
  readonly customerId: string
  readonly transport: TransportName
  readonly formats: readonly DocumentFormat[]
  readonly origin: 'request' | 'issue'
  /** Null is whom the customer names. */
  readonly askedTo: string | null
  readonly toScheme: string | null
  readonly toId: string | null
  readonly state: (typeof DELIVERY_STATES)[number]
  readonly reason: string | null
  readonly said: string | null
  readonly providerId: string | null
  readonly round: number
  /** When the peer is asked what has become of it, by the real clock; null is not by itself. */
  readonly askAt: Date | null
  readonly createdAt: Date
  readonly sentAt: Date | null
  readonly endedAt: Date | null
}

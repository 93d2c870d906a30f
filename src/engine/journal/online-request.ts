import type { UsageBatch } from '../../core/mediation/usage-batch.ts'

/** The id of a refund is the id of its event with this ending. */
export const REFUND = '/refund'

/** Charges one event at once, whole, or refuses it (3GPP: IEC). */
interface EventRequest {
  readonly op: 'event'
  readonly row: number
}

/** Takes back an event that was charged; `row` is the event as it was, `refundRow` the same under the refund's id. */
interface RefundRequest {
  readonly op: 'refund'
  readonly row: number
  readonly refundRow: number
}

/** A step of a reservation (3GPP: ECUR where it has a start and an end only, SCUR with updates between). */
export interface SessionRequest {
  readonly op: 'start' | 'update' | 'end'
  /** Names the session: its source and id. */
  readonly key: string
  readonly session: string
  readonly service: string
  readonly serviceHash: Uint32Array
  readonly timeMs: number
  /** Grows with every request of a session; a request that is sent again has the number that it had. */
  readonly sequence: number
  /** How long grants hold at most. */
  readonly validityMs: number
  readonly used: readonly { readonly type: string; readonly row: number }[]
  readonly requested: readonly RequestedUnits[]
}

/** Units of a type of usage (rating group), per meter of the type; ABSENT where none is requested. */
export interface RequestedUnits {
  readonly type: string
  readonly quantities: readonly bigint[]
  /** Properties of the request by name, for prices that choose by them. */
  readonly attributes: ReadonlyMap<string, string>
}

/** One request of a gateway. Usage that it reports is a row of the batch. */
export type OnlineRequest =
  | EventRequest
  | RefundRequest
  | SessionRequest
  | { readonly op: 'invalid'; readonly code: string; readonly detail: string }

export interface OnlineBatch {
  readonly batch: UsageBatch
  readonly requests: readonly OnlineRequest[]
}

/** What is granted of a type of usage. */
export interface GrantedUnits {
  readonly type: string
  readonly result: 'granted' | 'refused'
  /** By the property that the meter reads. */
  readonly granted: Readonly<Record<string, string>>
  readonly validitySeconds: number
  readonly reason?: string
  readonly detail?: string
  /** Nothing more can be granted after these units: what the gateway is to do then (3GPP: Final-Unit-Indication). */
  readonly final?: { readonly action: string; readonly redirectTo?: string; readonly kbps?: number }
  /** Kilobits per second that the account is slowed down to. */
  readonly throttleKbps?: number
}

/** The answer to a request, as it is sent. Amounts are decimals in the account's currency, exact to its rating scale. */
export interface OnlineAnswer {
  readonly result: 'charged' | 'granted' | 'ended' | 'refunded' | 'refused' | 'invalid'
  readonly reason?: string
  readonly detail?: string
  readonly session?: string
  readonly sequence?: number
  readonly amount?: string
  readonly currency?: string
  readonly groups?: readonly GrantedUnits[]
  /** Of a report that asks for nothing more: kilobits per second that the account is slowed down to. */
  readonly throttleKbps?: number
  /** Reports among `used` that went to suspense, by type. */
  readonly suspended?: readonly { readonly type: string; readonly reason: string; readonly detail: string }[]
  readonly duplicate?: true
}

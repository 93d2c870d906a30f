/** Quantities by the property that a meter reads, as decimal texts: `{ seconds: "60" }`. */
export type Quantities = Readonly<Record<string, string>>

interface Named {
  /** Who reports: a switch, a gateway, an app. */
  readonly source: string
  /** What usage points at: a number, a login, an API key. */
  readonly service: string
  /** RFC 3339, with a zone. */
  readonly time: string
}

/** Charges one event at once, whole, or refuses it (3GPP: IEC). (source, id) makes a repetition harmless. */
export interface EventRequest extends Named {
  readonly op: 'event'
  readonly id: string
  readonly type: string
  readonly data: Readonly<Record<string, string | number>>
}

/** Gives a charged event back: the same fields as the event itself. */
export interface RefundRequest extends Omit<EventRequest, 'op'> {
  readonly op: 'refund'
}

/** A step of a reservation (3GPP: ECUR with a start and an end, SCUR with updates between). */
export interface SessionRequest extends Named {
  readonly op: 'start' | 'update' | 'end'
  readonly session: string
  /** Grows with each request of the session. */
  readonly sequence: number
  readonly used?: readonly { readonly type: string; readonly data: Quantities }[]
  readonly requested?: readonly { readonly type: string; readonly data: Quantities }[]
  readonly validitySeconds?: number
}

export type Request = EventRequest | RefundRequest | SessionRequest

export interface Grant {
  readonly type: string
  readonly result: 'granted' | 'refused'
  readonly granted: Quantities
  readonly validitySeconds: number
  readonly reason?: string
  readonly detail?: string
  readonly final?: {
    readonly action: 'terminate' | 'redirect' | 'restrict'
    readonly redirectTo?: string
    readonly kbps?: number
  }
  readonly throttleKbps?: number
}

/** What Kvit answers. Refusals are answers; faults are thrown. */
export interface Answer {
  readonly result: 'charged' | 'granted' | 'ended' | 'refunded' | 'refused' | 'invalid'
  readonly reason?: string
  readonly detail?: string
  readonly session?: string
  readonly sequence?: number
  /** A decimal of the currency, exact. */
  readonly amount?: string
  /** What the account is slowed down to, in kilobits per second, where nothing is granted. */
  readonly throttleKbps?: number
  readonly currency?: string
  readonly groups?: readonly Grant[]
  readonly suspended?: readonly { readonly type: string; readonly reason: string; readonly detail: string }[]
  /** The answer to a request that was answered before. */
  readonly duplicate?: true
}

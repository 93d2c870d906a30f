import type { ServiceState } from '../../core/charging/service-blocks.ts'
import type { KeyRing } from '../../platform/secrets/key-ring.ts'
import type { WebhookNeeds } from '../webhooks/index.ts'

/** What a part of the network is to make true of a service. */
export interface WishedState extends ServiceState {
  readonly serviceId: string
  /** What the network knows it by: a number, a login. */
  readonly service: string
  readonly accountId: string
  /** The higher one holds, in whatever order they arrive. */
  readonly version: number
  readonly changedAt: Date
}

/**
 * What came of it. `enforced` also where there was nothing to do, such as no session; `refused`: the peer has said no; `unanswered`: nobody
 * knows whether it was done, and it is asked again.
 */
export interface EnforcementOutcome {
  readonly outcome: 'enforced' | 'refused' | 'unanswered'
  /** For people; it names no secret, and no address of the operator's network. */
  readonly words: string
}

/**
 * A part of the network that enforces states of services. It may be asked for the same state any number of times, also at once with others; it
 * answers within `DEADLINE_MS` of its own accord, and at once where `signal` aborts.
 */
export interface Enforcer {
  readonly enforce: (wished: WishedState, signal: AbortSignal) => Promise<EnforcementOutcome>
}

/** The longest that an enforcer may take. */
export const DEADLINE_MS = 10_000

/** An attribute of RADIUS by its name, or of a vendor by its numbers. Values name `{service}`, `{kbps}`, `{barred}`, `{state}` and `{version}`. */
export type RadiusValue =
  | { readonly attribute: string; readonly value: string }
  | { readonly vendor: number; readonly type: number; readonly format: 'text' | 'integer'; readonly value: string }

/** What is sent for a state; null sends nothing. */
type RadiusAction = {
  readonly request: 'coa' | 'disconnect'
  readonly attributes: readonly RadiusValue[]
} | null

/** How a network access server is told, by RFC 5176. */
export interface RadiusTerms {
  readonly host: string
  readonly port: number
  /** By what it finds the sessions of a service. */
  readonly identify: readonly RadiusValue[]
  readonly states: Readonly<Record<ServiceState['state'], RadiusAction>>
}

export interface RadiusDoor {
  /** Why terms cannot be sent, in words; null where they can. */
  readonly mistakeIn: (terms: RadiusTerms) => string | null
  readonly open: (terms: RadiusTerms, secret: string) => Enforcer
}

/** What enforcement needs of the process. */
export interface EnforcementNeeds extends Pick<WebhookNeeds, 'receivers'> {
  readonly radius: RadiusDoor
  readonly secretKeyRing: KeyRing
}

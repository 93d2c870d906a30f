import type { KeyRing } from '../../platform/secrets/key-ring.ts'

/** What a receiver has answered; or why there is no answer, in words that name no address. */
export type ReceiverAnswer =
  | {
      readonly status: number
      /** The beginning of the body, as text. */
      readonly text: string
      /** By the header `Retry-After`; null where there is none. */
      readonly retryAfterSeconds: number | null
    }
  | { readonly error: string }

/** Sends a request to an address that a tenant has named. It goes to no address inside of the operator's network, unless that is allowed. */
export interface ReceiverClient {
  /** Why it would not go to an address: null where it may. Names are looked up when it goes, and not here. */
  readonly refusalOf: (url: URL) => string | null
  /** @param signal that aborts ends it, with an error */
  readonly post: (
    url: string,
    headers: Readonly<Record<string, string>>,
    body: string,
    signal: AbortSignal,
  ) => Promise<ReceiverAnswer>
}

/** What webhooks need of the process. */
export interface WebhookNeeds {
  readonly receivers: ReceiverClient
  readonly secretKeyRing: KeyRing
}

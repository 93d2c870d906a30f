import type { IncomingHttpHeaders } from 'node:http'

export interface OutsideRequest {
  readonly method: 'GET' | 'POST'
  readonly headers: Readonly<Record<string, string>>
  readonly body: string | Uint8Array | null
}

/** What a server has answered; or why there is no answer, in words that name no address of the operator's network. */
export type OutsideAnswer =
  | { readonly status: number; readonly headers: IncomingHttpHeaders; readonly text: string }
  | {
      readonly status: null
      /** `refused`: it goes to no such address; `not_sent`: the server has nothing of it; `unknown`: it may have it */
      readonly outcome: 'refused' | 'not_sent' | 'unknown'
      readonly said: string
    }

/** Asks servers that tenants, or strangers, have named, and none inside of the operator's network, unless that is allowed. */
export interface OutsideHttp {
  /** Why it would not go to an address: null where it may. Names are looked up when it goes, and not here. */
  readonly refusalOf: (url: URL) => string | null
  /** Nothing is thrown, no redirection is followed, and of an answer no more is read than its first 64 KiB. */
  readonly ask: (url: string, request: OutsideRequest, signal: AbortSignal) => Promise<OutsideAnswer>
}

const MAX_RETRY_AFTER_SECONDS = 86_400

/** What the header `Retry-After` says in seconds; null where there is none, or a date. */
export function retryAfterOf({ 'retry-after': header }: IncomingHttpHeaders): number | null {
  const seconds = Number(header ?? Number.NaN)
  return Number.isInteger(seconds) && seconds >= 0 ? Math.min(seconds, MAX_RETRY_AFTER_SECONDS) : null
}

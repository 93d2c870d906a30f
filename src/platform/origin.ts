import { AsyncLocalStorage } from 'node:async_hooks'

/** The request that something was done for, and who sent it. */
export interface Origin {
  /** As the header `request-id` of the answer says. */
  readonly requestId: string
  /** The id of the API key, or of the user who is signed in. */
  readonly actor: string
}

const origins = new AsyncLocalStorage<Origin | null>()

/**
 * Does work for a request: what it writes can say whose it is (`currentOrigin`), however deep in calls.
 * @param origin null for what Kvit does by itself, whoever woke it
 */
export function forOrigin<T>(origin: Origin | null, work: () => T): T {
  return origins.run(origin, work)
}

/** The request that is worked on; null for what Kvit does by itself, such as ending what has expired. */
export function currentOrigin(): Origin | null {
  return origins.getStore() ?? null
}

/**
 * Work for the request of now that somebody else will do later. A commit of the engine, for example, does what many requests
 * want written: each of them is to find its own origin.
 */
export function keepOrigin<Args extends readonly unknown[], T>(work: (...args: Args) => T): (...args: Args) => T {
  const origin = origins.getStore()
  return origin === undefined ? work : (...args) => origins.run(origin, () => work(...args))
}

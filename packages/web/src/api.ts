import { Kvit, KvitError, ProblemError } from '../../sdk/src/index.ts'
import { type KeptKeys, withKeptKeys } from './sent-once.ts'

/** The API as everybody has it: the client of the SDK, with the session of whoever is signed in. */

/** What is done when the session has ended. */
let onSignedOut = (): void => undefined

export function whenSignedOut(act: () => void): void {
  onSignedOut = act
}

async function watched(url: string, init: RequestInit): Promise<Response> {
  const answer = await fetch(url, init)
  // Wrong passwords have another code; nobody is signed in at the first look.
  if (answer.status === 401 && !url.endsWith('/v1/me') && !url.endsWith('/v1/sessions')) onSignedOut()
  return answer
}

/** What fails and may pass is sent again, for a few seconds: then somebody who waits is told. */
const RETRIES = 2

/** Of no tenant: for who signs in. */
export const kvit = new Kvit({ retries: RETRIES, environment: { fetch: watched } })

/** For the writes of one form. */
export function keepingKeys(keys: KeptKeys): Kvit {
  return new Kvit({ retries: RETRIES, environment: { fetch: withKeptKeys(keys, watched) } })
}

/** For what a link opens. */
export function byLink(link: string): { readonly headers: Readonly<Record<string, string>> } {
  return { headers: { authorization: `Link ${link}` } }
}

/** Whether something was refused with a code. */
export function isCode(error: unknown, code: string): boolean {
  return error instanceof ProblemError && error.code === code
}

export { KvitError, ProblemError }

/** What may stand as a key, or as the whole thing where it was asked for. */
export function keyOf(named: string | { readonly key: string } | null): string {
  return named === null ? '' : typeof named === 'string' ? named : named.key
}

/** Pages without TLS have no `crypto.randomUUID`. */
export function newKey(): string {
  return [...crypto.getRandomValues(new Uint8Array(16))].map((byte) => byte.toString(16).padStart(2, '0')).join('')
}

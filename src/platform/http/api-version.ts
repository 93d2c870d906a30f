import type { IncomingHttpHeaders } from 'node:http'
import { Refusal } from '../problems.ts'

/**
 * The versions of the API that this server speaks, by the days on which they were made; the newest is the last. What is only
 * added makes no new version: `docs/api.md` says what callers may rely on.
 */
const VERSIONS: readonly string[] = ['2026-11-29']

/** What answers say, and what a request that names none is served by. */
export const CURRENT_VERSION = VERSIONS.at(-1) as string

/** @throws Refusal where a request names a version that this server does not speak. */
export function assertKnownVersion({ 'kvit-version': asked }: IncomingHttpHeaders): void {
  if (asked === undefined || (typeof asked === 'string' && VERSIONS.includes(asked))) return
  throw new Refusal(
    'invalid_request',
    `Kvit-Version ${JSON.stringify(String(asked).slice(0, 20))} is not known here: this server speaks ${VERSIONS.join(', ')}`,
  )
}

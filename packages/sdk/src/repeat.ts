import { AnswerError, NoAnswerError, ProblemError } from './errors.ts'
import { SENT_ONCE } from './generated/facts.ts'

/** How often a request is sent again, and how long is waited between: a quarter of a second, twice as long each time. */
export const RETRIES = 5
const FIRST_PAUSE_MS = 250
const LONGEST_PAUSE_MS = 8_000
/** Who is told to wait for longer than this hears of it, and decides. */
const LONGEST_ASKED_MS = 60_000

const ONCE: ReadonlySet<string> = new Set(SENT_ONCE)

/** Whether a request can be sent again when it is not known what it did. */
export function isRepeatable(method: string, path: string): boolean {
  return !ONCE.has(`${method} ${path}`)
}

/** Statuses by which those in between say that the server is away; what it did is unknown. */
const AWAY: ReadonlySet<number> = new Set([502, 503, 504])

/** What kind of failure it was: one after which nothing has happened, one whose outcome is unknown, or one that stays. */
export function kindOf(error: unknown): 'nothing_done' | 'unknown' | 'final' {
  if (error instanceof NoAnswerError) return 'unknown'
  if (error instanceof AnswerError) return AWAY.has(error.status) ? 'unknown' : 'final'
  if (!(error instanceof ProblemError)) return 'final'
  if (error.code === 'too_many_requests' || error.code === 'overloaded') return 'nothing_done'
  return error.status === 503 && error.code !== 'secrets_unavailable' ? 'unknown' : 'final'
}

/**
 * How long to wait before the request is sent again.
 * @param attempt how often it was sent; from 1
 * @param askedMs what the server asked for
 * @param chance from 0 to 1, so that many who wait do not come back at once
 * @returns null where it should not be sent again
 */
export function pauseMs(attempt: number, askedMs: number | null, chance: number): number | null {
  if (askedMs !== null && askedMs > LONGEST_ASKED_MS) return null
  const grown = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** (attempt - 1))
  const spread = grown * (0.5 + chance / 2)
  return askedMs === null ? spread : askedMs + spread - grown / 2
}

/** What `Retry-After` asks for: seconds, or a time, which is held against the answer's own `Date`. */
export function askedPauseMs(headers: Headers): number | null {
  const text = headers.get('retry-after')
  if (text === null) return null
  if (/^\d+$/.test(text.trim())) return Number(text) * 1000
  const [until, from] = [Date.parse(text), Date.parse(headers.get('date') ?? '')]
  return Number.isNaN(until - from) ? null : Math.max(0, until - from)
}

/** Waits, unless the signal ends it. @throws the signal's reason */
export async function sleep(ms: number, signal: AbortSignal | undefined): Promise<void> {
  signal?.throwIfAborted()
  await new Promise<void>((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer)
      reject(signal?.reason as Error)
    }
    const timer = setTimeout(() => {
      signal?.removeEventListener('abort', end)
      resolve()
    }, ms)
    signal?.addEventListener('abort', end, { once: true })
  })
}

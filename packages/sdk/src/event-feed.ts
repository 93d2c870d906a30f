import type { EventType, KvitEvent } from './generated/events.ts'
import type { Page } from './listing.ts'

/** A type of events, or all of a group: `invoice.issued`, `invoice.*`. */
export type EventPattern = EventType | `${GroupOf<EventType>}.*`
type GroupOf<T extends string> = T extends `${infer G}.${string}` ? G : never
/** The types that a pattern means. */
export type Matching<P extends EventPattern> = P extends `${infer G}.*`
  ? Extract<EventType, `${G}.${string}`>
  : Extract<P, EventType>

export interface FollowOptions<P extends EventPattern = EventPattern> {
  /** Which types; all when absent. */
  readonly types?: readonly P[]
  /** The id of the last event that was worked on: it goes on behind it. */
  readonly after?: string | undefined
  /** Where to begin without `after`: with the first event that is kept, or with what happens from now on. */
  readonly from?: 'beginning' | 'now'
  readonly account?: string | undefined
  readonly customer?: string | undefined
  readonly object?: string | undefined
  /** How long to wait before asking again when nothing is new. A second when absent. */
  readonly pollMs?: number
  readonly signal?: AbortSignal | undefined
}

const POLL_MS = 1_000
/** Events of one page. */
const PAGE = 200

interface Feed {
  readonly ask: (query: Readonly<Record<string, unknown>>) => Promise<Page<unknown>>
  readonly sleep: (ms: number, signal: AbortSignal | undefined) => Promise<void>
}

/** Events as they happen, each once and in their order, until the signal ends it. */
export async function* followEvents<P extends EventPattern>(
  { ask, sleep }: Feed,
  options: FollowOptions<P>,
): AsyncGenerator<KvitEvent<Matching<P>>, void, undefined> {
  const { types, account, customer, object, signal, pollMs = POLL_MS } = options
  const filters = { type: types?.join(','), account, customer, object }
  let last = options.after ?? (options.from === 'now' ? await newest(ask) : undefined)
  for (;;) {
    const { items, nextCursor } = await ask({ ...filters, limit: PAGE, cursor: last })
    for (const event of items as KvitEvent<Matching<P>>[]) {
      last = event.id
      yield event
    }
    // A page that has been looked through without a hit is followed by others, which begin where it ended.
    if (nextCursor !== null) last = nextCursor
    else await sleep(pollMs, signal)
  }
}

/** The last event of all, of whatever type: what comes behind it is new. */
async function newest(ask: Feed['ask']): Promise<string | undefined> {
  const { items } = await ask({ limit: 1, order: 'newest' })
  return (items as readonly { readonly id: string }[])[0]?.id
}

import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { RawAnswer, type Route, streamRoute } from '../../platform/http/route.ts'
import type { LiveEvents, Told } from './live.ts'

/**
 * A stream ends after this long, and whoever listens asks again, with the number of the last event: so a session or a key that has ended hears nothing
 * more soon.
 */
const LONGEST_MS = 60_000
/** Something is sent this often, so that nobody between takes the connection for dead. */
const BEAT_MS = 15_000

/** What happens, as it happens, as server-sent events. */
export function liveRoutes(live: LiveEvents): Route[] {
  return [
    streamRoute({
      url: '/v1/event-stream',
      scope: 'events:read',
      tag: 'Events',
      summary:
        'What happens, as it happens: server-sent events, for a minute; then ask again, with the number of the last one in `after`',
      query: z.object({
        after: z.coerce
          .bigint()
          .min(0n)
          .max(9_223_372_036_854_775_807n)
          .optional()
          .describe('The number of the last event that was seen; the newest thousand are kept'),
      }),
      handle: async ({ tenant }, { query }, request) => {
        const listener = { tenant, caller: request.caller.id }
        await live.assertReady(listener)
        const headers = { 'cache-control': 'no-store', 'x-accel-buffering': 'no' }
        const body = written(live.follow(listener, query.after ?? null, goesOn(request)))
        return new RawAnswer('text/event-stream', body, headers)
      },
    }),
  ]
}

/** Until its time is over, nobody listens any more, or the server is being closed. */
function goesOn({ raw, server }: FastifyRequest): () => boolean {
  const untilMs = performance.now() + LONGEST_MS
  return () => performance.now() < untilMs && !raw.destroyed && server.server.listening
}

async function* written(batches: AsyncGenerator<readonly Told[]>): AsyncGenerator<string> {
  yield 'retry: 1000\n\n'
  let beatMs = performance.now()
  for await (const events of batches) {
    if (events.length > 0) yield events.map(eventText).join('')
    else if (performance.now() - beatMs > BEAT_MS) yield ': nothing\n\n'
    else continue
    beatMs = performance.now()
  }
}

function eventText({ seq, type, createdAt, ...about }: Told): string {
  const data = JSON.stringify({ seq: Number(seq), type, createdAt: createdAt.toISOString(), ...about })
  return `id: ${seq}\nevent: ${type}\ndata: ${data}\n\n`
}

import compress from '@fastify/compress'
import type { FastifyInstance } from 'fastify'
import type { Route } from './route.ts'

/** A smaller answer is not worth it. */
const LEAST_BYTES = 1024
/** A larger answer is compressed by a thread of the runtime, so that charging never waits for it. */
const MOST_AT_ONCE_BYTES = 8 * 1024

/**
 * Compresses answers of whole routes for callers who take it (`Accept-Encoding`): brotli, else gzip. Bodies of requests are
 * unfolded elsewhere (`large-bodies.ts`).
 */
export async function compressAnswers(app: FastifyInstance): Promise<void> {
  await app.register(compress, {
    encodings: ['br', 'gzip'],
    threshold: LEAST_BYTES,
    syncThreshold: MOST_AT_ONCE_BYTES,
    globalDecompression: false,
  })
}

/**
 * Whether answers of a route are compressed: what is read, and comes whole. Usage and charging never are, nor answers that
 * are sent as they are made. Nor are those of writes, which may hold a secret together with what its reader has sent: how well
 * such an answer compresses would reveal parts of the secret.
 */
export function isCompressed({ method, kind }: Pick<Route, 'method' | 'kind'>): boolean {
  return method === 'GET' && kind !== 'stream'
}

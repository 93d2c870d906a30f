import cors from '@fastify/cors'
import type { FastifyInstance } from 'fastify'

/** How long a browser remembers what it may send. */
const MAX_AGE_SECONDS = 600
/** What a page may send besides what every page may, and what it may read of an answer. */
const SENT = ['Authorization', 'Content-Type', 'Content-Encoding', 'Idempotency-Key', 'Kvit-Tenant', 'Kvit-Version']
const READ = ['Request-Id', 'Idempotent-Replayed', 'Retry-After', 'Kvit-Version', 'Content-Disposition']

/**
 * Lets pages of some origins ask this server from a browser; without any, browsers keep all other pages out. Pages send
 * keys themselves, so a browser never adds what it knows of its user (`credentials`), whatever the origins are.
 */
export async function allowOrigins(app: FastifyInstance, origins: readonly string[]): Promise<void> {
  if (origins.length === 0) return
  await app.register(cors, {
    origin: origins.includes('*') ? '*' : [...origins],
    credentials: false,
    methods: ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'],
    allowedHeaders: SENT,
    exposedHeaders: READ,
    maxAge: MAX_AGE_SECONDS,
  })
}

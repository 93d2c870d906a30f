import { z } from 'zod'
import { parseTime } from '../../core/mediation/record-time.ts'
import { bytesOf, preparedRoute, type Route, readRoute } from '../../platform/http/route.ts'
import { noteSent } from '../../platform/http/sent-body.ts'
import * as answers from './answers.ts'
import { importDeck, readDeck } from './deck-import.ts'
import { deckImport } from './deck-schemas.ts'
import { listDeckVersions, type StoredDeckVersion } from './deck-store.ts'
import { diffVersions, findVersion, lookUp } from './decks.ts'

/** A million prefixes with their names. */
const DECK_BODY_LIMIT = 128 * 1024 * 1024
const TAG = 'Rate decks'
const params = z.object({ code: z.string() })
const versionNumber = z.coerce.number().int().positive().max(1_000_000)

/** Comparing two decks reads both whole. */
export function deckReadRoutes(): Route[] {
  return [
    readRoute({
      url: '/v1/rate-decks/{code}/diff',
      scope: 'catalog:read',
      tag: TAG,
      summary: 'What differs between two versions, or two decks',
      params,
      query: z.object({
        version: versionNumber.optional().describe('The newest when absent'),
        base: z.string().optional().describe('The deck to compare with; this one when absent'),
        baseVersion: versionNumber
          .optional()
          .describe('The version before, or the newest of another deck, when absent'),
        limit: z.coerce.number().int().min(1).max(10_000).default(100).describe('Differences of each kind'),
      }),
      aside: 'short',
      answer: answers.deckDiff,
      handle: async ({ db }, input) => diffVersions(db, input.params.code, input.query),
    }),
  ]
}

export function deckRoutes(): Route[] {
  const tag = TAG
  return [
    preparedRoute({
      url: '/v1/rate-decks',
      scope: 'catalog:write',
      tag,
      summary: "Import a carrier's file as the next version of a deck",
      bodyLimit: DECK_BODY_LIMIT,
      rawBody: true,
      content: { type: 'application/json', schema: deckImport },
      answer: answers.importedDeck,
      prepare: async (context, { body }, request) => {
        const read = await readDeck(context, bytesOf(body))
        noteSent(request, read.sent)
        return read
      },
      handle: async (context, { body }) => {
        const result = await importDeck(context, body)
        if (!body.dryRun) context.afterCommit({ kind: 'reload catalog' })
        return result
      },
    }),
    readRoute({
      url: '/v1/rate-decks',
      scope: 'catalog:read',
      tag,
      summary: 'List the versions of all decks',
      answer: answers.deckVersions,
      handle: async ({ db }) => ({ items: (await listDeckVersions(db)).map(toView) }),
    }),
    readRoute({
      url: '/v1/rate-decks/{code}',
      scope: 'catalog:read',
      tag,
      summary: 'A version of a deck, the newest unless one is named',
      params,
      query: z.object({ version: versionNumber.optional() }),
      answer: answers.deckVersion,
      handle: async ({ db }, input) => toView(await findVersion(db, input.params.code, input.query.version)),
    }),
    readRoute({
      url: '/v1/rate-decks/{code}/lookup',
      scope: 'catalog:read',
      tag,
      summary: 'What a number costs',
      params,
      query: z.object({
        number: z.string().min(1).max(64).describe('As it was dialled'),
        at: z
          .string()
          .refine((text) => !Number.isNaN(parseTime(text)), 'write a time as "2026-02-10T12:00:00Z"')
          .optional()
          .describe('Now when absent'),
      }),
      answer: answers.deckMatch,
      handle: async ({ db, nowMs }, { params: { code }, query: { number, at } }) =>
        lookUp(db, code, number, at === undefined ? nowMs : parseTime(at)),
    }),
  ]
}

function toView({ digest, ...version }: StoredDeckVersion): object {
  return { ...version, digest: digest.toString('hex') }
}

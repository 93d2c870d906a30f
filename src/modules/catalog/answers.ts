import { z } from 'zod'
import { DECK_CHANGES } from '../../core/rating/selectors/deck-diff.ts'
import { shownMetadata } from '../../platform/http/metadata.ts'

/** What the routes of the catalogue and of rate decks answer, for the description of the API; tests compare answers with it. */

const id = z.uuid()
const instant = z.iso.datetime()
const day = z.iso.date()
const count = z.int().min(0)
const digest = z.string().regex(/^[0-9a-f]{64}$/)

export const publication = z.strictObject({
  changes: z.array(
    z.strictObject({
      kind: z.enum(['meter', 'schedule', 'plan']),
      code: z.string(),
      change: z
        .enum(['new', 'new_version', 'metadata', 'unchanged'])
        .describe('`metadata`: that of the version that is there'),
      version: count.optional(),
      differences: z.array(z.string()).describe('From the version before, a line each'),
    }),
  ),
  published: z.boolean().describe('False for a dry run'),
})

export const planVersion = z
  .strictObject({
    id,
    code: z.string(),
    version: z.int().min(1),
    currency: z.string(),
    content: z.looseObject({ code: z.string(), name: z.string() }).describe('As its plan file says it'),
    digest: digest.describe('SHA-256 of the content'),
    metadata: shownMetadata,
    publishedAt: instant,
    availableFrom: instant.nullable().describe('When new subscriptions begin to get it; null: from its publication on'),
    baseVersionId: id.nullable(),
    subscriptionId: id.nullable().describe('Of prices that were negotiated for one subscription'),
  })
  .meta({ id: 'PlanVersion' })

export const planVersions = z.strictObject({ items: z.array(planVersion) })

export const meters = z.strictObject({
  items: z.array(
    z
      .looseObject({
        code: z.string(),
        name: z.string(),
        eventType: z.string().describe('The type of the records that it reads'),
        aggregator: z.string(),
        unit: z.string(),
        scale: count.describe('Fraction digits kept'),
      })
      .meta({ id: 'Meter' }),
  ),
})

const differences = {
  counts: z.record(z.string(), count).describe('Prefixes by how they changed'),
  differences: z
    .array(
      z.strictObject({
        change: z.enum(DECK_CHANGES),
        prefix: z.string(),
        name: z.string(),
        before: z.string().nullable(),
        after: z.string().nullable(),
      }),
    )
    .describe('At most `limit` of each kind'),
}

export const importedDeck = z.strictObject({
  code: z.string(),
  version: z.int().min(1),
  effectiveFrom: day,
  rows: count,
  repeated: count,
  skipped: count,
  imported: z.boolean().describe('False for a dry run'),
  ...differences,
})

export const deckVersion = z
  .strictObject({
    id,
    code: z.string(),
    version: z.int().min(1),
    name: z.string(),
    effectiveFrom: day,
    zone: z.string(),
    numbers: z.looseObject({}).describe('How dialled numbers become those that the deck lists'),
    columns: z.array(z.string()).describe('Names of the rates'),
    rowCount: count,
    digest,
    fileName: z.string(),
    importedAt: instant,
  })
  .meta({ id: 'RateDeckVersion' })

export const deckVersions = z.strictObject({ items: z.array(deckVersion) })

const columnTerms = z.strictObject({
  connectionFee: z.string().optional(),
  increments: z.strictObject({ first: z.string(), next: z.string() }).optional(),
  freePerSession: z.string().optional(),
  maximumCost: z.strictObject({ amount: z.string(), afterwards: z.enum(['free', 'disconnect']) }).optional(),
  steps: z.array(z.strictObject({ after: z.string(), unitAmount: z.string() })).optional(),
})

export const deckMatch = z.strictObject({
  prefix: z.string(),
  destination: z.string(),
  rates: z.record(z.string(), z.string()),
  connectionFee: z.string().nullable(),
  increments: z.strictObject({ first: z.string(), next: z.string() }).nullable(),
  terms: z.record(z.string(), columnTerms).describe('Of each column, beside its rate'),
  version: z.int().min(1),
  effectiveFrom: instant,
  effectiveUntil: instant.nullable(),
})

const named = z.strictObject({ code: z.string(), version: z.int().min(1), effectiveFrom: day })
export const deckDiff = z.strictObject({ from: named, to: named, ...differences })

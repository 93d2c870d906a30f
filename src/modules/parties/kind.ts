import type { z } from 'zod'
import type { Database } from '../../platform/db.ts'
import type { EventType } from '../../platform/events/event-type.ts'
import type { Metadata } from '../../platform/http/metadata.ts'

/** What every row of a kind has. */
export interface Row {
  readonly id: string
  readonly key: string
  readonly metadata: Metadata
  readonly createdAt: Date
  readonly updatedAt: Date
}

/** A thing as it is shown. */
export type Shown = object & { readonly id: string }

/** What every thing is asked for with. */
interface AnyDraft {
  readonly key: string
  readonly metadata: Metadata
}

/** What a thing is made with. */
export interface Stamp {
  readonly id: string
  readonly nowMs: number
}

/** By the field of an answer: what it can have as a whole, and the field that has its id. */
export type Expansions = Readonly<Record<string, { readonly kind: () => ThingKind; readonly id: string }>>

/**
 * A kind of things that callers make, list, read and change by the same four routes and from the rows of a file, such as accounts. Those of this
 * module stand in `kinds.ts`; other modules add theirs (`app/needs.ts`).
 */
export interface ThingKind<R extends Row = Row, D extends AnyDraft = AnyDraft> {
  /** Its table, and its word in addresses: things of the kind `account` are at `/v1/accounts`. */
  readonly name: string
  /** What one is made with. */
  readonly schema: z.ZodObject
  /** What may be changed of one. */
  readonly changes: z.ZodObject
  readonly answer: z.ZodType
  /** What its list can be asked, besides what every list can. */
  readonly filters: Readonly<Record<string, z.ZodType>>
  /** Columns in which a text is looked for. */
  readonly texts: readonly string[]
  /** Filters that name another thing: by the filter, its kind. The column is the filter's name with `Id`. */
  readonly belongsTo: Readonly<Record<string, string>>
  /** Its state follows from more than its row: lists look at it as it is shown. */
  readonly isStateShown?: true
  readonly expansions: Expansions
  readonly created: EventType
  readonly updated: EventType
  /** Columns of a row to be. */
  build(db: Database, draft: D, stamp: Stamp): Promise<object>
  /** Columns that a change sets. */
  change(db: Database, row: R, changes: object, nowMs: number): Promise<object>
  view(db: Database, rows: readonly R[], nowMs: number): Promise<Shown[]>
  /** What events say of it. */
  told(row: R): Readonly<Record<string, unknown>>
}

/** Columns of what is changed as it was given; times are given as texts. */
export function changedColumns(changes: object): object {
  return Object.fromEntries(
    Object.entries(changes).map(([name, value]) => [
      name,
      /At$|Until$/.test(name) && typeof value === 'string' ? new Date(value) : value,
    ]),
  )
}

/** The account that a thing is, or belongs to. */
export function accountIdOf({ name }: Pick<ThingKind, 'name'>, row: Row): string | null {
  if (name === 'account') return row.id
  return 'accountId' in row ? String(row.accountId) : null
}

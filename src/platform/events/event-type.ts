import { z } from 'zod'
import type { Origin } from '../origin.ts'

/** What can happen, as the catalogue describes it: `invoice.issued` is about an invoice and has its number and total. */
export interface EventType<Shape extends z.ZodRawShape = z.ZodRawShape> {
  /** `resource.action`: the action in the past, because it has happened. */
  readonly type: string
  /** What `objectId` names, such as `invoice`. */
  readonly objectKind: string
  /** A sentence for those who read of it. */
  readonly meaning: string
  /** What the event says of the object. Small; people are named by id alone, and nothing is in it that opens anything. */
  readonly data: z.ZodObject<Shape>
}

/** Something that happened, to be published in the transaction that makes it so. */
export interface NewEvent {
  readonly type: string
  readonly objectKind: string
  readonly objectId: string
  readonly accountId: string | null
  /** Where it is absent, that of the account. */
  readonly customerId: string | null
  readonly data: object
  /** Where it is published together with events of other requests: whose it is. */
  readonly origin?: Origin | null
}

/** An event as it is stored and read. */
export interface StoredEvent extends Omit<NewEvent, 'origin'> {
  readonly id: string
  /** Its place in the order of the tenant's events, from 1 on, without gaps. */
  readonly seq: bigint
  readonly requestId: string | null
  readonly actor: string | null
  readonly createdAt: Date
}

/** Times may be given as they come out of the database. */
type Given<T> = { readonly [K in keyof T]: T[K] extends string | null | undefined ? T[K] | Date : T[K] }

/** What an event is about. */
export interface About {
  readonly objectId: string
  readonly accountId?: string | null
  readonly customerId?: string | null
}

const TYPE = /^[a-z]+(_[a-z]+)*\.[a-z]+(_[a-z]+)*$/

export function eventType<Shape extends z.ZodRawShape>(
  type: string,
  objectKind: string,
  meaning: string,
  data: Shape,
): EventType<Shape> {
  if (!TYPE.test(type)) throw new Error(`${type} is no name of an event: write resource.action`)
  return { type, objectKind, meaning, data: z.strictObject(data) }
}

/** An event of a type. Of the data only what the type describes is taken, so a whole row or answer can be given. */
export function eventOf<Shape extends z.ZodRawShape>(
  { type, objectKind, data: { shape } }: EventType<Shape>,
  { objectId, accountId = null, customerId = null }: About,
  given: Given<z.input<z.ZodObject<Shape>>>,
): NewEvent {
  const data: Record<string, unknown> = {}
  for (const name of Object.keys(shape)) data[name] = (given as Record<string, unknown>)[name]
  return { type, objectKind, objectId, accountId, customerId, data }
}

/** What every event has, besides its data. */
export const envelope = {
  id: z.uuid(),
  seq: z.int().positive().describe('Its place in the order of the tenant’s events, from 1 on, without gaps'),
  type: z.string(),
  createdAt: z.iso.datetime().describe('By the clock of the tenant'),
  objectKind: z.string(),
  objectId: z.string().describe('The id or code of what it is about'),
  accountId: z.uuid().nullable(),
  customerId: z.uuid().nullable(),
  requestId: z
    .uuid()
    .nullable()
    .describe('The request that led to it, as its header `request-id` says; null for what Kvit does by itself'),
  actor: z
    .string()
    .nullable()
    .describe(
      'The id of the API key or user that asked, or the name of who signed a callback; null for what Kvit does by itself',
    ),
}

/** Whether a type is meant by a filter such as `invoice.issued`, `invoice.*` or `*`. */
export function isMeant(filter: string, type: string): boolean {
  if (filter === '*') return true
  return filter.endsWith('.*') ? type.startsWith(filter.slice(0, -1)) : filter === type
}

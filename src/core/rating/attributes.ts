import type { Meter, UsagePrice } from '../catalog/plan.ts'

/** Longest value that may name a group: it becomes part of the counter's name. */
const MAX_GROUP_LENGTH = 100
/** Stands between the name of a rate and the value of the group, in the name of a cell. */
export const GROUP_SIGN = '|'

/** Properties of `data` that choose among the rates of a price. */
export function attributesOf({ matrix, deck }: UsagePrice): readonly string[] {
  return [...(matrix?.keys ?? []), ...(deck === undefined ? [] : [deck.key])]
}

/** Which records a price reads by their attributes, and how it parts them into groups. */
export interface AttributeReading {
  /** Properties of `data`, in the order in which their values are handed over: first those that choose the rate. */
  readonly attributes: readonly string[]
  readonly filter: readonly { readonly at: number; readonly values: ReadonlySet<string> }[]
  /** Place of the value that names the group; −1 where all records are counted together. */
  readonly groupAt: number
}

export function compileReading(price: UsagePrice, { filter = {}, groupBy }: Meter): AttributeReading {
  const attributes = [
    ...new Set([...attributesOf(price), ...Object.keys(filter), ...(groupBy === undefined ? [] : [groupBy])]),
  ]
  return {
    attributes,
    filter: Object.entries(filter).map(([name, values]) => ({ at: attributes.indexOf(name), values: new Set(values) })),
    groupAt: groupBy === undefined ? -1 : attributes.indexOf(groupBy),
  }
}

/** Whether a price reads a record with these values: one that does not match is none of its business. */
export function isRead({ filter }: AttributeReading, values: readonly string[]): boolean {
  for (const { at, values: wanted } of filter) if (!wanted.has(values[at] as string)) return false
  return true
}

/** Why a value cannot name a group, or null. Names are kept as text that every store takes. */
export function groupFault(value: string): string | null {
  if (value.length > MAX_GROUP_LENGTH) return `at most ${MAX_GROUP_LENGTH} characters`
  if (visitOf(value) !== null) return 'it reads like a plan that was taken up again'
  if (/\p{Cc}|^\ufeff/u.test(value) || !value.isWellFormed())
    return 'no control characters, no mark of byte order, no lone surrogates'
  return null
}

/** The name of a rate's cell for one group. */
export function groupedName(rateName: string | null, group: string): string {
  return rateName === null ? group : `${rateName}${GROUP_SIGN}${group}`
}

/** Stands before the instant at which a plan was taken up again within one billing period. */
const VISIT_SIGN = '↻'
const VISIT = new RegExp(`${VISIT_SIGN}(\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z)$`)

/**
 * The name of a rate's cell for a plan that is taken up again: what is used then stands behind what was used under the plan
 * in between, and so has a counter of its own.
 */
export function visitName(name: string, sinceMs: number): string {
  return `${name}${VISIT_SIGN}${new Date(sinceMs).toISOString()}`
}

/** Since when, as an ISO instant; null for the name of an ordinary cell. */
export function visitOf(name: string): string | null {
  return VISIT.exec(name)?.[1] ?? null
}

export function withoutVisit(name: string): string {
  return name.includes(VISIT_SIGN) ? name.replace(VISIT, '') : name
}

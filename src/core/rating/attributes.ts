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
  if (/\p{Cc}|^\ufeff/u.test(value) || !value.isWellFormed())
    return 'no control characters, no mark of byte order, no lone surrogates'
  return null
}

/** The name of a rate's cell for one group. */
export function groupedName(rateName: string | null, group: string): string {
  return rateName === null ? group : `${rateName}${GROUP_SIGN}${group}`
}

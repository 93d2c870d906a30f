import type { Meter, UsagePrice } from '../catalog/plan.ts'

/** Longest value that may name a group: it becomes part of the counter's name. */
const MAX_GROUP_LENGTH = 100
/** Stands between the name of a rate and the value of the group, in the name of a rate element. */
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
  /** Place of the first value that names the group; −1 where all records are counted together. */
  readonly groupAt: number
  /** Places of all values that name the group together. */
  readonly groupPlaces: readonly number[]
}

/** The properties of a meter whose values name a group. */
export function groupProperties({ groupBy }: Pick<Meter, 'groupBy'>): readonly string[] {
  return typeof groupBy === 'string' ? [groupBy] : (groupBy ?? [])
}

export function compileReading(price: UsagePrice, meter: Meter): AttributeReading {
  const { filter = {} } = meter
  const groups = groupProperties(meter)
  const attributes = [...new Set([...attributesOf(price), ...Object.keys(filter), ...groups])]
  const groupPlaces = groups.map((name) => attributes.indexOf(name))
  return {
    attributes,
    filter: Object.entries(filter).map(([name, values]) => ({ at: attributes.indexOf(name), values: new Set(values) })),
    groupAt: groupPlaces[0] ?? -1,
    groupPlaces,
  }
}

/** Whether a price reads a record with these values: one that does not match is none of its business. */
export function isRead({ filter }: AttributeReading, values: readonly string[]): boolean {
  for (const { at, values: wanted } of filter) if (!wanted.has(values[at] as string)) return false
  return true
}

/** Stands between the values of several properties that name a group: `eu · gpt-x`. */
const VALUE_SIGN = '·'

/** The name of a record's group. Where a property lacks, it is none that `groupFaultAt` lets through. */
export function groupIn({ groupPlaces }: AttributeReading, values: readonly string[]): string {
  if (groupPlaces.length === 1) return values[groupPlaces[0] as number] as string
  return groupPlaces.map((place) => values[place]).join(` ${VALUE_SIGN} `)
}

/** Why the values of a record name no group, and of which property: `null` for one that is absent. */
export function groupFaultAt(
  { groupPlaces, attributes }: AttributeReading,
  values: readonly string[],
): { property: string; fault: string | null } | null {
  for (const place of groupPlaces) {
    const [property, value] = [attributes[place] as string, values[place] as string]
    if (value === '') return { property, fault: null }
    const fault = groupFault(value)
    if (fault !== null) return { property, fault }
    // `a · b` and `c` would be the group of `a` and `b · c`.
    if (groupPlaces.length > 1 && value.includes(VALUE_SIGN))
      return { property, fault: `no "${VALUE_SIGN}", which parts the values that name a group` }
  }
  const name = groupPlaces.map((place) => values[place]).join(` ${VALUE_SIGN} `)
  if (name.length <= MAX_GROUP_LENGTH) return null
  const property = groupPlaces.map((place) => attributes[place]).join(', ')
  return { property, fault: `together at most ${MAX_GROUP_LENGTH} characters` }
}

/** Why a value cannot name a group, or null. Names are kept as text that every store takes. */
function groupFault(value: string): string | null {
  if (value.length > MAX_GROUP_LENGTH) return `at most ${MAX_GROUP_LENGTH} characters`
  if (visitOf(value) !== null) return 'it reads like a plan that was taken up again'
  if (/\p{Cc}|^\ufeff/u.test(value) || !value.isWellFormed())
    return 'no control characters, no mark of byte order, no lone surrogates'
  return null
}

/** The key of a rate element for one group. */
export function groupedName(rateName: string | null, group: string): string {
  return rateName === null ? group : `${rateName}${GROUP_SIGN}${group}`
}

/** Stands before the instant at which a plan was taken up again within one billing period. */
const VISIT_SIGN = '↻'
const VISIT = new RegExp(`${VISIT_SIGN}(\\d{4}-\\d{2}-\\d{2}T[0-9:.]+Z)$`)

/**
 * The key of a rate element for a plan that is taken up again: what is used then comes after what was used under the plan
 * in between, and so has a counter of its own.
 */
export function visitName(name: string, sinceMs: number): string {
  return `${name}${VISIT_SIGN}${new Date(sinceMs).toISOString()}`
}

/** Since when, as an ISO instant; null for the name of an ordinary rate element. */
export function visitOf(name: string): string | null {
  return VISIT.exec(name)?.[1] ?? null
}

export function withoutVisit(name: string): string {
  return name.includes(VISIT_SIGN) ? name.replace(VISIT, '') : name
}

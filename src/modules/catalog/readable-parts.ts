import type { z } from 'zod'
import { closestSpelling } from '../../core/base/suggest-spelling.ts'
import type { CatalogIssue } from '../../core/catalog/plan.ts'
import { explainUnknownKey } from './allowed-keys.ts'
import { catalogFile, meter, type PlanSource, plan, schedule } from './schemas.ts'

/** A meter, schedule or plan of a file, and its place there. */
interface Part<T> {
  readonly at: number
  readonly value: T
}

/** What of a file can be read, and what is wrong with the rest. */
export interface ReadableParts {
  readonly meters: readonly Part<z.infer<typeof meter>>[]
  readonly schedules: readonly Part<z.infer<typeof schedule>>[]
  /** With the places in the file of the prices that can be read. */
  readonly plans: readonly (Part<PlanSource> & { readonly pricesAt: readonly number[] })[]
  readonly issues: readonly CatalogIssue[]
  /** Codes and units of what cannot be read: who names them makes no mistake. */
  readonly unread: readonly string[]
}

type ZodIssue = z.core.$ZodIssue
type Objects = Record<string, unknown>

/** Mending one kind of mistake may show another one that it had hidden. */
const MAX_ROUNDS = 6
/** Mistakes that are explained of one file: nobody mends more at a time, and each takes a search for what was meant. */
export const MAX_ISSUES = 500
/** What replaces a field that cannot be read, so that what is around it can be checked all the same. */
const STAND_INS: Readonly<Record<string, unknown>> = {
  code: 'unreadable',
  name: 'Unreadable',
  currency: 'BTC',
  rate: { model: 'per_unit', unitAmount: '0' },
}

/**
 * Reads as much of a file as can be read, so that all its mistakes can be listed at once: what has a mistake of shape is left
 * out or replaced.
 */
export function readableParts(content: unknown): ReadableParts {
  const whole = catalogFile.safeParse(content)
  if (whole.success) {
    const { meters, schedules, plans } = whole.data
    const parts = <T>(all: readonly T[]): Part<T>[] => all.map((value, at) => ({ at, value }))
    const readPlans = parts(plans).map((part) => ({ ...part, pricesAt: part.value.prices.map((_, at) => at) }))
    return { meters: parts(meters), schedules: parts(schedules), plans: readPlans, issues: [], unread: [] }
  }
  const issues: CatalogIssue[] = []
  for (const issue of whole.error.issues) if (issues.length < MAX_ISSUES) issues.push(...explain(issue, content))
  const unread: string[] = []
  const listOf = (name: string): unknown[] => {
    const list = (content as Objects | null)?.[name]
    return Array.isArray(list) ? list : []
  }
  const readAll = <T>(schema: z.ZodType<T>, name: string): Part<T>[] =>
    listOf(name).flatMap((given, at) => {
      const read = readLenient(schema, structuredClone(given))
      if (read.success) return [{ at, value: read.data }]
      unread.push(...namesOf(given))
      return []
    })
  const plans = listOf('plans').flatMap((given, at) => {
    const read = readPlan(given, unread)
    if (read === null) unread.push(...namesOf(given))
    return read === null ? [] : [{ at, ...read }]
  })
  return { meters: readAll(meter, 'meters'), schedules: readAll(schedule, 'schedules'), plans, issues, unread }
}

function namesOf(given: unknown): string[] {
  const { code, unit } = (given ?? {}) as Objects
  return [code, unit].filter((name) => typeof name === 'string')
}

/** @param draft is changed until it can be read. */
function readLenient<T>(schema: z.ZodType<T>, draft: unknown): z.ZodSafeParseResult<T> {
  let result = schema.safeParse(draft)
  for (let round = 0; round < MAX_ROUNDS && !result.success; round++) {
    const mended = result.error.issues.map((issue) => mend(draft, issue))
    if (!mended.includes(true)) return result
    result = schema.safeParse(draft)
  }
  return result
}

/** Leaves out what cannot be read, or puts something in its place. @returns whether anything was changed. */
function mend(draft: unknown, issue: ZodIssue): boolean {
  const path = issue.path as (string | number)[]
  if (issue.code === 'unrecognized_keys') {
    for (const key of issue.keys) delete (valueAt(draft, path) as Objects)[key]
    return true
  }
  for (let depth = path.length; depth > 0; depth--) {
    const [field, owner] = [path[depth - 1] as string | number, valueAt(draft, path.slice(0, depth - 1))]
    if (owner === null || typeof owner !== 'object') continue
    const fields = owner as Record<string | number, unknown>
    if (Object.hasOwn(STAND_INS, field) && fields[field] !== STAND_INS[field]) {
      fields[field] = STAND_INS[field]
      return true
    }
    const isLeaf = depth === path.length
    if (isLeaf && !Array.isArray(owner) && fields[field] !== undefined && issue.code !== 'invalid_union') {
      delete fields[field]
      return true
    }
  }
  return false
}

function valueAt(content: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce<unknown>((value, step) => (value as Objects | null | undefined)?.[step], content)
}

/** A plan without the prices that cannot be read, and without what else of it cannot be. */
function readPlan(given: unknown, unread: string[]): { value: PlanSource; pricesAt: number[] } | null {
  const draft = structuredClone(given) as Objects | null
  const prices = draft?.['prices']
  let pricesAt = Array.isArray(prices) ? prices.map((_: unknown, at: number) => at) : []
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const result = readLenient(plan, draft)
    if (result.success) return { value: result.data, pricesAt }
    const bad = new Set(result.error.issues.flatMap(({ path: [field, at] }) => (field === 'prices' ? [at] : [])))
    const left = draft?.['prices']
    if (bad.size === 0 || !Array.isArray(left)) return null
    unread.push(...left.filter((_, at) => bad.has(at)).flatMap(namesOf))
    pricesAt = pricesAt.filter((_, at) => !bad.has(at))
    ;(draft as Objects)['prices'] = left.filter((_, at) => !bad.has(at))
  }
  return null
}

function explain(issue: ZodIssue, content: unknown): CatalogIssue[] {
  const path = issue.path as (string | number)[]
  if (issue.code === 'unrecognized_keys')
    return issue.keys
      .slice(0, MAX_ISSUES)
      .map((key) => ({ path: [...path, key], message: explainUnknownKey(content, path, key) }))
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const known = ((issue as { options?: readonly unknown[] }).options ?? []).map(String)
    const given = valueAt(content, path)
    const what =
      given === undefined ? `"${issue.discriminator}" is missing` : `unknown ${issue.discriminator} "${given}"`
    const meant = typeof given === 'string' ? suggestSpellingAmong(given, known) : ''
    return [{ path, message: `${what}${meant}; one of: ${known.join(', ')}` }]
  }
  if (issue.code === 'invalid_type' && /undefined|^is missing/.test(issue.message))
    return [{ path, message: `"${String(path.at(-1))}" is missing (${issue.expected})` }]
  return [{ path, message: issue.message }]
}

function suggestSpellingAmong(word: string, known: readonly string[]): string {
  const best = closestSpelling(word, known)
  return best === undefined ? '' : `; did you mean "${best}"?`
}

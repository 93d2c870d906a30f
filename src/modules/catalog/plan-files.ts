import { type Document, isAlias, isScalar, LineCounter, parseDocument, visit } from 'yaml'
import type { z } from 'zod'
import { closestTo } from '../../core/catalog/closest.ts'
import type { CatalogIssue, Meter, Plan, Schedule } from '../../core/catalog/plan.ts'
import { plansByCurrency } from '../../core/catalog/plan-variants.ts'
import { checkPlan } from '../../core/rating/check-plan.ts'
import type { KnownDeck } from '../../core/rating/deck-price.ts'
import { readSchedule } from './schedule-file.ts'
import { type CatalogFile, catalogFile, KNOWN_KEYS } from './schemas.ts'
import type { SourceFile } from './source-file.ts'
import { canonicalJson } from './store.ts'

/** A mistake of the editor of plan files. Lines count from 1. */
export interface PlanFileError {
  readonly file: string
  readonly line: number
  readonly path: string
  readonly message: string
}

export interface Catalog {
  readonly meters: readonly Meter[]
  readonly schedules: readonly Schedule[]
  readonly plans: readonly Plan[]
}

/** YAML keeps numbers as decimals of floating point; plan files keep every number's own text where money is meant. */
const INTEGER_KEYS = new Set(['scale', 'count', 'stepMinutes', 'priority', 'kbps'])
/** Aliases may not blow a small file up. */
const MAX_ALIASES = 100

interface ParsedFile {
  readonly file: SourceFile
  readonly document: Document
  readonly lines: LineCounter
  readonly content: CatalogFile | null
}

/**
 * Reads plan files. `known` is what is published already and may be referred to.
 * @returns the catalogue, or every mistake with its file and line and what would be right.
 */
export function readPlanFiles(
  files: readonly SourceFile[],
  known: { meters: readonly Meter[]; schedules: readonly Schedule[]; decks?: ReadonlyMap<string, KnownDeck> },
): { catalog: Catalog; errors: PlanFileError[] } {
  const errors: PlanFileError[] = []
  const parsed = files.filter(({ name }) => /\.ya?ml$/.test(name)).map((file) => parseFile(file, errors))
  const meters = parsed.flatMap(({ content }) => content?.meters ?? [])
  for (const entry of parsed) errors.push(...checkPublished(entry, known, meters))
  const schedules = parsed.flatMap((entry) =>
    (entry.content?.schedules ?? []).flatMap((source, index) => {
      const result = readSchedule(source, files)
      if (!('problem' in result)) {
        const published = known.schedules.find(({ code }) => code === result.code)
        if (published !== undefined && canonicalJson(published) !== canonicalJson(result)) {
          const message = `schedule "${result.code}" is published with another content and never changes; give the new one a new code`
          errors.push(locate(entry, { path: ['schedules', index, 'code'], message }))
        }
        return [result]
      }
      errors.push(
        ...result.problem.map((issue) => locate(entry, { ...issue, path: ['schedules', index, ...issue.path] })),
      )
      return []
    }),
  )
  const names = {
    meters: new Map([...known.meters, ...meters].map((meter) => [meter.code, meter])),
    schedules: new Map([...known.schedules, ...schedules].map((schedule) => [schedule.code, schedule])),
    decks: known.decks ?? new Map(),
  }
  const plans: Plan[] = []
  for (const entry of parsed) {
    entry.content?.plans.forEach((plan, index) => {
      const twice = plans.some(({ code }) => code === plan.code)
      if (twice)
        errors.push(locate(entry, { path: ['plans', index, 'code'], message: `plan "${plan.code}" stands here twice` }))
      const variants = plansByCurrency(plan)
      plans.push(...variants.plans)
      const issues = variants.plans.flatMap((variant, at) => {
        const under = at === 0 ? [] : ['currencies', variant.currency]
        return checkPlan(variant, names).map((issue) => ({ ...issue, path: [...under, ...issue.path] }))
      })
      for (const issue of [...variants.issues, ...issues])
        errors.push(locate(entry, { ...issue, path: ['plans', index, ...issue.path] }))
    })
  }
  return { catalog: { meters, schedules, plans }, errors }
}

/** Meters are immutable, and none may stand twice. */
function checkPublished(
  entry: ParsedFile,
  known: { meters: readonly Meter[] },
  all: readonly Meter[],
): PlanFileError[] {
  return (entry.content?.meters ?? []).flatMap((meter, index) => {
    const path = ['meters', index, 'code']
    const published = known.meters.find(({ code }) => code === meter.code)
    if (published !== undefined && canonicalJson(published) !== canonicalJson(meter)) {
      const message = `meter "${meter.code}" is published with another content and never changes; give the new one a new code`
      return [locate(entry, { path, message })]
    }
    const twice = all.filter(({ code }) => code === meter.code).length > 1
    return twice ? [locate(entry, { path, message: `meter "${meter.code}" stands here twice` })] : []
  })
}

function parseFile(file: SourceFile, errors: PlanFileError[]): ParsedFile {
  const lines = new LineCounter()
  const document = parseDocument(file.text, { lineCounter: lines })
  for (const { message, pos } of document.errors) {
    errors.push({
      file: file.name,
      line: lines.linePos(pos[0]).line,
      path: '',
      message: message.split('\n')[0] as string,
    })
  }
  const entry = { file, document, lines, content: null }
  if (document.errors.length > 0) return entry
  keepNumberTexts(document)
  let content: unknown
  try {
    content = document.toJS({ maxAliasCount: MAX_ALIASES })
  } catch (error) {
    errors.push({ file: file.name, line: 1, path: '', message: error instanceof Error ? error.message : String(error) })
    return entry
  }
  const result = catalogFile.safeParse(content ?? {})
  if (result.success) return { ...entry, content: result.data }
  for (const issue of result.error.issues) errors.push(...explainIssue(issue).map((found) => locate(entry, found)))
  return entry
}

/** Numbers become the text that stands in the file, except where a whole number is meant. */
function keepNumberTexts(document: Document): void {
  visit(document, {
    Pair(_key, pair) {
      if (isAlias(pair.value) || !isScalar(pair.value) || typeof pair.value.value !== 'number') return
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      if (!INTEGER_KEYS.has(key)) pair.value.value = pair.value.source ?? String(pair.value.value)
    },
    Seq(_key, { items }) {
      for (const item of items)
        if (isScalar(item) && typeof item.value === 'number') item.value = item.source ?? String(item.value)
    },
  })
}

/** The kinds that a plan file can choose from. */
const DISCRIMINATED: Readonly<Record<string, readonly string[]>> = {
  model: ['per_unit', 'graduated', 'volume', 'package'],
  kind: ['recurring', 'one_off', 'usage', 'allowance', 'commitment', 'cap', 'commit'],
}

type ZodIssue = z.core.$ZodIssue

function explainIssue(issue: ZodIssue): CatalogIssue[] {
  const path = issue.path as (string | number)[]
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      path: [...path, key],
      message: `unknown key "${key}"${closestTo(key, KNOWN_KEYS)}`,
    }))
  }
  if (issue.code === 'invalid_union' && issue.discriminator !== undefined) {
    const known = DISCRIMINATED[issue.discriminator] ?? []
    return [
      {
        path: [...path, issue.discriminator],
        message: `unknown or missing ${issue.discriminator}; one of: ${known.join(', ')}`,
      },
    ]
  }
  if (issue.code === 'invalid_type' && issue.input === undefined && /undefined/.test(issue.message)) {
    return [{ path, message: `"${String(path.at(-1))}" is missing (${issue.expected})` }]
  }
  return [{ path, message: issue.message }]
}

/** The line of the deepest part of the path that stands in the file. */
function locate(
  { file, document, lines }: Pick<ParsedFile, 'file' | 'document' | 'lines'>,
  issue: CatalogIssue,
): PlanFileError {
  const path = issue.path.join('.')
  for (let depth = issue.path.length; depth >= 0; depth--) {
    const offset = offsetOf(document, issue.path.slice(0, depth))
    if (offset !== undefined) return { file: file.name, line: lines.linePos(offset).line, path, message: issue.message }
  }
  return { file: file.name, line: 1, path, message: issue.message }
}

function offsetOf(document: Document, path: readonly (string | number)[]): number | undefined {
  if (path.length === 0) return document.contents?.range?.[0]
  const parent = document.getIn(path.slice(0, -1), true) as
    | { items?: { key?: { value?: unknown; range?: number[] } }[] }
    | undefined
  const last = path.at(-1)
  const pair = parent?.items?.find((item) => item.key?.value === last)
  if (pair?.key?.range !== undefined) return pair.key.range[0]
  const node = document.getIn(path, true) as { range?: number[] } | undefined
  return node?.range?.[0]
}

import type { CatalogIssue, Meter, Plan, Schedule } from '../../core/catalog/plan.ts'
import { plansByCurrency } from '../../core/catalog/plan-variants.ts'
import { checkPlan } from '../../core/rating/check-plan.ts'
import type { KnownDeck } from '../../core/rating/selectors/deck-price.ts'
import { canonicalJson } from '../../platform/content-digest.ts'
import type { Metadata } from '../../platform/http/metadata.ts'
import { PlanDocument, type PlanFileError } from './plan-document.ts'
import { MAX_ISSUES, type ReadableParts, readableParts } from './readable-parts.ts'
import { readSchedule } from './schedule-file.ts'
import type { SourceFile } from './source-file.ts'
import { YamlBudget } from './yaml-budget.ts'

export interface Catalog {
  readonly meters: readonly Meter[]
  readonly schedules: readonly Schedule[]
  readonly plans: readonly Plan[]
  /** By the codes of plans, where files say it: it is no part of a version. */
  readonly metadata: ReadonlyMap<string, Metadata>
}

/** What is published already and may be referred to. */
export interface PublishedNames {
  readonly meters: readonly Meter[]
  readonly schedules: readonly Schedule[]
  readonly decks?: ReadonlyMap<string, KnownDeck>
}

interface ReadFile {
  readonly document: PlanDocument
  readonly parts: ReadableParts
}

/** Cases are files next to plan files, for `kvit plan test`. */
function isPlanFile({ name }: SourceFile): boolean {
  return /\.ya?ml$/.test(name) && !/\.cases\.ya?ml$/.test(name)
}

const NOTHING: ReadableParts = { meters: [], schedules: [], plans: [], issues: [], unread: [] }

/**
 * Reads plan files.
 * @returns the catalogue, or every mistake of every file with its line and what would be right: what is wrong with one part
 * does not keep the mistakes of the others from being listed.
 */
export function readPlanFiles(
  files: readonly SourceFile[],
  known: PublishedNames,
): { catalog: Catalog; errors: PlanFileError[] } {
  const budget = new YamlBudget()
  const documents = files.filter(isPlanFile).map((file) => new PlanDocument(file, budget))
  const read = documents.map((document): ReadFile => {
    if (document.errors.length > 0)
      return { document, parts: { ...NOTHING, unread: document.textsOf(['code', 'unit']) } }
    return { document, parts: readableParts(document.content) }
  })
  const errors = read.flatMap(({ document, parts }) => [
    ...document.errors,
    ...parts.issues.map((issue) => document.locate(issue)),
  ])
  const follows: PlanFileError[] = []
  const add = (
    { document, parts }: ReadFile,
    path: readonly (string | number)[],
    issues: readonly CatalogIssue[],
  ): void => {
    for (const issue of issues) {
      if (follows.length >= MAX_ISSUES) return
      const found = { ...issue, path: [...path, ...issue.path] }
      if (!parts.issues.some((mistake) => isWithin(mistake.path, found.path))) follows.push(document.locate(found))
    }
  }
  const meters = read.flatMap(({ parts }) => parts.meters.map(({ value }) => value))
  for (const file of read)
    for (const { at, value } of file.parts.meters) add(file, ['meters', at], checkPublished(value, known, meters))
  const schedules = read.flatMap((file) =>
    file.parts.schedules.flatMap(({ at, value }) => {
      const result = readSchedule(value, files)
      if ('problem' in result) {
        add(file, ['schedules', at], result.problem)
        return []
      }
      add(file, ['schedules', at], checkSchedule(result, known))
      return [result]
    }),
  )
  const names = {
    meters: new Map([...known.meters, ...meters].map((meter) => [meter.code, meter])),
    schedules: new Map([...known.schedules, ...schedules].map((schedule) => [schedule.code, schedule])),
    decks: known.decks ?? new Map(),
  }
  const plans: Plan[] = []
  const metadata = new Map<string, Metadata>()
  for (const file of read) {
    for (const { at, value: written, pricesAt } of file.parts.plans) {
      const { metadata: noted, ...value } = written
      const twice = plans.some(({ code }) => code === value.code)
      if (twice) add(file, ['plans', at], [{ path: ['code'], message: `plan "${value.code}" stands here twice` }])
      if (noted !== undefined) metadata.set(value.code, noted)
      const variants = plansByCurrency(value)
      plans.push(...variants.plans)
      const issues = variants.plans.flatMap((variant, index) => {
        const under = index === 0 ? [] : ['currencies', variant.currency]
        return checkPlan(variant, names).map((issue) => ({ ...issue, path: [...under, ...issue.path] }))
      })
      const placed = [...variants.issues, ...issues].map((issue) => ({ ...issue, path: inFile(issue.path, pricesAt) }))
      add(file, ['plans', at], placed)
    }
  }
  // Naming something that is in the files, but cannot be read, is no mistake.
  const unread = new Set(read.flatMap(({ parts }) => parts.unread))
  errors.push(
    ...follows.filter(
      ({ message }) => ![...message.matchAll(/"([^"]*)"/g)].some(([, name]) => unread.has(name as string)),
    ),
  )
  return { catalog: { meters, schedules, plans, metadata }, errors: inOrder(errors, files) }
}

/** What a whole lacks may be what could not be read of it. */
function isWithin(path: readonly (string | number)[], whole: readonly (string | number)[]): boolean {
  return whole.every((step, at) => path[at] === step)
}

/** A path within a plan as it is in the file, where not all of its prices could be read. */
function inFile(path: readonly (string | number)[], pricesAt: readonly number[]): (string | number)[] {
  const at = path.indexOf('prices')
  const index = path[at + 1]
  return at < 0 || typeof index !== 'number' ? [...path] : path.with(at + 1, pricesAt[index] as number)
}

/** By file and line, each mistake once. */
function inOrder(errors: readonly PlanFileError[], files: readonly SourceFile[]): PlanFileError[] {
  const placeOf = ({ file }: PlanFileError): number => files.findIndex(({ name }) => name === file)
  const once = new Map(
    errors.map((error) => [JSON.stringify([error.file, error.line, error.path, error.message]), error]),
  )
  return [...once.values()].toSorted((a, b) => placeOf(a) - placeOf(b) || a.line - b.line)
}

/** Meters are immutable, and none may be defined twice. */
function checkPublished(meter: Meter, known: PublishedNames, all: readonly Meter[]): CatalogIssue[] {
  const path = ['code']
  const published = known.meters.find(({ code }) => code === meter.code)
  if (published !== undefined && canonicalJson(published) !== canonicalJson(meter)) {
    const message = `meter "${meter.code}" is published with another content and never changes; give the new one a new code`
    return [{ path, message }]
  }
  const twice = all.filter(({ code }) => code === meter.code).length > 1
  return twice ? [{ path, message: `meter "${meter.code}" stands here twice` }] : []
}

function checkSchedule(schedule: Schedule, known: PublishedNames): CatalogIssue[] {
  const published = known.schedules.find(({ code }) => code === schedule.code)
  if (published === undefined || canonicalJson(published) === canonicalJson(schedule)) return []
  // Published before days of 23 and 25 hours were days: the file is the same, and what was published stays as it is.
  const { ends: _, ...ofBefore } = schedule
  if (canonicalJson(published) === canonicalJson(ofBefore)) return []
  const message = `schedule "${schedule.code}" is published with another content and never changes; give the new one a new code`
  return [{ path: ['code'], message }]
}

import type { Meter, Schedule } from '../../core/catalog/plan.ts'
import type { KnownDeck } from '../../core/rating/selectors/deck-price.ts'
import { digestOfContent } from '../../platform/content-digest.ts'
import type { Metadata } from '../../platform/http/metadata.ts'
import { Refusal } from '../../platform/problems.ts'
import type { PlanFileError } from './plan-document.ts'
import { readPlanFiles } from './plan-files.ts'
import type { SourceFile } from './source-file.ts'

/** What publishing does, or would do, to one thing. */
export interface CatalogChange {
  readonly kind: 'meter' | 'schedule' | 'plan'
  readonly code: string
  /** `metadata`: no new version, but other metadata of the one that is there. */
  readonly change: 'new' | 'new_version' | 'metadata' | 'unchanged'
  readonly version?: number
  /** What differs from the version before, a line each. */
  readonly differences: readonly string[]
}

/** Something new, as its row has it. */
export interface Draft {
  readonly code: string
  readonly json: string
  readonly digest: Uint8Array
}

/** Plan files that were read and checked, with what is new in them. */
export interface Publication {
  readonly changes: readonly CatalogChange[]
  readonly meters: readonly Draft[]
  readonly schedules: readonly Draft[]
  readonly plans: readonly PlanDraft[]
  /** Versions that are there, and get other metadata. */
  readonly renoted: readonly { readonly code: string; readonly version: number; readonly metadata: Metadata }[]
}

/** A plan version to be, in one currency. */
export interface PlanDraft extends Draft {
  readonly currency: string
  readonly version: number
  readonly metadata: Metadata
}

/** What is published already and may be referred to. */
export interface PublishedNames {
  readonly meters: readonly Meter[]
  /** The codes of schedules. */
  readonly schedules: readonly string[]
  readonly decks: ReadonlyMap<string, KnownDeck>
}

/** Asks for what is published, in pieces: contents are long. */
export interface AskPublished {
  names(): Promise<PublishedNames>
  /** The JSON of a schedule. */
  schedule(code: string): Promise<string | undefined>
  /** The newest versions of some plans. */
  newest(codes: readonly string[]): Promise<readonly NewestVersion[]>
}

/** The newest version of a plan in one of its currencies. */
export interface NewestVersion {
  readonly code: string
  readonly currency: string
  readonly version: number
  readonly digest: Uint8Array
  readonly json: string
  readonly metadata: Metadata
}

/** Plans whose contents are asked for at once: one of them may have megabytes. */
const PLANS_AT_ONCE = 10
/** The most mistakes that an answer lists. */
const MAX_TOLD = 200
/** The most differences of one plan that are listed. */
const MAX_DIFFERENCES = 1_000

export function mistakes(errors: readonly PlanFileError[]): Refusal {
  const told = errors.slice(0, MAX_TOLD)
  const lines = told.map(({ file, line, message }) => `${file}:${line}: ${message}`)
  if (errors.length > told.length) lines.push(`and ${errors.length - told.length} more`)
  return new Refusal('catalog_invalid', lines.join('\n'), { errors: told })
}

/** Reads and checks plan files, and compares them with what is published. */
export async function preparePublication(files: readonly SourceFile[], ask: AskPublished): Promise<Publication> {
  const published = await ask.names()
  const schedules = await namedSchedules(files, published.schedules, ask)
  const { catalog, errors } = readPlanFiles(files, { ...published, schedules })
  if (errors.length > 0) throw mistakes(errors)
  const newMeters = catalog.meters.filter(({ code }) => !published.meters.some((known) => known.code === code))
  const newSchedules = catalog.schedules.filter(({ code }) => !schedules.some((known) => known.code === code))
  const changeOf = (kind: 'meter' | 'schedule', code: string, isNew: boolean): CatalogChange => {
    return { kind, code, change: isNew ? 'new' : 'unchanged', differences: [] }
  }
  const changes = [
    ...catalog.meters.map((meter) => changeOf('meter', meter.code, newMeters.includes(meter))),
    ...catalog.schedules.map((schedule) => changeOf('schedule', schedule.code, newSchedules.includes(schedule))),
  ]
  const byCode = Map.groupBy(catalog.plans, ({ code }) => code)
  const newest = await newestVersions([...byCode.keys()], ask)
  const plans: PlanDraft[] = []
  const renoted: Publication['renoted'][number][] = []
  for (const [code, variants] of byCode) {
    const before = newest.get(code) ?? []
    // A file that says nothing of it leaves metadata as it is, in a new version, too.
    const metadata = catalog.metadata.get(code) ?? before[0]?.metadata ?? {}
    const drafts = variants.map((plan) => ({ ...draftOf(plan), currency: plan.currency, metadata }))
    const change = comparePlan(code, drafts, metadata, before)
    const version = change.version as number
    changes.push(change)
    if (change.change === 'metadata') renoted.push({ code, version, metadata })
    else if (change.change !== 'unchanged') plans.push(...drafts.map((draft) => ({ ...draft, version })))
  }
  return { changes, meters: newMeters.map(draftOf), schedules: newSchedules.map(draftOf), plans, renoted }
}

/** Of schedules, which are long, those that the files name. */
async function namedSchedules(
  files: readonly SourceFile[],
  codes: readonly string[],
  ask: AskPublished,
): Promise<Schedule[]> {
  const schedules: Schedule[] = []
  for (const code of codes) {
    const json = files.some(({ text }) => text.includes(code)) ? await ask.schedule(code) : undefined
    if (json !== undefined) schedules.push(JSON.parse(json) as Schedule)
  }
  return schedules
}

async function newestVersions(codes: readonly string[], ask: AskPublished): Promise<Map<string, NewestVersion[]>> {
  const versions: NewestVersion[] = []
  for (let at = 0; at < codes.length; at += PLANS_AT_ONCE)
    versions.push(...(await ask.newest(codes.slice(at, at + PLANS_AT_ONCE))))
  return Map.groupBy(versions, ({ code }) => code)
}

/** A content as its row has it. */
export function draftOf(content: { readonly code: string }): Draft {
  return { code: content.code, json: JSON.stringify(content), digest: digestOfContent(content) }
}

/** The variants of a plan, the first of them in the currency that its file names first. */
function comparePlan(
  code: string,
  drafts: readonly Omit<PlanDraft, 'version'>[],
  metadata: Metadata,
  previous: readonly NewestVersion[],
): CatalogChange {
  const before = previous[0]
  const versionIn = (wanted: string): NewestVersion | undefined => previous.find(({ currency }) => currency === wanted)
  const isSame = ({ currency, digest }: (typeof drafts)[number]): boolean =>
    previous.some((one) => one.currency === currency && Buffer.compare(one.digest, digest) === 0)
  if (before === undefined) return { kind: 'plan', code, change: 'new', version: 1, differences: [] }
  const notes = compareValues('metadata', sortedByKey(before.metadata), sortedByKey(metadata))
  if (previous.length === drafts.length && drafts.every(isSame)) {
    const change = notes.length > 0 ? 'metadata' : 'unchanged'
    return { kind: 'plan', code, change, version: before.version, differences: notes }
  }
  const differences = drafts.flatMap(({ currency, json }, index) =>
    compareValues(index === 0 ? '' : currency, JSON.parse(versionIn(currency)?.json ?? 'null'), JSON.parse(json)),
  )
  differences.push(...notes)
  const told = differences.slice(0, MAX_DIFFERENCES)
  if (differences.length > told.length) told.push(`and ${differences.length - told.length} more`)
  return { kind: 'plan', code, change: 'new_version', version: before.version + 1, differences: told }
}

function sortedByKey(metadata: Metadata): Metadata {
  return Object.fromEntries(Object.entries(metadata).toSorted(([a], [b]) => (a < b ? -1 : 1)))
}

/** Differences of two JSON values as lines: `prices.0.amount: "5" → "6"`. */
function compareValues(path: string, before: unknown, after: unknown): string[] {
  if (JSON.stringify(before) === JSON.stringify(after)) return []
  const areObjects = [before, after].every((value) => value !== null && typeof value === 'object')
  if (!areObjects) return [`${path}: ${JSON.stringify(before) ?? '(none)'} → ${JSON.stringify(after) ?? '(none)'}`]
  const [left, right] = [before, after] as [Record<string, unknown>, Record<string, unknown>]
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])]
  return keys.flatMap((key) => compareValues(path === '' ? key : `${path}.${key}`, left[key], right[key]))
}

import { z } from 'zod'
import { parseMinor } from '../../core/base/money.ts'
import type { Database } from '../../platform/db.ts'
import { unitsOf } from './lot-drafts.ts'
import { type DOCUMENT_LIMITS, type Settings, settingsSchema } from './settings.ts'
import { readSettings, writeSettings } from './store.ts'

/** Who set the limit of a currency or unit alone, and what held before; null is no limit. */
const setBy = z.record(z.string(), z.object({ person: z.string(), before: z.string().nullable() }))
type SetBy = z.infer<typeof setBy>

/** The tenant's limits of approval by currency and by unit, with those that one person alone has confirmed. */
export interface ApprovalLimits {
  readonly limits: Readonly<Record<string, string>>
  readonly setBy: SetBy
}

/** The name of a unit's limit among those of currencies. */
export const nameOfUnit = (unit: string): string => `unit ${unit}`

/** And by which one that of reversals in a currency. */
export const nameOfReversal = (currency: string): string => `reversal ${currency}`

/** And by which one that of something about documents in a currency: `credit_note EUR`. */
export const nameOfDocument = (what: keyof typeof DOCUMENT_LIMITS, currency: string): string => `${what} ${currency}`

function limitsOf({
  approvalLimits,
  unitApprovalLimits,
  reversalLimits = {},
  documentLimits = {},
}: Settings): Record<string, string> {
  const units = Object.entries(unitApprovalLimits).map(([unit, limit]) => [nameOfUnit(unit), limit])
  const reversals = Object.entries(reversalLimits).map(([currency, limit]) => [nameOfReversal(currency), limit])
  const documents = Object.entries(documentLimits).flatMap(([what, limits]) =>
    Object.entries(limits ?? {}).map(([currency, limit]) => [`${what} ${currency}`, limit]),
  )
  return { ...approvalLimits, ...Object.fromEntries([...units, ...reversals, ...documents]) }
}

/** Minor units of a currency, or a quantity of a unit. */
function amountOf(name: string, text: string): bigint {
  if (name.startsWith(nameOfUnit(''))) return unitsOf(text)
  return parseMinor(text, name.slice(name.lastIndexOf(' ') + 1)) ?? 0n
}

export async function readLimits(db: Database): Promise<ApprovalLimits> {
  const { content, limitsSetBy } = await readSettings(db)
  return { limits: limitsOf(settingsSchema.parse(content)), setBy: setBy.parse(limitsSetBy) }
}

/**
 * What one person may move without a second one. A limit that this person set does not hold for what the same person asks
 * beyond the one before, until another person sets it, too: else whoever may set limits needs nobody's approval.
 * Example: the limit is 10; Ann sets 500. Bob may move 500, Ann 10. Bob sets 500, too: Ann may move 500.
 * @param name a currency, or `nameOfUnit`
 * @param without what may be moved where there is no limit
 * @returns minor units, or those of the unit
 */
export function limitFor<T extends bigint | null>(
  { limits, setBy: by }: ApprovalLimits,
  name: string,
  person: string,
  without: T,
): bigint | T {
  const amount = (text: string | null | undefined): bigint | T => (text == null ? without : amountOf(name, text))
  const current = amount(limits[name])
  const own = by[name]
  if (own?.person !== person) return current
  const before = amount(own.before)
  if (current === null) return before
  return before === null || current < before ? current : before
}

/** Sets the tenant's limits, and remembers which of them rest on this person alone. */
export async function setSettings(db: Database, settings: Settings, person: string): Promise<Settings> {
  const { limits, setBy: by } = await readLimits(db)
  const asked = limitsOf(settings)
  const next: SetBy = {}
  for (const name of new Set([...Object.keys(limits), ...Object.keys(asked), ...Object.keys(by)])) {
    const [before, now] = [limits[name] ?? null, asked[name] ?? null]
    const known = by[name]
    const isSame = before === null || now === null ? before === now : amountOf(name, before) === amountOf(name, now)
    // What another person had set and is set once more is confirmed by two.
    if (isSame && known?.person !== person) continue
    next[name] = known?.person === person ? known : { person, before }
  }
  await writeSettings(db, settings, next)
  return settings
}

import type { Plan } from '../catalog/plan.ts'
import { type Names, namesIn, translatedDescription } from '../catalog/translations.ts'
import type { Language } from '../words/languages.ts'
import type { DocumentLine } from './document-line.ts'
import type { IncludedUnits } from './included-units.ts'
import type { InvoiceLine } from './invoice-lines.ts'

/** By which plans something is charged, and who is told of it. */
interface Naming {
  readonly plans: ReadonlyMap<string, Plan>
  readonly customer: { readonly language: Language }
}

/** What a document says of which plans may have names of their own. */
interface Told {
  readonly lines: readonly DocumentLine[]
  readonly usage: readonly { readonly meter: string; readonly unit: string }[]
  readonly included?: readonly IncludedUnits[]
}

/** What a line is called in the language of the customer, by the plan that it is charged by. */
export function nameOfLine({ plans, customer }: Naming, line: InvoiceLine): string {
  const { kind, group, planVersionId, priceCode } = line
  const isLowering = kind === 'cap' || kind === 'discount'
  const description = group === undefined || isLowering ? line.description : group.description
  const plan = plans.get(planVersionId)
  if (plan === undefined) return description
  const price = isLowering ? undefined : plan.prices.find(({ code }) => code === priceCode)?.name
  return translatedDescription(namesIn(plan, customer.language), description, price)
}

/** With the names of units, meters, allowances and parts that plans have translated. Units themselves stay: others read them, too. */
export function withNames<T extends Told>(
  { plans, lines, customer }: Naming & { readonly lines: readonly InvoiceLine[] },
  told: T,
): T & { names?: Names } {
  const versions = new Set(lines.map(({ planVersionId }) => planVersionId))
  const known = [...versions].flatMap((id) => {
    const plan = plans.get(id)
    return plan === undefined ? [] : Object.entries(namesIn(plan, customer.language))
  })
  if (known.length === 0) return told
  const said = new Set([
    ...told.lines.flatMap(({ unit, parts }) => [unit, ...(parts ?? []).flatMap(({ label }) => label.split(', '))]),
    ...told.usage.flatMap(({ meter, unit }) => [meter, unit]),
    ...(told.included ?? []).flatMap(({ name, unit }) => [name ?? '', unit]),
  ])
  const names = known.filter(([name]) => said.has(name))
  return names.length === 0 ? told : { ...told, names: Object.fromEntries(names) }
}

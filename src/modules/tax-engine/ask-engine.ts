import { decideTax, type TaxDecision } from '../../core/tax/decide-tax.ts'
import type { RateTable } from '../../core/tax/rates/rate-table.ts'
import { placeText } from '../../core/tax/supply.ts'
import { noTax, type Tax } from '../../core/tax/tax.ts'
import { TAX_KINDS } from '../../core/tax/tax-kinds.ts'
import type { TaxAnswer } from './answers.ts'
import type { EngineAccount, EngineAnswer, TaxEngine } from './ports.ts'
import type { TenantEngine } from './tenant-engine.ts'

/** How long an engine is waited for. */
const TIMEOUT_MS = 20_000

/** What becomes of a question. */
export type Settled = Pick<TaxAnswer, 'state' | 'decision' | 'reference' | 'reason'>

/** Asks the engine; where it does not answer in time and the tenant says so, Kvit's own rules do. */
export async function askEngine(
  engine: TaxEngine,
  { values, label }: TenantEngine,
  as: EngineAccount,
  asked: TaxAnswer,
  rates: RateTable,
  nowMs: number,
): Promise<Settled> {
  const { question: parties, taxClass, suppliedOn, askedAt } = asked
  const question = {
    ...{ ...parties, deliveredTo: null, taxClass, suppliedOn },
    taxCode: values.taxCodes[taxClass] ?? null,
  }
  const answer = await engine.decide(question, as, AbortSignal.timeout(TIMEOUT_MS))
  if (answer.outcome === 'decided') {
    const { reference } = answer
    return { state: 'answered', decision: decisionOf(asked, label, answer), reference, reason: null }
  }
  const waits: Settled = { state: 'asked', decision: null, reference: null, reason: answer.reason }
  const isPatient = nowMs < askedAt.getTime() + values.patienceMinutes * 60_000
  if (values.onFailure === 'hold' || isPatient) return waits
  const own = decideTax({ ...parties, taxClass, suppliedOn }, rates)
  if ('undecided' in own) return { ...waits, reason: `${answer.reason}; by own rules: ${own.undecided}` }
  const why = `${own.why}; by Kvit's own rules, since ${label} did not answer: ${answer.reason}`
  return { state: 'own_rules', decision: { ...own, why }, reference: null, reason: answer.reason }
}

function decisionOf(
  { question: { buyer }, suppliedOn, taxClass }: TaxAnswer,
  label: string,
  { taxes: told, category, reference, why }: Extract<EngineAnswer, { readonly outcome: 'decided' }>,
): TaxDecision {
  const { place } = buyer
  const taxes = told.map((one): Tax => {
    const kind = TAX_KINDS[one.kind]
    return {
      ...one,
      ...{ category: kind?.category ?? 'S', order: kind?.order ?? 100, base: 'net', perUnit: null },
    }
  })
  const isTaxed = taxes.some(({ percent }) => percent !== null && /[1-9]/.test(percent))
  const said = `${label} says so of ${taxClass} on ${suppliedOn}${reference === null ? '' : ` (${reference})`}`
  return {
    ...{ rule: 'outside_engine', category: isTaxed ? 'S' : category, place, legal: null },
    taxes: taxes.length === 0 ? [noTax(category, placeText(place))] : taxes,
    why: why === null ? said : `${said}: ${why}`,
  }
}

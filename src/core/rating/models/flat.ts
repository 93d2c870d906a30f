import type { FlatTerms, StairstepTerms } from '../../catalog/rate-terms.ts'
import type { PriceModel } from './price-model.ts'
import { stairstep } from './stairstep.ts'
import type { CompiledTiers } from './tiers.ts'

/** One step that has no end. */
function asStep({ amount, flatOnZero }: FlatTerms): StairstepTerms {
  return { model: 'stairstep', flatOnZero, tiers: [{ upTo: null, amount }] }
}

/**
 * Flat: an amount once in a period in which anything was used, however much: 9 for 1 gigabyte and for 900. Nothing used costs nothing,
 * unless `flatOnZero` asks for it.
 */
export const flat: PriceModel<FlatTerms, CompiledTiers> = {
  ...stairstep,
  check: () => [],
  amounts: ({ amount }) => [amount],
  quantities: () => [],
  compile: (terms, scales) => stairstep.compile(asStep(terms), scales),
}

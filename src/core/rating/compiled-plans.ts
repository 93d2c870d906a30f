import type { CompiledPrice } from './compiled-price.ts'

/** Plan versions as charging uses them, by their ids. */
export type CompiledPlans = ReadonlyMap<string, { readonly prices: readonly CompiledPrice[] }>

/** The price by which a counter, or a line of a document, was charged. */
export function compiledPriceOf(
  plans: CompiledPlans,
  { planVersionId, priceCode }: { readonly planVersionId: string; readonly priceCode: string },
): CompiledPrice | undefined {
  return plans.get(planVersionId)?.prices.find(({ price: { code } }) => code === priceCode)
}

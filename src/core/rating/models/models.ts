import type { RateTerms } from '../../catalog/rate-terms.ts'
import { costPlus } from './cost-plus.ts'
import { dynamic } from './dynamic.ts'
import { flat } from './flat.ts'
import { graduated } from './graduated.ts'
import { graduatedPercentage } from './graduated-percentage.ts'
import { packagePrice } from './package.ts'
import { perUnit } from './per-unit.ts'
import { percentage } from './percentage.ts'
import type { PriceModel } from './price-model.ts'
import { stairstep } from './stairstep.ts'
import { volume } from './volume.ts'

/** Every price model by the code that plan files use. A new model is one file and one line here. */
const MODELS = {
  per_unit: perUnit,
  graduated,
  volume,
  stairstep,
  flat,
  package: packagePrice,
  percentage,
  graduated_percentage: graduatedPercentage,
  dynamic,
  cost_plus: costPlus,
}

/** The names that plan files choose by. */
export const MODEL_CODES: readonly string[] = Object.keys(MODELS)

/** Those that can price a number of seats. */
export const SEAT_MODEL_CODES: readonly string[] = Object.entries<Pick<PriceModel<never, unknown>, 'isOfMoney'>>(MODELS)
  .filter(([, model]) => model.isOfMoney !== true)
  .map(([code]) => code)

/** The model of some terms. What `compile` returns only goes back into the same model. */
export function modelOf(terms: RateTerms): PriceModel<RateTerms, unknown> {
  return MODELS[terms.model] as unknown as PriceModel<RateTerms, unknown>
}

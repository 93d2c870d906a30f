/** What something is, as far as its place of supply and its taxability depend on it. */
export type SupplyNature =
  | 'goods'
  | 'service'
  | 'telecom'
  | 'electronic'
  | 'exempt'
  | 'out_of_scope'
  | 'multi_purpose_voucher'
  | 'used_voucher'

/** The tax class of a price. */
export interface TaxClass {
  readonly code: string
  readonly name: string
  readonly nature: SupplyNature
  /** Classes of rates, the one that is taken first before the others: a country may have a rate for telecommunication, most have not. */
  readonly rates: readonly string[]
}

const row = (code: string, nature: SupplyNature, rates: string, name: string): TaxClass => ({
  code,
  name,
  nature,
  rates: rates === '' ? [] : rates.split(' '),
})

const REDUCED = ['reduced', 'reduced_2', 'reduced_3', 'super_reduced', 'parking', 'zero'] as const

/**
 * The classes that prices may have. A voucher for one purpose is taxed when it is sold, as what it buys: its price has the class of that.
 * A voucher or top-up for several purposes is taxed when it is used (Directive 2006/112/EC art. 30b).
 */
const TAX_CLASSES: readonly TaxClass[] = [
  row(
    'general',
    'service',
    'general standard',
    'services that no other class is for, taxed at the seller for consumers',
  ),
  row('goods', 'goods', 'goods standard', 'things that are delivered'),
  row('telecom', 'telecom', 'telecom standard', 'telecommunication and broadcasting, taxed where the consumer is'),
  row('mobile', 'telecom', 'mobile telecom standard', 'service of a mobile network: some countries add a charge'),
  row('telecom_wholesale', 'telecom', 'telecom standard', 'telecommunication to those who sell it on'),
  row(
    'electronic',
    'electronic',
    'electronic standard',
    'electronically supplied services, taxed where the consumer is',
  ),
  row('sim_card', 'goods', 'sim_card goods standard', 'SIM cards: some countries have a levy on each'),
  ...REDUCED.flatMap((rate) => [
    row(`${rate}_goods`, 'goods', rate, `goods at the country's rate "${rate}"`),
    row(`${rate}_service`, 'service', rate, `services at the country's rate "${rate}"`),
    row(
      `${rate}_electronic`,
      'electronic',
      rate,
      `electronic services, such as e-books, at the country's rate "${rate}"`,
    ),
  ]),
  row('exempt', 'exempt', '', 'exempt by what it is, such as insurance or postage stamps'),
  row('out_of_scope', 'out_of_scope', '', 'no supply at all, such as damages or a deposit'),
  row(
    'multi_purpose_voucher',
    'multi_purpose_voucher',
    '',
    'top-ups and vouchers for several purposes: taxed when used',
  ),
  row('used_voucher', 'used_voucher', '', 'what money pays for that was taxed when it was sold'),
]

const BY_CODE = new Map(TAX_CLASSES.map((one) => [one.code, one]))

export function findTaxClass(code: string): TaxClass | undefined {
  return BY_CODE.get(code)
}

export const TAX_CLASS_CODES: readonly string[] = TAX_CLASSES.map(({ code }) => code)

/** Classes that rates may have, in no order: those that some tax class asks for. A row of another would never be taken. */
export const RATE_CLASSES: readonly string[] = [...new Set(TAX_CLASSES.flatMap(({ rates }) => rates))]

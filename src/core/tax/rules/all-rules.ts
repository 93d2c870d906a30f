import { DOMESTIC } from './domestic.ts'
import { EXEMPT, SELLERS_WITHOUT_TAX } from './exempt.ts'
import { EXPORT } from './export.ts'
import { GST_AND_PST } from './gst-and-pst.ts'
import { INTRA_COMMUNITY } from './intra-community.ts'
import { ONE_STOP_SHOP } from './one-stop-shop.ts'
import { OUT_OF_SCOPE } from './out-of-scope.ts'
import { REVERSE_CHARGE } from './reverse-charge.ts'
import { SALES_TAX } from './sales-tax.ts'
import type { TaxRule } from './tax-rule.ts'

/** All rules in the order in which they are asked: the first that is about a supply decides. */
export const TAX_RULES: readonly TaxRule[] = [
  ...OUT_OF_SCOPE,
  ...EXEMPT,
  ...REVERSE_CHARGE,
  ...SELLERS_WITHOUT_TAX,
  ...INTRA_COMMUNITY,
  ...SALES_TAX,
  ...GST_AND_PST,
  ...DOMESTIC,
  ...ONE_STOP_SHOP,
  ...EXPORT,
]

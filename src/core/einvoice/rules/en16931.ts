import { CODE_LIST_RULES } from './code-list-rules.ts'
import { DECIMALS } from './decimals.ts'
import { REQUIRED } from './required.ts'
import type { Rule } from './rule.ts'
import { TOTALS } from './totals.ts'
import { VAT_CATEGORY_RULES } from './vat-categories.ts'

/** All business rules of EN 16931. */
export const EN16931: readonly Rule[] = [...REQUIRED, ...TOTALS, ...DECIMALS, ...VAT_CATEGORY_RULES, ...CODE_LIST_RULES]

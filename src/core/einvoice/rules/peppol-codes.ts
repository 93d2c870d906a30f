import { adapted } from './code-list-rules.ts'
import { breakdown } from './contexts.ts'
import { isBetweenGermans } from './german-parties.ts'
import { each, type Rule, rule } from './rule.ts'

/** Kinds of electronic addresses that Peppol does not carry to, such as EM for e-mail. */
const NOT_CARRIED =
  '0037 0147 0154 0158 0170 0177 0193 0194 0202 0203 0205 0212 0213 0215 0217 0219 0220 AN AQ AS AU EM'.split(' ')

/** The kinds of documents that Peppol lets through (BT-3). */
const INVOICES = new Set(
  '71 80 82 84 102 218 219 326 331 380 382 383 384 386 388 393 395 553 575 623 780 817 870 875 876 877'.split(' '),
)
const CREDIT_NOTES = new Set('381 396 81 83 532'.split(' '))
/** Types that only German organisations use between each other: partial and corrected invoices. */
const GERMAN_TYPES = new Set(['326', '384'])

/** Reasons of exemption that belong to one category. */
const REASONS: readonly (readonly [id: string, reason: string, category: string])[] = [
  ['P0104', 'VATEX-EU-G', 'G'],
  ['P0105', 'VATEX-EU-O', 'O'],
  ['P0106', 'VATEX-EU-IC', 'K'],
  ['P0107', 'VATEX-EU-AE', 'AE'],
  ['P0108', 'VATEX-EU-D', 'E'],
  ['P0109', 'VATEX-EU-F', 'E'],
  ['P0110', 'VATEX-EU-I', 'E'],
  ['P0111', 'VATEX-EU-J', 'E'],
]

/** What Peppol says about codes: PEPPOL-EN16931-CL* and P*. */
export const PEPPOL_CODES: readonly Rule[] = [
  adapted('BR-CL-24', 'PEPPOL-EN16931-CL001'),
  adapted('BR-CL-19', 'PEPPOL-EN16931-CL002'),
  adapted('BR-CL-20', 'PEPPOL-EN16931-CL003'),
  adapted('BR-CL-06', 'PEPPOL-EN16931-CL006'),
  adapted('BR-CL-03', 'PEPPOL-EN16931-CL007'),
  adapted('BR-CL-25', 'PEPPOL-EN16931-CL008', { fewer: NOT_CARRIED }),
  rule(
    'PEPPOL-EN16931-P0100',
    'Make the type code of an invoice (BT-3) one that Peppol has, such as 380.',
    ({ typeCode }, { syntax }) =>
      syntax === 'ubl-credit-note' ||
      typeCode === undefined ||
      INVOICES.has(typeCode) ||
      (syntax === 'cii' && CREDIT_NOTES.has(typeCode)),
  ),
  rule(
    'PEPPOL-EN16931-P0101',
    'Make the type code of a credit note (BT-3) one that Peppol has, such as 381.',
    ({ typeCode }, { syntax }) => syntax !== 'ubl-credit-note' || typeCode === undefined || CREDIT_NOTES.has(typeCode),
  ),
  rule(
    'PEPPOL-EN16931-P0112',
    'Use the type codes 326 and 384 (BT-3) between German organisations only.',
    (document) => !GERMAN_TYPES.has(document.typeCode ?? '') || isBetweenGermans(document),
  ),
  ...REASONS.map(([id, reason, category]) =>
    each(
      `PEPPOL-EN16931-${id}`,
      breakdown,
      `Use the reason ${reason} (BT-121) with category ${category} (BT-118) only.`,
      (row) => row.exemptionReasonCode?.toUpperCase() !== reason || row.category === category,
    ),
  ),
]

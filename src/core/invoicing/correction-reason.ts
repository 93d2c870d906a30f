import type { Language } from '../words/languages.ts'
import { WORDS } from '../words/words.ts'

/** Why a document is corrected, as lists and reports count it. */
export const CORRECTION_REASONS = ['goodwill', 'billing_error', 'returned', 'duplicate', 'disputed', 'other'] as const
export type CorrectionReason = (typeof CORRECTION_REASONS)[number]

/** As it is printed where nobody wrote a text: `billing_error` is `Abrechnungsfehler` in German. */
export function reasonText(language: Language, reason: CorrectionReason): string {
  return WORDS[language].document[reason]
}

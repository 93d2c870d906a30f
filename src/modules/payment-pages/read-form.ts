import { currencyOf } from '../../core/base/currency.ts'
import { isUuid } from '../../core/base/id.ts'
import { parseMinor } from '../../core/base/money.ts'
import type { Language } from '../../core/words/languages.ts'
import { WORDS } from '../../core/words/words.ts'

/** Of a form of a few short fields. */
export const FORM_BYTES = 4_096

export interface SentForm {
  /** As it was made with the page; null where it is none. */
  readonly id: string | null
  readonly amount: string
}

/** What a browser has sent: `application/x-www-form-urlencoded`. The first of several fields of a name counts. */
export function readForm(body: Buffer): SentForm {
  const fields = new URLSearchParams(body.toString('utf8'))
  const id = fields.get('form') ?? ''
  return { id: isUuid(id) ? id : null, amount: (fields.get('amount') ?? '').slice(0, 40) }
}

/**
 * An amount as people type it: `12`, `12.5`, `12,50`, `1 250,00`. Groups of thousands are blanks alone, so that `1,000` is never one euro nor
 * a thousand by mistake: of a sign with three digits behind it only the decimal sign of the language is one.
 * @returns minor units; null where it is none
 */
export function readAmount(text: string, currency: string, language: Language): bigint | null {
  const plain = text.replaceAll(/[\s\u00a0\u202f]/g, '')
  const [, whole, sign, fraction = ''] = /^(\d{1,15})(?:([.,])(\d+))?$/.exec(plain) ?? []
  if (whole === undefined || fraction.length > currencyOf(currency).minorDigits) return null
  if (fraction.length === 3 && sign !== WORDS[language].format.decimal) return null
  return parseMinor(fraction === '' ? whole : `${whole}.${fraction}`, currency)
}

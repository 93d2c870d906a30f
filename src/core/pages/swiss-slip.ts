import type { PaymentCode } from '../payment-codes/payment-order.ts'
import type { Language } from '../words/languages.ts'

/**
 * The payment slip of a Swiss QR-bill, as the Swiss Implementation Guidelines 2.3 and their style guide have it: 210 × 105 mm at the foot
 * of a page of A4, a receipt on the left and the payment part beside it. All that it says stands in its code.
 */
export interface SlipBlock {
  readonly kind: 'slip'
  readonly code: PaymentCode
  /** What stands above the line along which it is cut off. */
  readonly note: string
  readonly receipt: SlipPart & { readonly acceptance: string }
  readonly payment: SlipPart
  readonly currency: SlipSection
  readonly amount: SlipSection
}

interface SlipPart {
  readonly title: string
  readonly sections: readonly SlipSection[]
}

/** A heading with its lines; without any it is a field that somebody fills in with a pen. */
interface SlipSection {
  readonly label: string
  readonly lines: readonly string[]
}

/** The standard has its headings in these four languages, and no others. */
const HEADINGS = {
  de: {
    ...{ payment: 'Zahlteil', receipt: 'Empfangsschein', account: 'Konto / Zahlbar an', reference: 'Referenz' },
    ...{ additional: 'Zusätzliche Informationen', currency: 'Währung', amount: 'Betrag', acceptance: 'Annahmestelle' },
    ...{ separate: 'Vor der Einzahlung abzutrennen', payer: 'Zahlbar durch' },
    blankPayer: 'Zahlbar durch (Name/Adresse)',
  },
  fr: {
    ...{ payment: 'Section paiement', receipt: 'Récépissé', account: 'Compte / Payable à', reference: 'Référence' },
    ...{ additional: 'Informations supplémentaires', currency: 'Monnaie', amount: 'Montant' },
    ...{ acceptance: 'Point de dépôt', separate: 'A détacher avant le versement', payer: 'Payable par' },
    blankPayer: 'Payable par (nom/adresse)',
  },
  it: {
    ...{ payment: 'Sezione pagamento', receipt: 'Ricevuta', account: 'Conto / Pagabile a', reference: 'Riferimento' },
    ...{ additional: 'Informazioni supplementari', currency: 'Valuta', amount: 'Importo' },
    ...{ acceptance: 'Punto di accettazione', separate: 'Da staccare prima del versamento', payer: 'Pagabile da' },
    blankPayer: 'Pagabile da (nome/indirizzo)',
  },
  en: {
    ...{ payment: 'Payment part', receipt: 'Receipt', account: 'Account / Payable to', reference: 'Reference' },
    ...{ additional: 'Additional information', currency: 'Currency', amount: 'Amount', acceptance: 'Acceptance point' },
    ...{ separate: 'Separate before paying in', payer: 'Payable by', blankPayer: 'Payable by (name/address)' },
  },
} as const

/** The slip of a code, in German, French or Italian, or else in English. @param code as `core/payment-codes/swiss.ts` writes it */
export function swissSlip(language: Language, code: PaymentCode): SlipBlock {
  const words = HEADINGS[language in HEADINGS ? (language as keyof typeof HEADINGS) : 'en']
  const fields = code.text.split('\n')
  const at = (index: number): string => fields[index] ?? ''
  const payer = addressAt(fields, 20)
  const reference = at(28)
  const section = (label: string, lines: readonly string[]): SlipSection[] => {
    const told = lines.filter((line) => line !== '')
    return told.length === 0 ? [] : [{ label, lines: told }]
  }
  const account = section(words.account, [inGroups(at(3)), ...addressAt(fields, 4)])
  const referred = section(words.reference, [at(27) === 'QRR' ? qrGroups(reference) : inGroups(reference)])
  const payable = { label: payer.length === 0 ? words.blankPayer : words.payer, lines: payer }
  return {
    kind: 'slip',
    code,
    note: words.separate,
    receipt: {
      title: words.receipt,
      sections: [...account, ...referred, payable],
      acceptance: words.acceptance,
    },
    payment: {
      title: words.payment,
      sections: [...account, ...referred, ...section(words.additional, [at(29)]), payable],
    },
    currency: { label: words.currency, lines: [at(19)] },
    // Blanks between thousands, whatever the language.
    amount: { label: words.amount, lines: [at(18).replaceAll(/\B(?=(\d{3})+\.)/g, ' ')] },
  }
}

/** Name, street, and place of a party whose seven fields begin with `S`; nothing where they are empty. */
function addressAt(fields: readonly string[], from: number): string[] {
  const [type = '', name = '', street = '', house = '', postcode = '', city = '', country = ''] = fields.slice(
    from,
    from + 7,
  )
  if (type === '') return []
  const place = `${country === 'CH' || country === 'LI' ? '' : `${country}-`}${postcode} ${city}`
  return [name, `${street} ${house}`.trim(), place.trim()].filter((line) => line !== '')
}

/** `CH44 3199 9123 0008 8901 2`, `RF73 INV0 0012 3` */
function inGroups(text: string): string {
  return text.replaceAll(/.{4}(?=.)/g, (group) => `${group} `)
}

/** Two digits, and groups of five: `21 00000 00003 13947 14300 09017`. */
function qrGroups(reference: string): string {
  return `${reference.slice(0, 2)} ${reference.slice(2).replaceAll(/.{5}(?=.)/g, (group) => `${group} `)}`
}

/** An address as a form of the post has it. */
export interface PostalAddress {
  readonly street: string
  readonly postcode: string
  readonly city: string
  /** ISO 3166-1, `CH`. */
  readonly country: string
}

/** Who is to be paid, and where. */
interface Payee {
  readonly name: string
  /** ISO 13616; blanks between its groups are of no account. */
  readonly iban?: string | undefined
  /** ISO 9362. Banks of the European Economic Area do without. */
  readonly bic?: string | undefined
  /** `shop@bank`: where money goes to in the Indian UPI. */
  readonly virtualAddress?: string | undefined
  /** What the state knows the payee by: EDRPOU (8 digits) or RNOKPP (10 digits) in Ukraine. */
  readonly taxCode?: string | undefined
  readonly address?: PostalAddress | undefined
}

/** What a payer's banking application reads from a code, so that nothing has to be typed. */
export interface PaymentOrder {
  readonly payee: Payee
  /** More than zero. */
  readonly amountMinor: bigint
  /** ISO 4217. */
  readonly currency: string
  /** Of the document, `INV-000123`: the payee recognises the payment by it. */
  readonly documentNumber: string
  /** For people: `Invoice INV-000123 of 2026-02-01`. What does not fit is cut off at its end. */
  readonly purpose: string
  /** Who is asked to pay, where a scheme prints it. */
  readonly payer?: { readonly name: string; readonly address: PostalAddress }
}

/** The text of a code, and how many errors of reading it corrects (ISO/IEC 18004: L 7 %, M 15 %). */
export interface PaymentCode {
  readonly text: string
  readonly correction: 'L' | 'M'
  /** What stands in the middle of it: the Swiss cross has seven millimetres. */
  readonly mark?: 'swiss_cross'
}

/** Why a scheme cannot say an order. */
interface Unfit {
  readonly unfit: string
}

/** What a scheme is for, and how it says an order. */
export interface CodeScheme {
  readonly name: string
  /** Whether a payee has an account of this scheme for this currency: only then may something be missing. */
  readonly isFor: (order: PaymentOrder) => boolean
  readonly write: (order: PaymentOrder) => PaymentCode | Unfit
}

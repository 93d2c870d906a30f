import type { Decimal } from '../base/decimal.ts'

/**
 * An invoice or credit note as EN 16931-1 describes it, whatever file it comes from. BT-… and BG-… are the standard's numbers of
 * terms and groups. A field that a file does not have is absent: whether it must be there is a question of the rules, not of the
 * model. Days are ISO 8601 (`2026-01-31`); amounts are exact decimals with the digits that were written.
 */
export interface EInvoice {
  readonly number?: string // BT-1
  readonly issueDate?: string // BT-2
  /** UNTDID 1001: 380 is an invoice, 381 a credit note. */
  readonly typeCode?: string // BT-3
  readonly currency?: string // BT-5
  /** The currency in which VAT is told once more, where the seller's country wants that. */
  readonly vatCurrency?: string // BT-6
  readonly vatPointDate?: string // BT-7
  /** UNTDID 2005: 3 is the issue date, 35 the delivery date, 432 the date of payment. */
  readonly vatPointDateCode?: string // BT-8
  readonly dueDate?: string // BT-9
  readonly buyerReference?: string // BT-10
  readonly projectReference?: string // BT-11
  readonly contractReference?: string // BT-12
  readonly purchaseOrderReference?: string // BT-13
  readonly salesOrderReference?: string // BT-14
  readonly receivingAdviceReference?: string // BT-15
  readonly despatchAdviceReference?: string // BT-16
  readonly tenderOrLotReference?: string // BT-17
  readonly invoicedObject?: Identifier // BT-18
  readonly buyerAccountingReference?: string // BT-19
  readonly paymentTerms?: string // BT-20
  readonly notes: readonly Note[] // BG-1
  readonly businessProcess?: string // BT-23
  /** Which rules the document claims to follow. */
  readonly specification?: string // BT-24
  readonly precedingInvoices: readonly PrecedingInvoice[] // BG-3
  readonly seller?: Party // BG-4
  readonly buyer?: Party // BG-7
  readonly payee?: Payee // BG-10
  readonly taxRepresentative?: TaxRepresentative // BG-11
  readonly delivery?: Delivery // BG-13
  readonly period?: Period // BG-14
  readonly remittanceInformation?: string // BT-83
  readonly mandateReference?: string // BT-89
  readonly creditorId?: string // BT-90
  /** One for each account or card that can be paid with. */
  readonly payments: readonly PaymentInstruction[] // BG-16
  readonly allowances: readonly AllowanceCharge[] // BG-20
  readonly charges: readonly AllowanceCharge[] // BG-21
  readonly totals?: Totals // BG-22
  readonly vatBreakdown: readonly VatBreakdown[] // BG-23
  readonly attachments: readonly SupportingDocument[] // BG-24
  readonly lines: readonly Line[] // BG-25
}

/** A value of somebody's list, with which list that is. */
export interface Identifier {
  readonly value: string
  readonly scheme?: string
  readonly schemeVersion?: string
}

export interface Note {
  readonly subjectCode?: string // BT-21
  readonly text?: string // BT-22
}

export interface PrecedingInvoice {
  readonly number?: string // BT-25
  readonly issueDate?: string // BT-26
}

/** Seller (BG-4) or buyer (BG-7). */
export interface Party {
  readonly name?: string // BT-27, BT-44
  readonly tradingName?: string // BT-28, BT-45
  readonly identifiers: readonly Identifier[] // BT-29, BT-46
  readonly legalRegistration?: Identifier // BT-30, BT-47
  readonly vatId?: string // BT-31, BT-48
  /** The number that a tax office knows the seller by, where it is no VAT identifier. */
  readonly taxRegistration?: string // BT-32
  readonly legalInformation?: string // BT-33
  readonly electronicAddress?: Identifier // BT-34, BT-49
  readonly address?: Address // BG-5, BG-8
  readonly contact?: Contact // BG-6, BG-9
}

export interface Address {
  readonly line1?: string // BT-35, BT-50, BT-64, BT-75
  readonly line2?: string // BT-36, BT-51, BT-65, BT-76
  readonly line3?: string // BT-162, BT-163, BT-164, BT-165
  readonly city?: string // BT-37, BT-52, BT-66, BT-77
  readonly postCode?: string // BT-38, BT-53, BT-67, BT-78
  readonly subdivision?: string // BT-39, BT-54, BT-68, BT-79
  readonly country?: string // BT-40, BT-55, BT-69, BT-80
}

export interface Contact {
  readonly name?: string // BT-41, BT-56
  readonly telephone?: string // BT-42, BT-57
  readonly email?: string // BT-43, BT-58
}

export interface Payee {
  readonly name?: string // BT-59
  readonly identifier?: Identifier // BT-60
  readonly legalRegistration?: Identifier // BT-61
}

export interface TaxRepresentative {
  readonly name?: string // BT-62
  readonly vatId?: string // BT-63
  readonly address?: Address // BG-12
}

export interface Delivery {
  readonly name?: string // BT-70
  readonly location?: Identifier // BT-71
  readonly date?: string // BT-72
  readonly address?: Address // BG-15
}

/** Both days are part of it. */
export interface Period {
  readonly start?: string // BT-73, BT-134
  readonly end?: string // BT-74, BT-135
}

export interface PaymentInstruction {
  /** UNTDID 4461: 58 is a SEPA credit transfer, 59 a SEPA direct debit, 48 a card. */
  readonly code?: string // BT-81
  readonly text?: string // BT-82
  readonly account?: PaymentAccount // BG-17
  readonly card?: PaymentCard // BG-18
  readonly debitedAccount?: string // BT-91
}

export interface PaymentAccount {
  readonly id?: string // BT-84
  readonly name?: string // BT-85
  readonly bankId?: string // BT-86
}

export interface PaymentCard {
  /** The last digits of the card's number. */
  readonly number?: string // BT-87
  readonly network?: string
  readonly holder?: string // BT-88
}

/** What is taken off (allowance) or added (charge); on a line without a category of its own. */
export interface AllowanceCharge {
  readonly amount?: Decimal // BT-92, BT-99, BT-136, BT-141
  readonly baseAmount?: Decimal // BT-93, BT-100, BT-137, BT-142
  readonly percentage?: Decimal // BT-94, BT-101, BT-138, BT-143
  readonly vatCategory?: string // BT-95, BT-102
  readonly vatRate?: Decimal // BT-96, BT-103
  readonly reason?: string // BT-97, BT-104, BT-139, BT-144
  readonly reasonCode?: string // BT-98, BT-105, BT-140, BT-145
}

export interface Totals {
  readonly lines?: Decimal // BT-106
  readonly allowances?: Decimal // BT-107
  readonly charges?: Decimal // BT-108
  readonly withoutVat?: Decimal // BT-109
  readonly vat?: Decimal // BT-110
  readonly vatInVatCurrency?: Decimal // BT-111
  readonly withVat?: Decimal // BT-112
  readonly paid?: Decimal // BT-113
  readonly rounding?: Decimal // BT-114
  readonly due?: Decimal // BT-115
}

export interface VatBreakdown {
  readonly taxable?: Decimal // BT-116
  readonly tax?: Decimal // BT-117
  readonly category?: string // BT-118
  readonly rate?: Decimal // BT-119
  readonly exemptionReason?: string // BT-120
  readonly exemptionReasonCode?: string // BT-121
}

export interface SupportingDocument {
  readonly reference?: string // BT-122
  readonly description?: string // BT-123
  readonly url?: string // BT-124
  readonly file?: AttachedFile // BT-125
}

export interface AttachedFile {
  /** Base64, as the document has it. */
  readonly content: string
  readonly mimeType?: string
  readonly name?: string
}

export interface Line {
  readonly id?: string // BT-126
  readonly note?: string // BT-127
  readonly invoicedObject?: Identifier // BT-128
  readonly quantity?: Quantity // BT-129, BT-130
  readonly netAmount?: Decimal // BT-131
  readonly purchaseOrderLine?: string // BT-132
  readonly buyerAccountingReference?: string // BT-133
  readonly period?: Period // BG-26
  readonly allowances: readonly AllowanceCharge[] // BG-27
  readonly charges: readonly AllowanceCharge[] // BG-28
  readonly price?: Price // BG-29
  readonly vatCategory?: string // BT-151
  readonly vatRate?: Decimal // BT-152
  readonly item?: Item // BG-31
}

export interface Quantity {
  readonly value?: Decimal
  /** UN/ECE Recommendation 20 or 21: C62 is one, MON a month, MIN a minute. */
  readonly unit?: string
}

export interface Price {
  readonly net?: Decimal // BT-146
  readonly discount?: Decimal // BT-147
  readonly gross?: Decimal // BT-148
  readonly baseQuantity?: Quantity // BT-149, BT-150
}

export interface Item {
  readonly name?: string // BT-153
  readonly description?: string // BT-154
  readonly sellersId?: string // BT-155
  readonly buyersId?: string // BT-156
  readonly standardId?: Identifier // BT-157
  readonly classifications: readonly Identifier[] // BT-158
  readonly originCountry?: string // BT-159
  readonly attributes: readonly ItemAttribute[] // BG-32
}

export interface ItemAttribute {
  readonly name?: string // BT-160
  readonly value?: string // BT-161
}

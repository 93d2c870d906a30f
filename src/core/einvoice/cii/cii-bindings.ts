import {
  type Binding,
  completed,
  fieldsOf,
  firstOnly,
  group,
  type Made,
  optionalGroup,
  repeated,
} from '../binding/binding.ts'
import {
  attachedFile,
  type Codec,
  classification,
  compactDay,
  decimalNumber,
  identifier,
  mapped,
  quantity,
  termsText,
  text,
} from '../binding/codecs.ts'
import { parsePath, place } from '../binding/path.ts'
import type {
  AllowanceCharge,
  EInvoice,
  Identifier,
  Item,
  ItemAttribute,
  Line,
  Note,
  PaymentAccount,
  PaymentCard,
  PaymentInstruction,
  Period,
  PrecedingInvoice,
  Price,
  SupportingDocument,
  VatBreakdown,
} from '../document.ts'
import { accountId, amount, day, totals, withGross } from './cii-codecs.ts'
import { delivery, party, payee, taxRepresentative } from './cii-parties.ts'

const deal = fieldsOf<AllowanceCharge>()
const CATEGORY = 'ram:CategoryTradeTax[ram:TypeCode=VAT]'
const allowanceCharge: Codec<AllowanceCharge> = group([
  deal.one('percentage', 'ram:CalculationPercent', decimalNumber),
  deal.one('baseAmount', 'ram:BasisAmount', amount),
  deal.one('amount', 'ram:ActualAmount', amount),
  deal.one('reasonCode', 'ram:ReasonCode', text),
  deal.one('reason', 'ram:Reason', text),
  deal.one('vatCategory', `${CATEGORY}/ram:CategoryCode`, text),
  deal.one('vatRate', `${CATEGORY}/ram:RateApplicablePercent`, decimalNumber),
])
const ALLOWANCES = 'ram:SpecifiedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=false,0]*'
const CHARGES = 'ram:SpecifiedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=true,1]*'

const days = fieldsOf<Period>()
const period: Codec<Period> = group([
  days.one('start', 'ram:StartDateTime', day),
  days.one('end', 'ram:EndDateTime', day),
])

const pay = fieldsOf<PaymentInstruction>()
const bank = fieldsOf<PaymentAccount>()
const card = fieldsOf<PaymentCard>()
const ACCOUNT = 'ram:PayeePartyCreditorFinancialAccount'
const paymentInstruction: Codec<PaymentInstruction> = group([
  pay.one('code', 'ram:TypeCode', text),
  pay.one('text', 'ram:Information', text),
  pay.one(
    'card',
    'ram:ApplicableTradeSettlementFinancialCard',
    group([card.one('number', 'ram:ID', text), card.one('holder', 'ram:CardholderName', text)]),
  ),
  pay.one('debitedAccount', 'ram:PayerPartyDebtorFinancialAccount/ram:IBANID', text),
  pay.one('account', ACCOUNT, group([accountId, bank.one('name', 'ram:AccountName', text)])),
  {
    read: (element, made, reading) => {
      const bankOf: Made<PaymentAccount> = {}
      bank
        .one('bankId', 'ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID', text)
        .read(element, bankOf, reading)
      if (bankOf.bankId !== undefined) made.account = { ...made.account, ...bankOf }
    },
    write: ({ account }, element) => {
      if (account?.bankId !== undefined)
        place(element, parsePath('ram:PayeeSpecifiedCreditorFinancialInstitution/ram:BICID')).text = account.bankId
    },
  },
])

/** UNTDID 2475, which CII has where the model has UNTDID 2005. */
const vatPointCode = mapped([
  ['3', '5'],
  ['35', '29'],
  ['432', '72'],
])

const row = fieldsOf<VatBreakdown>()
const vatRow: Codec<VatBreakdown> = group([
  row.one('tax', 'ram:CalculatedAmount', amount),
  row.one('exemptionReason', 'ram:ExemptionReason', text),
  row.one('taxable', 'ram:BasisAmount', amount),
  row.one('category', 'ram:CategoryCode', text),
  row.one('exemptionReasonCode', 'ram:ExemptionReasonCode', text),
  row.one('rate', 'ram:RateApplicablePercent', decimalNumber),
])

const support = fieldsOf<SupportingDocument>()
const supportingDocument: Codec<SupportingDocument> = group([
  support.one('reference', 'ram:IssuerAssignedID', text),
  support.one('url', 'ram:URIID', text),
  support.one('description', 'ram:Name', text),
  support.one('file', 'ram:AttachmentBinaryObject', attachedFile),
])

const object = fieldsOf<Partial<Identifier>>()
const anyObject: Codec<Partial<Identifier>> = group([
  object.one('value', 'ram:IssuerAssignedID', text),
  object.one('scheme', 'ram:ReferenceTypeCode', text),
])
/** A scheme without a value says nothing. */
const invoicedObject: Codec<Identifier> = {
  read: (element, reading) => {
    const { value, ...rest } = anyObject.read(element, reading) ?? {}
    return value === undefined ? undefined : { value, ...rest }
  },
  write: anyObject.write,
}

const thing = fieldsOf<Item>()
const property = fieldsOf<ItemAttribute>()
const item: Codec<Item> = group([
  thing.one('standardId', 'ram:GlobalID', identifier),
  thing.one('sellersId', 'ram:SellerAssignedID', text),
  thing.one('buyersId', 'ram:BuyerAssignedID', text),
  thing.one('name', 'ram:Name', text),
  thing.one('description', 'ram:Description', text),
  thing.many(
    'attributes',
    'ram:ApplicableProductCharacteristic*',
    group([property.one('name', 'ram:Description', text), property.one('value', 'ram:Value', text)]),
  ),
  thing.many('classifications', 'ram:DesignatedProductClassification*/ram:ClassCode', classification),
  thing.one('originCountry', 'ram:OriginTradeCountry/ram:ID', text),
])

const cost = fieldsOf<Price>()
const NET = 'ram:NetPriceProductTradePrice'
const GROSS = 'ram:GrossPriceProductTradePrice'
const DISCOUNT = `${GROSS}/ram:AppliedTradeAllowanceCharge[ram:ChargeIndicator/udt:Indicator=false,0,]`
const price: Codec<Price> = completed(
  optionalGroup([
    cost.one('gross', `${GROSS}/ram:ChargeAmount`, amount),
    cost.one('discount', `${DISCOUNT}/ram:ActualAmount`, amount),
    cost.one('net', `${NET}/ram:ChargeAmount`, amount),
    repeated<Price, 'baseQuantity'>('baseQuantity', [NET, GROSS], 'ram:BasisQuantity', quantity),
  ]),
  withGross,
)

const line = fieldsOf<Line>()
const LINE_TAX = 'ram:ApplicableTradeTax[ram:TypeCode=VAT]'
const ACCOUNTING = 'ram:ReceivableSpecifiedTradeAccountingAccount/ram:ID'
const lineItem: Codec<Line> = group([
  line.one('id', 'ram:AssociatedDocumentLineDocument/ram:LineID', text),
  line.one('note', 'ram:AssociatedDocumentLineDocument/ram:IncludedNote/ram:Content', text),
  line.one('item', 'ram:SpecifiedTradeProduct', item),
  line.one('purchaseOrderLine', 'ram:SpecifiedLineTradeAgreement/ram:BuyerOrderReferencedDocument/ram:LineID', text),
  line.one('price', 'ram:SpecifiedLineTradeAgreement', price),
  line.one('quantity', 'ram:SpecifiedLineTradeDelivery/ram:BilledQuantity', quantity),
  line.inside('ram:SpecifiedLineTradeSettlement', [
    line.one('vatCategory', `${LINE_TAX}/ram:CategoryCode`, text),
    line.one('vatRate', `${LINE_TAX}/ram:RateApplicablePercent`, decimalNumber),
    line.one('period', 'ram:BillingSpecifiedPeriod', period),
    line.many('allowances', ALLOWANCES, allowanceCharge),
    line.many('charges', CHARGES, allowanceCharge),
    line.one('netAmount', 'ram:SpecifiedTradeSettlementLineMonetarySummation/ram:LineTotalAmount', amount),
    line.one('invoicedObject', 'ram:AdditionalReferencedDocument[ram:TypeCode=130]', invoicedObject),
    line.one('buyerAccountingReference', ACCOUNTING, text),
  ]),
])

const doc = fieldsOf<EInvoice>()
const note = fieldsOf<Note>()
const before = fieldsOf<PrecedingInvoice>()
const TAX = 'ram:ApplicableTradeTax'
const TERMS = 'ram:SpecifiedTradePaymentTerms'

const agreement: readonly Binding<EInvoice>[] = [
  doc.one('buyerReference', 'ram:BuyerReference', text),
  doc.one('seller', 'ram:SellerTradeParty', party),
  doc.one('buyer', 'ram:BuyerTradeParty', party),
  doc.one('taxRepresentative', 'ram:SellerTaxRepresentativeTradeParty', taxRepresentative),
  doc.one('salesOrderReference', 'ram:SellerOrderReferencedDocument/ram:IssuerAssignedID', text),
  doc.one('purchaseOrderReference', 'ram:BuyerOrderReferencedDocument/ram:IssuerAssignedID', text),
  doc.one('contractReference', 'ram:ContractReferencedDocument/ram:IssuerAssignedID', text),
  doc.many('attachments', 'ram:AdditionalReferencedDocument[ram:TypeCode=916]*', supportingDocument),
  doc.one('tenderOrLotReference', 'ram:AdditionalReferencedDocument[ram:TypeCode=50]/ram:IssuerAssignedID', text),
  doc.one('invoicedObject', 'ram:AdditionalReferencedDocument[ram:TypeCode=130]', invoicedObject),
  doc.one('projectReference', 'ram:SpecifiedProcuringProject[ram:Name!|Project reference]/ram:ID', text),
]

/** The element has to be there, whatever is in it. */
const always = (path: string): Binding<EInvoice> => ({
  read: () => undefined,
  write: (_document, element) => void place(element, parsePath(path)),
})

const settlement: readonly Binding<EInvoice>[] = [
  doc.one('creditorId', 'ram:CreditorReferenceID', text),
  doc.one('remittanceInformation', 'ram:PaymentReference', text),
  doc.one('vatCurrency', 'ram:TaxCurrencyCode', text),
  doc.one('currency', 'ram:InvoiceCurrencyCode', text),
  doc.one('payee', 'ram:PayeeTradeParty', payee),
  doc.many('payments', 'ram:SpecifiedTradeSettlementPaymentMeans*', paymentInstruction),
  doc.many('vatBreakdown', `${TAX}[ram:TypeCode=VAT]*`, vatRow),
  repeated<EInvoice, 'vatPointDate'>('vatPointDate', [TAX], 'ram:TaxPointDate', compactDay('udt:DateString')),
  repeated<EInvoice, 'vatPointDateCode'>('vatPointDateCode', [TAX], 'ram:DueDateTypeCode', vatPointCode),
  doc.one('period', 'ram:BillingSpecifiedPeriod', period),
  doc.many('allowances', ALLOWANCES, allowanceCharge),
  doc.many('charges', CHARGES, allowanceCharge),
  doc.one('paymentTerms', `${TERMS}/ram:Description`, termsText),
  doc.one('dueDate', `${TERMS}/ram:DueDateDateTime`, day),
  doc.one('mandateReference', `${TERMS}/ram:DirectDebitMandateID`, text),
  totals,
  // D16B has one reference to a preceding invoice; later versions have more, which are read.
  firstOnly(
    'precedingInvoices',
    doc.many(
      'precedingInvoices',
      'ram:InvoiceReferencedDocument*',
      group([
        before.one('number', 'ram:IssuerAssignedID', text),
        before.one('issueDate', 'ram:FormattedIssueDateTime', compactDay('qdt:DateTimeString')),
      ]),
    ),
  ),
  doc.one('buyerAccountingReference', ACCOUNTING, text),
]

const DELIVERY = 'ram:ApplicableHeaderTradeDelivery'

/** Where each field of a document stands in Cross Industry Invoice D16B, by CEN/TS 16931-3-3. */
export const ciiDocument: Codec<EInvoice> = group([
  doc.inside('rsm:ExchangedDocumentContext', [
    doc.one('businessProcess', 'ram:BusinessProcessSpecifiedDocumentContextParameter/ram:ID', text),
    doc.one('specification', 'ram:GuidelineSpecifiedDocumentContextParameter/ram:ID', text),
  ]),
  doc.inside('rsm:ExchangedDocument', [
    doc.one('number', 'ram:ID', text),
    doc.one('typeCode', 'ram:TypeCode', text),
    doc.one('issueDate', 'ram:IssueDateTime', day),
    doc.many(
      'notes',
      'ram:IncludedNote*',
      group([note.one('text', 'ram:Content', text), note.one('subjectCode', 'ram:SubjectCode', text)]),
    ),
  ]),
  doc.inside('rsm:SupplyChainTradeTransaction', [
    doc.many('lines', 'ram:IncludedSupplyChainTradeLineItem*', lineItem),
    always('ram:ApplicableHeaderTradeAgreement'),
    doc.inside('ram:ApplicableHeaderTradeAgreement', agreement),
    always(DELIVERY),
    doc.one('delivery', DELIVERY, delivery),
    doc.one('despatchAdviceReference', `${DELIVERY}/ram:DespatchAdviceReferencedDocument/ram:IssuerAssignedID`, text),
    doc.one('receivingAdviceReference', `${DELIVERY}/ram:ReceivingAdviceReferencedDocument/ram:IssuerAssignedID`, text),
    always('ram:ApplicableHeaderTradeSettlement'),
    doc.inside('ram:ApplicableHeaderTradeSettlement', settlement),
  ]),
])

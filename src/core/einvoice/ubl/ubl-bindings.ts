import { type Binding, completed, fieldsOf, group, optionalGroup, repeated } from '../binding/binding.ts'
import {
  amountWithCurrency as amount,
  attachedFile,
  type Codec,
  classification,
  decimalNumber,
  identifier,
  isoDay,
  quantity,
  termsText,
  text,
} from '../binding/codecs.ts'
import type {
  Address,
  AllowanceCharge,
  Contact,
  Delivery,
  EInvoice,
  Item,
  ItemAttribute,
  Line,
  Party,
  Payee,
  PaymentAccount,
  PaymentCard,
  PaymentInstruction,
  Period,
  PrecedingInvoice,
  Price,
  SupportingDocument,
  TaxRepresentative,
  Totals,
} from '../document.ts'
import {
  attributeOf,
  cardNetwork,
  noteText,
  periodWithCode,
  purchaseOrder,
  readOnly,
  withDiscount,
} from './ubl-codecs.ts'
import { vatTotals } from './ubl-vat-totals.ts'

/** The elements of a UBL document whose names differ between an invoice and a credit note. */
export interface UblNames {
  readonly typeCode: string
  readonly line: string
  readonly quantity: string
  readonly project: string
  readonly dueDate: readonly Binding<EInvoice>[]
}

const CATEGORY = 'cac:TaxCategory[cac:TaxScheme/cbc:ID=VAT,vat]'
const allowance = fieldsOf<AllowanceCharge>()
const allowanceCharge: Codec<AllowanceCharge> = group([
  allowance.one('reasonCode', 'cbc:AllowanceChargeReasonCode', text),
  allowance.one('reason', 'cbc:AllowanceChargeReason', text),
  allowance.one('percentage', 'cbc:MultiplierFactorNumeric', decimalNumber),
  allowance.one('amount', 'cbc:Amount', amount),
  allowance.one('baseAmount', 'cbc:BaseAmount', amount),
  allowance.one('vatCategory', `${CATEGORY}/cbc:ID`, text),
  allowance.one('vatRate', `${CATEGORY}/cbc:Percent`, decimalNumber),
])
const ALLOWANCES = 'cac:AllowanceCharge[cbc:ChargeIndicator=false,0]*'
const CHARGES = 'cac:AllowanceCharge[cbc:ChargeIndicator=true,1]*'

const place = fieldsOf<Address>()
const address: Codec<Address> = group([
  place.one('line1', 'cbc:StreetName', text),
  place.one('line2', 'cbc:AdditionalStreetName', text),
  place.one('line3', 'cac:AddressLine/cbc:Line', text),
  place.one('city', 'cbc:CityName', text),
  place.one('postCode', 'cbc:PostalZone', text),
  place.one('subdivision', 'cbc:CountrySubentity', text),
  place.one('country', 'cac:Country/cbc:IdentificationCode', text),
])

const VAT_SCHEME = 'cac:PartyTaxScheme[cac:TaxScheme/cbc:ID=VAT,vat]/cbc:CompanyID'
const TAX_SCHEME = 'cac:PartyTaxScheme[cac:TaxScheme/cbc:ID!VAT,vat|FC]/cbc:CompanyID'
/** The creditor identifier (BT-90) stands among the identifiers of the seller or the payee. */
const OWN_IDS = 'cac:PartyIdentification[cbc:ID@schemeID!SEPA]'
const CREDITOR_ID = 'cac:PartyIdentification[cbc:ID@schemeID=SEPA]/cbc:ID'

const who = fieldsOf<Party>()
const contact = fieldsOf<Contact>()
const party: Codec<Party> = group([
  who.one('electronicAddress', 'cbc:EndpointID', identifier),
  who.many('identifiers', `${OWN_IDS}*/cbc:ID`, identifier),
  who.one('tradingName', 'cac:PartyName/cbc:Name', text),
  who.one('address', 'cac:PostalAddress', address),
  who.one('vatId', VAT_SCHEME, text),
  who.one('taxRegistration', TAX_SCHEME, text),
  who.one('name', 'cac:PartyLegalEntity/cbc:RegistrationName', text),
  who.one('legalRegistration', 'cac:PartyLegalEntity/cbc:CompanyID', identifier),
  who.one('legalInformation', 'cac:PartyLegalEntity/cbc:CompanyLegalForm', text),
  who.one(
    'contact',
    'cac:Contact',
    group([
      contact.one('name', 'cbc:Name', text),
      contact.one('telephone', 'cbc:Telephone', text),
      contact.one('email', 'cbc:ElectronicMail', text),
    ]),
  ),
])

const paid = fieldsOf<Payee>()
const payee: Codec<Payee> = group([
  paid.one('identifier', `${OWN_IDS}/cbc:ID`, identifier),
  paid.one('name', 'cac:PartyName/cbc:Name', text),
  paid.one('legalRegistration', 'cac:PartyLegalEntity/cbc:CompanyID', identifier),
])

const agent = fieldsOf<TaxRepresentative>()
const taxRepresentative: Codec<TaxRepresentative> = group([
  agent.one('name', 'cac:PartyName/cbc:Name', text),
  agent.one('address', 'cac:PostalAddress', address),
  agent.one('vatId', VAT_SCHEME, text),
])

const sent = fieldsOf<Delivery>()
const delivery: Codec<Delivery> = optionalGroup([
  sent.one('date', 'cbc:ActualDeliveryDate', isoDay),
  sent.one('location', 'cac:DeliveryLocation/cbc:ID', identifier),
  sent.one('address', 'cac:DeliveryLocation/cac:Address', address),
  sent.one('name', 'cac:DeliveryParty/cac:PartyName/cbc:Name', text),
])

const days = fieldsOf<Period>()
const period: Codec<Period> = group([
  days.one('start', 'cbc:StartDate', isoDay),
  days.one('end', 'cbc:EndDate', isoDay),
])

const pay = fieldsOf<PaymentInstruction>()
const bank = fieldsOf<PaymentAccount>()
const card = fieldsOf<PaymentCard>()
const paymentInstruction: Codec<PaymentInstruction> = group([
  pay.one('code', 'cbc:PaymentMeansCode', text),
  attributeOf<PaymentInstruction>('text', 'cbc:PaymentMeansCode', 'name'),
  pay.one(
    'card',
    'cac:CardAccount',
    group([
      card.one('number', 'cbc:PrimaryAccountNumberID', text),
      cardNetwork,
      card.one('holder', 'cbc:HolderName', text),
    ]),
  ),
  pay.one(
    'account',
    'cac:PayeeFinancialAccount',
    group([
      bank.one('id', 'cbc:ID', text),
      bank.one('name', 'cbc:Name', text),
      bank.one('bankId', 'cac:FinancialInstitutionBranch/cbc:ID', text),
    ]),
  ),
  pay.one('debitedAccount', 'cac:PaymentMandate/cac:PayerFinancialAccount/cbc:ID', text),
])

const sums = fieldsOf<Totals>()
const totals: Codec<Totals> = group([
  sums.one('lines', 'cbc:LineExtensionAmount', amount),
  sums.one('withoutVat', 'cbc:TaxExclusiveAmount', amount),
  sums.one('withVat', 'cbc:TaxInclusiveAmount', amount),
  sums.one('allowances', 'cbc:AllowanceTotalAmount', amount),
  sums.one('charges', 'cbc:ChargeTotalAmount', amount),
  sums.one('paid', 'cbc:PrepaidAmount', amount),
  sums.one('rounding', 'cbc:PayableRoundingAmount', amount),
  sums.one('due', 'cbc:PayableAmount', amount),
])

const support = fieldsOf<SupportingDocument>()
const supportingDocument: Codec<SupportingDocument> = group([
  support.one('reference', 'cbc:ID', text),
  support.one('description', 'cbc:DocumentDescription', text),
  support.one('file', 'cac:Attachment/cbc:EmbeddedDocumentBinaryObject', attachedFile),
  support.one('url', 'cac:Attachment/cac:ExternalReference/cbc:URI', text),
])

const thing = fieldsOf<Item>()
const property = fieldsOf<ItemAttribute>()
const item: Codec<Item> = group([
  thing.one('description', 'cbc:Description', text),
  thing.one('name', 'cbc:Name', text),
  thing.one('buyersId', 'cac:BuyersItemIdentification/cbc:ID', text),
  thing.one('sellersId', 'cac:SellersItemIdentification/cbc:ID', text),
  thing.one('standardId', 'cac:StandardItemIdentification/cbc:ID', identifier),
  thing.one('originCountry', 'cac:OriginCountry/cbc:IdentificationCode', text),
  thing.many('classifications', 'cac:CommodityClassification*/cbc:ItemClassificationCode', classification),
  thing.many(
    'attributes',
    'cac:AdditionalItemProperty*',
    group([property.one('name', 'cbc:Name', text), property.one('value', 'cbc:Value', text)]),
  ),
])

const DISCOUNT = 'cac:AllowanceCharge[cbc:ChargeIndicator=false,0]'
const cost = fieldsOf<Price>()
const price: Codec<Price> = completed(
  group([
    cost.one('net', 'cbc:PriceAmount', amount),
    cost.one('baseQuantity', 'cbc:BaseQuantity', quantity),
    cost.one('discount', `${DISCOUNT}/cbc:Amount`, amount),
    cost.one('gross', `${DISCOUNT}/cbc:BaseAmount`, amount),
  ]),
  withDiscount,
)

const LINE_CATEGORY = 'cac:Item/cac:ClassifiedTaxCategory[cac:TaxScheme/cbc:ID=VAT,vat]'

function lineOf({ quantity: quantityName }: UblNames): Codec<Line> {
  const line = fieldsOf<Line>()
  return group([
    line.one('id', 'cbc:ID', text),
    line.one('note', 'cbc:Note', text),
    line.one('quantity', quantityName, quantity),
    line.one('netAmount', 'cbc:LineExtensionAmount', amount),
    line.one('buyerAccountingReference', 'cbc:AccountingCost', text),
    line.one('period', 'cac:InvoicePeriod', period),
    line.one('purchaseOrderLine', 'cac:OrderLineReference/cbc:LineID', text),
    line.one('invoicedObject', 'cac:DocumentReference[cbc:DocumentTypeCode=130]/cbc:ID', identifier),
    line.many('allowances', ALLOWANCES, allowanceCharge),
    line.many('charges', CHARGES, allowanceCharge),
    line.one('item', 'cac:Item', item),
    line.one('vatCategory', `${LINE_CATEGORY}/cbc:ID`, text),
    line.one('vatRate', `${LINE_CATEGORY}/cbc:Percent`, decimalNumber),
    line.one('price', 'cac:Price', price),
  ])
}

const doc = fieldsOf<EInvoice>()
const before = fieldsOf<PrecedingInvoice>()
const SELLER = 'cac:AccountingSupplierParty/cac:Party'
/** Direct debits of the country and of SEPA. */
const DIRECT_DEBITS = ['49', '59']

/** Where each field of a document stands in UBL 2.1, by CEN/TS 16931-3-2. */
export function ublDocument(names: UblNames): Codec<EInvoice> {
  return group([
    doc.one('specification', 'cbc:CustomizationID', text),
    doc.one('businessProcess', 'cbc:ProfileID', text),
    doc.one('number', 'cbc:ID', text),
    doc.one('issueDate', 'cbc:IssueDate', isoDay),
    doc.one('typeCode', names.typeCode, text),
    doc.many('notes', 'cbc:Note*', noteText),
    doc.one('vatPointDate', 'cbc:TaxPointDate', isoDay),
    doc.one('currency', 'cbc:DocumentCurrencyCode', text),
    doc.one('vatCurrency', 'cbc:TaxCurrencyCode', text),
    doc.one('buyerAccountingReference', 'cbc:AccountingCost', text),
    doc.one('buyerReference', 'cbc:BuyerReference', text),
    doc.one('period', 'cac:InvoicePeriod', periodWithCode(period)),
    doc.one('vatPointDateCode', 'cac:InvoicePeriod/cbc:DescriptionCode', text),
    purchaseOrder,
    doc.one('salesOrderReference', 'cac:OrderReference/cbc:SalesOrderID', text),
    doc.many(
      'precedingInvoices',
      'cac:BillingReference*/cac:InvoiceDocumentReference',
      group([before.one('number', 'cbc:ID', text), before.one('issueDate', 'cbc:IssueDate', isoDay)]),
    ),
    doc.one('despatchAdviceReference', 'cac:DespatchDocumentReference/cbc:ID', text),
    doc.one('receivingAdviceReference', 'cac:ReceiptDocumentReference/cbc:ID', text),
    doc.one('tenderOrLotReference', 'cac:OriginatorDocumentReference/cbc:ID', text),
    doc.one('contractReference', 'cac:ContractDocumentReference/cbc:ID', text),
    doc.one('invoicedObject', 'cac:AdditionalDocumentReference[cbc:DocumentTypeCode=130]/cbc:ID', identifier),
    doc.many('attachments', 'cac:AdditionalDocumentReference[cbc:DocumentTypeCode!130,50]*', supportingDocument),
    doc.one('projectReference', names.project, text),
    doc.one('seller', SELLER, party),
    doc.one('buyer', 'cac:AccountingCustomerParty/cac:Party', party),
    doc.one('payee', 'cac:PayeeParty', payee),
    readOnly(doc.one('creditorId', `cac:PayeeParty/${CREDITOR_ID}`, text)),
    doc.one('creditorId', `${SELLER}/${CREDITOR_ID}`, text),
    doc.one('taxRepresentative', 'cac:TaxRepresentativeParty', taxRepresentative),
    doc.one('delivery', 'cac:Delivery', delivery),
    doc.many('payments', 'cac:PaymentMeans*', paymentInstruction),
    repeated<EInvoice, 'remittanceInformation'>('remittanceInformation', ['cac:PaymentMeans'], 'cbc:PaymentID', text),
    repeated<EInvoice, 'mandateReference'>(
      'mandateReference',
      ['cac:PaymentMeans'],
      'cac:PaymentMandate/cbc:ID',
      text,
      ({ children }) =>
        children.some(({ name, text: code }) => name === 'cbc:PaymentMeansCode' && DIRECT_DEBITS.includes(code)),
    ),
    ...names.dueDate,
    doc.one('paymentTerms', 'cac:PaymentTerms/cbc:Note', termsText),
    doc.many('allowances', ALLOWANCES, allowanceCharge),
    doc.many('charges', CHARGES, allowanceCharge),
    doc.one('totals', 'cac:LegalMonetaryTotal', totals),
    vatTotals,
    doc.many('lines', `${names.line}*`, lineOf(names)),
  ])
}

import { elementOrder } from '../binding/order.ts'

/** The order of children that the UBL 2.1 schemas want, for the elements that are written. */
const PARTY =
  'cbc:EndpointID cac:PartyIdentification cac:PartyName cac:PostalAddress cac:PartyTaxScheme cac:PartyLegalEntity cac:Contact'
const ADDRESS =
  'cbc:StreetName cbc:AdditionalStreetName cbc:CityName cbc:PostalZone cbc:CountrySubentity cac:AddressLine cac:Country'
const CATEGORY = 'cbc:ID cbc:Percent cbc:TaxExemptionReasonCode cbc:TaxExemptionReason cac:TaxScheme'
const REFERENCE = 'cbc:ID cbc:IssueDate cbc:DocumentTypeCode cbc:DocumentDescription cac:Attachment'
const REFERENCES_BEHIND = 'cac:ContractDocumentReference cac:AdditionalDocumentReference'
const LINE_END =
  'cbc:LineExtensionAmount cbc:AccountingCost cac:InvoicePeriod cac:OrderLineReference cac:DocumentReference cac:AllowanceCharge cac:Item cac:Price'
const DOCUMENT_END =
  'cac:AccountingSupplierParty cac:AccountingCustomerParty cac:PayeeParty cac:TaxRepresentativeParty cac:Delivery ' +
  'cac:PaymentMeans cac:PaymentTerms cac:AllowanceCharge cac:TaxTotal cac:LegalMonetaryTotal cac:InvoiceLine ' +
  'cac:CreditNoteLine'
const CURRENCIES =
  'cbc:DocumentCurrencyCode cbc:TaxCurrencyCode cbc:AccountingCost cbc:BuyerReference cac:InvoicePeriod ' +
  'cac:OrderReference cac:BillingReference cac:DespatchDocumentReference cac:ReceiptDocumentReference'

export const UBL_ORDER = elementOrder({
  'inv:Invoice':
    `cbc:CustomizationID cbc:ProfileID cbc:ID cbc:IssueDate cbc:DueDate cbc:InvoiceTypeCode cbc:Note ` +
    `cbc:TaxPointDate ${CURRENCIES} cac:OriginatorDocumentReference ${REFERENCES_BEHIND} cac:ProjectReference ` +
    `${DOCUMENT_END}`,
  'cn:CreditNote':
    `cbc:CustomizationID cbc:ProfileID cbc:ID cbc:IssueDate cbc:TaxPointDate cbc:CreditNoteTypeCode cbc:Note ` +
    `${CURRENCIES} ${REFERENCES_BEHIND} cac:OriginatorDocumentReference ${DOCUMENT_END}`,
  'cac:InvoiceLine': `cbc:ID cbc:Note cbc:InvoicedQuantity ${LINE_END}`,
  'cac:CreditNoteLine': `cbc:ID cbc:Note cbc:CreditedQuantity ${LINE_END}`,
  'cac:InvoicePeriod': 'cbc:StartDate cbc:EndDate cbc:DescriptionCode',
  'cac:OrderReference': 'cbc:ID cbc:SalesOrderID',
  'cac:InvoiceDocumentReference': REFERENCE,
  'cac:AdditionalDocumentReference': REFERENCE,
  'cac:DocumentReference': REFERENCE,
  'cac:Attachment': 'cbc:EmbeddedDocumentBinaryObject cac:ExternalReference',
  'cac:Party': PARTY,
  'cac:PayeeParty': PARTY,
  'cac:TaxRepresentativeParty': PARTY,
  'cac:PostalAddress': ADDRESS,
  'cac:Address': ADDRESS,
  'cac:PartyTaxScheme': 'cbc:CompanyID cac:TaxScheme',
  'cac:PartyLegalEntity': 'cbc:RegistrationName cbc:CompanyID cbc:CompanyLegalForm',
  'cac:Contact': 'cbc:Name cbc:Telephone cbc:ElectronicMail',
  'cac:Delivery': 'cbc:ActualDeliveryDate cac:DeliveryLocation cac:DeliveryParty',
  'cac:DeliveryLocation': 'cbc:ID cac:Address',
  'cac:PaymentMeans':
    'cbc:PaymentMeansCode cbc:PaymentDueDate cbc:PaymentID cac:CardAccount cac:PayeeFinancialAccount cac:PaymentMandate',
  'cac:CardAccount': 'cbc:PrimaryAccountNumberID cbc:NetworkID cbc:HolderName',
  'cac:PayeeFinancialAccount': 'cbc:ID cbc:Name cac:FinancialInstitutionBranch',
  'cac:PaymentMandate': 'cbc:ID cac:PayerFinancialAccount',
  'cac:AllowanceCharge':
    'cbc:ChargeIndicator cbc:AllowanceChargeReasonCode cbc:AllowanceChargeReason cbc:MultiplierFactorNumeric cbc:Amount cbc:BaseAmount cac:TaxCategory',
  'cac:TaxTotal': 'cbc:TaxAmount cac:TaxSubtotal',
  'cac:TaxSubtotal': 'cbc:TaxableAmount cbc:TaxAmount cac:TaxCategory',
  'cac:TaxCategory': CATEGORY,
  'cac:ClassifiedTaxCategory': CATEGORY,
  'cac:LegalMonetaryTotal':
    'cbc:LineExtensionAmount cbc:TaxExclusiveAmount cbc:TaxInclusiveAmount cbc:AllowanceTotalAmount cbc:ChargeTotalAmount cbc:PrepaidAmount cbc:PayableRoundingAmount cbc:PayableAmount',
  'cac:Item':
    'cbc:Description cbc:Name cac:BuyersItemIdentification cac:SellersItemIdentification ' +
    'cac:StandardItemIdentification cac:OriginCountry cac:CommodityClassification cac:ClassifiedTaxCategory ' +
    'cac:AdditionalItemProperty',
  'cac:AdditionalItemProperty': 'cbc:Name cbc:Value',
  'cac:Price': 'cbc:PriceAmount cbc:BaseQuantity cac:AllowanceCharge',
})

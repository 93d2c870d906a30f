import { elementOrder } from '../binding/order.ts'

/** The order of children that the schemas of Cross Industry Invoice D16B want, for the elements that are written. */
const PARTY =
  'ram:ID ram:GlobalID ram:Name ram:Description ram:SpecifiedLegalOrganization ram:DefinedTradeContact ram:PostalTradeAddress ram:URIUniversalCommunication ram:SpecifiedTaxRegistration'
const TAX =
  'ram:CalculatedAmount ram:TypeCode ram:ExemptionReason ram:BasisAmount ram:CategoryCode ram:ExemptionReasonCode ram:TaxPointDate ram:DueDateTypeCode ram:RateApplicablePercent'
const REFERENCE =
  'ram:IssuerAssignedID ram:URIID ram:LineID ram:TypeCode ram:Name ram:AttachmentBinaryObject ram:ReferenceTypeCode ram:FormattedIssueDateTime'
const ALLOWANCE =
  'ram:ChargeIndicator ram:CalculationPercent ram:BasisAmount ram:ActualAmount ram:ReasonCode ram:Reason ram:CategoryTradeTax'
const PRICE = 'ram:ChargeAmount ram:BasisQuantity ram:AppliedTradeAllowanceCharge'

export const CII_ORDER = elementOrder({
  'rsm:CrossIndustryInvoice': 'rsm:ExchangedDocumentContext rsm:ExchangedDocument rsm:SupplyChainTradeTransaction',
  'rsm:ExchangedDocumentContext':
    'ram:BusinessProcessSpecifiedDocumentContextParameter ram:GuidelineSpecifiedDocumentContextParameter',
  'rsm:ExchangedDocument': 'ram:ID ram:TypeCode ram:IssueDateTime ram:IncludedNote',
  'ram:IncludedNote': 'ram:Content ram:SubjectCode',
  'rsm:SupplyChainTradeTransaction':
    'ram:IncludedSupplyChainTradeLineItem ram:ApplicableHeaderTradeAgreement ram:ApplicableHeaderTradeDelivery ram:ApplicableHeaderTradeSettlement',
  'ram:ApplicableHeaderTradeAgreement':
    'ram:BuyerReference ram:SellerTradeParty ram:BuyerTradeParty ram:SellerTaxRepresentativeTradeParty ' +
    'ram:SellerOrderReferencedDocument ram:BuyerOrderReferencedDocument ram:ContractReferencedDocument ' +
    'ram:AdditionalReferencedDocument ram:SpecifiedProcuringProject',
  'ram:ApplicableHeaderTradeDelivery':
    'ram:ShipToTradeParty ram:ActualDeliverySupplyChainEvent ram:DespatchAdviceReferencedDocument ram:ReceivingAdviceReferencedDocument',
  'ram:ApplicableHeaderTradeSettlement':
    'ram:CreditorReferenceID ram:PaymentReference ram:TaxCurrencyCode ram:InvoiceCurrencyCode ram:PayeeTradeParty ' +
    'ram:SpecifiedTradeSettlementPaymentMeans ram:ApplicableTradeTax ram:BillingSpecifiedPeriod ' +
    'ram:SpecifiedTradeAllowanceCharge ram:SpecifiedTradePaymentTerms ' +
    'ram:SpecifiedTradeSettlementHeaderMonetarySummation ram:InvoiceReferencedDocument ' +
    'ram:ReceivableSpecifiedTradeAccountingAccount',
  'ram:SellerTradeParty': PARTY,
  'ram:BuyerTradeParty': PARTY,
  'ram:SellerTaxRepresentativeTradeParty': PARTY,
  'ram:ShipToTradeParty': PARTY,
  'ram:PayeeTradeParty': PARTY,
  'ram:SpecifiedLegalOrganization': 'ram:ID ram:TradingBusinessName',
  'ram:DefinedTradeContact':
    'ram:PersonName ram:DepartmentName ram:TelephoneUniversalCommunication ram:EmailURIUniversalCommunication',
  'ram:PostalTradeAddress':
    'ram:PostcodeCode ram:LineOne ram:LineTwo ram:LineThree ram:CityName ram:CountryID ram:CountrySubDivisionName',
  'ram:AdditionalReferencedDocument': REFERENCE,
  'ram:InvoiceReferencedDocument': REFERENCE,
  'ram:SpecifiedProcuringProject': 'ram:ID ram:Name',
  'ram:SpecifiedTradeSettlementPaymentMeans':
    'ram:TypeCode ram:Information ram:ApplicableTradeSettlementFinancialCard ram:PayerPartyDebtorFinancialAccount ' +
    'ram:PayeePartyCreditorFinancialAccount ram:PayeeSpecifiedCreditorFinancialInstitution',
  'ram:ApplicableTradeSettlementFinancialCard': 'ram:ID ram:CardholderName',
  'ram:PayeePartyCreditorFinancialAccount': 'ram:IBANID ram:AccountName ram:ProprietaryID',
  'ram:ApplicableTradeTax': TAX,
  'ram:CategoryTradeTax': TAX,
  'ram:BillingSpecifiedPeriod': 'ram:StartDateTime ram:EndDateTime',
  'ram:SpecifiedTradeAllowanceCharge': ALLOWANCE,
  'ram:AppliedTradeAllowanceCharge': ALLOWANCE,
  'ram:SpecifiedTradePaymentTerms': 'ram:Description ram:DueDateDateTime ram:DirectDebitMandateID',
  'ram:SpecifiedTradeSettlementHeaderMonetarySummation':
    'ram:LineTotalAmount ram:ChargeTotalAmount ram:AllowanceTotalAmount ram:TaxBasisTotalAmount ram:TaxTotalAmount ram:RoundingAmount ram:GrandTotalAmount ram:TotalPrepaidAmount ram:DuePayableAmount',
  'ram:IncludedSupplyChainTradeLineItem':
    'ram:AssociatedDocumentLineDocument ram:SpecifiedTradeProduct ram:SpecifiedLineTradeAgreement ram:SpecifiedLineTradeDelivery ram:SpecifiedLineTradeSettlement',
  'ram:AssociatedDocumentLineDocument': 'ram:LineID ram:IncludedNote',
  'ram:SpecifiedTradeProduct':
    'ram:GlobalID ram:SellerAssignedID ram:BuyerAssignedID ram:Name ram:Description ram:ApplicableProductCharacteristic ram:DesignatedProductClassification ram:OriginTradeCountry',
  'ram:ApplicableProductCharacteristic': 'ram:Description ram:Value',
  'ram:SpecifiedLineTradeAgreement':
    'ram:BuyerOrderReferencedDocument ram:GrossPriceProductTradePrice ram:NetPriceProductTradePrice',
  'ram:GrossPriceProductTradePrice': PRICE,
  'ram:NetPriceProductTradePrice': PRICE,
  'ram:SpecifiedLineTradeSettlement':
    'ram:ApplicableTradeTax ram:BillingSpecifiedPeriod ram:SpecifiedTradeAllowanceCharge ' +
    'ram:SpecifiedTradeSettlementLineMonetarySummation ram:AdditionalReferencedDocument ' +
    'ram:ReceivableSpecifiedTradeAccountingAccount',
})

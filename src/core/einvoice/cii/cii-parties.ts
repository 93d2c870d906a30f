import { fieldsOf, group, optionalGroup } from '../binding/binding.ts'
import { type Codec, identifier, text } from '../binding/codecs.ts'
import type { Address, Contact, Delivery, Party, Payee, TaxRepresentative } from '../document.ts'
import { contactName, day, partyIds } from './cii-codecs.ts'

const where = fieldsOf<Address>()
const address: Codec<Address> = group([
  where.one('postCode', 'ram:PostcodeCode', text),
  where.one('line1', 'ram:LineOne', text),
  where.one('line2', 'ram:LineTwo', text),
  where.one('line3', 'ram:LineThree', text),
  where.one('city', 'ram:CityName', text),
  where.one('country', 'ram:CountryID', text),
  where.one('subdivision', 'ram:CountrySubDivisionName', text),
])
const ADDRESS = 'ram:PostalTradeAddress'
const VAT_ID = 'ram:SpecifiedTaxRegistration[ram:ID@schemeID=VA,VAT]/ram:ID'
const TAX_ID = 'ram:SpecifiedTaxRegistration[ram:ID@schemeID=FC]/ram:ID'
const LEGAL_ID = 'ram:SpecifiedLegalOrganization/ram:ID'

const who = fieldsOf<Party>()
const contact = fieldsOf<Contact>()
export const party: Codec<Party> = group([
  partyIds<Party>(
    (made, ids) => {
      made.identifiers = ids
    },
    ({ identifiers }) => identifiers,
    true,
  ),
  who.one('name', 'ram:Name', text),
  who.one('legalInformation', 'ram:Description', text),
  who.one('legalRegistration', LEGAL_ID, identifier),
  who.one('tradingName', 'ram:SpecifiedLegalOrganization/ram:TradingBusinessName', text),
  who.one(
    'contact',
    'ram:DefinedTradeContact',
    group([
      contactName,
      contact.one('telephone', 'ram:TelephoneUniversalCommunication/ram:CompleteNumber', text),
      contact.one('email', 'ram:EmailURIUniversalCommunication/ram:URIID', text),
    ]),
  ),
  who.one('address', ADDRESS, address),
  who.one('electronicAddress', 'ram:URIUniversalCommunication/ram:URIID', identifier),
  who.one('vatId', VAT_ID, text),
  who.one('taxRegistration', TAX_ID, text),
])

const paid = fieldsOf<Payee>()
export const payee: Codec<Payee> = group([
  partyIds<Payee>(
    (made, [id]) => {
      if (id !== undefined) made.identifier = id
    },
    ({ identifier: id }) => (id === undefined ? [] : [id]),
    false,
  ),
  paid.one('name', 'ram:Name', text),
  paid.one('legalRegistration', LEGAL_ID, identifier),
])

const agent = fieldsOf<TaxRepresentative>()
export const taxRepresentative: Codec<TaxRepresentative> = group([
  agent.one('name', 'ram:Name', text),
  agent.one('address', ADDRESS, address),
  agent.one('vatId', VAT_ID, text),
])

const sent = fieldsOf<Delivery>()
export const delivery: Codec<Delivery> = optionalGroup([
  sent.inside('ram:ShipToTradeParty', [
    partyIds<Delivery>(
      (made, [id]) => {
        if (id !== undefined) made.location = id
      },
      ({ location }) => (location === undefined ? [] : [location]),
      false,
    ),
    sent.one('name', 'ram:Name', text),
    sent.one('address', ADDRESS, address),
  ]),
  sent.one('date', 'ram:ActualDeliverySupplyChainEvent/ram:OccurrenceDateTime', day),
])

import { isIban, plainIban } from '../base/iban.ts'
import type { XmlElement } from '../einvoice/xml/tree.ts'
import { type BankTransaction, type Counterparty, readAmount, soleTransaction } from './statement.ts'
import { childrenOf, elementAt, textAt } from './xml-path.ts'

/** What stands for "none" among end-to-end ids. */
const NOT_PROVIDED = 'NOTPROVIDED'

/**
 * The transactions of an entry: they come to its amount. Where a file does not say what each had, or says it in another currency, it
 * is one transaction, with the texts of all of them.
 */
export function readTransactions(entry: XmlElement, amountMinor: bigint, currency: string): BankTransaction[] {
  const groups = childrenOf(entry, 'NtryDtls')
  const batch = textAt(elementAt(entry, 'NtryDtls/Btch'), 'PmtInfId')
  const details = groups.flatMap((group) => childrenOf(group, 'TxDtls'))
  const charges = chargesOf(entry, currency)
  const text = textAt(entry, 'AddtlNtryInf')
  if (details.length === 0) {
    const remittance = text === null ? [] : [text]
    return [soleTransaction(amountMinor, { remittance, paymentInfoId: batch, chargesMinor: charges })]
  }
  const read = details.map((detail) => readTransaction(detail, amountMinor, currency, batch))
  const [only] = read
  if (read.length === 1 && only !== undefined) {
    const remittance = only.remittance.length > 0 || text === null ? only.remittance : [text]
    return [{ ...only, amountMinor, remittance, chargesMinor: charges > 0n ? charges : only.chargesMinor }]
  }
  const sum = read.reduce((total, one) => total + one.amountMinor, 0n)
  if (sum === amountMinor && read.every((one) => one.amountMinor !== 0n)) return read
  const remittance = read.flatMap((one) => [...one.remittance, one.endToEndId ?? '']).filter((one) => one !== '')
  return [soleTransaction(amountMinor, { remittance, paymentInfoId: batch, chargesMinor: charges })]
}

function readTransaction(
  detail: XmlElement,
  entryMinor: bigint,
  currency: string,
  batch: string | null,
): BankTransaction {
  const side = textAt(detail, 'CdtDbtInd')
  const isCredit = side === null ? entryMinor > 0n : side === 'CRDT'
  const endToEndId = textAt(detail, 'Refs/EndToEndId')
  const structured = elementAt(detail, 'RmtInf')?.children ?? []
  const references = structured.flatMap((one) => textAt(one, 'CdtrRefInf/Ref', 'CdtrRefInf/CdtrRef') ?? [])
  const lines = [
    ...structured.flatMap((one) => (one.children.length === 0 ? [one.text] : [])),
    ...structured.flatMap((one) => [
      textAt(one, 'RfrdDocInf/Nb', 'RfrdDocInf/RfrdDocNb') ?? '',
      textAt(one, 'AddtlRmtInf') ?? '',
    ]),
    textAt(detail, 'AddtlTxInf') ?? '',
  ]
  return {
    amountMinor: amountOf(detail, currency) * (isCredit ? 1n : -1n),
    counterparty: partyOf(detail, isCredit),
    endToEndId: endToEndId === NOT_PROVIDED ? null : endToEndId,
    mandateId: textAt(detail, 'Refs/MndtId'),
    bankReference: textAt(detail, 'Refs/AcctSvcrRef', 'Refs/TxId', 'Refs/UETR'),
    paymentInfoId: textAt(detail, 'Refs/PmtInfId') ?? batch,
    creditorReference: references[0] ?? null,
    remittance: [...references.slice(1), ...lines].filter((line) => line !== ''),
    returnReason: textAt(detail, 'RtrInf/Rsn/Cd', 'RtrInf/Rsn/Prtry', 'RtrInf/RtrRsn/Cd'),
    chargesMinor: chargesOf(detail, currency),
  }
}

/** What a transaction had in the currency of the account, without a sign; 0 where that is not told. */
function amountOf(detail: XmlElement, currency: string): bigint {
  const own =
    elementAt(detail, 'Amt') ?? elementAt(detail, 'AmtDtls/TxAmt/Amt') ?? elementAt(detail, 'AmtDtls/InstdAmt/Amt')
  if (own === null || own.attributes['Ccy'] !== currency) return 0n
  const minor = readAmount(own.text, currency)
  return typeof minor === 'string' ? 0n : minor
}

/** The other side: whoever paid what came in, whoever got what went out. A return turns that round. */
function partyOf(detail: XmlElement, isCredit: boolean): Counterparty {
  const isReturn = elementAt(detail, 'RtrInf') !== null
  const role = isCredit === isReturn ? 'Cdtr' : 'Dbtr'
  const parties = elementAt(detail, 'RltdPties')
  const account = textAt(parties, `${role}Acct/Id/IBAN`, `${role}Acct/Id/Othr/Id`, `${role}Acct/Id/PrtryAcct/Id`)
  const plain = plainIban(account ?? '')
  const institution = `RltdAgts/${role}Agt/FinInstnId`
  return {
    name: textAt(
      parties,
      `Ultmt${role}/Pty/Nm`,
      `Ultmt${role}/Nm`,
      `${role}/Pty/Nm`,
      `${role}/Nm`,
      `${role}/Agt/FinInstnId/Nm`,
    ),
    iban: isIban(plain) ? plain : null,
    account: isIban(plain) ? null : account,
    bic: textAt(detail, `${institution}/BICFI`, `${institution}/BIC`),
  }
}

/** What banks kept, by the currency of the account. */
function chargesOf(element: XmlElement, currency: string): bigint {
  const charges = childrenOf(element, 'Chrgs')
  const total = charges.flatMap((one) => elementAt(one, 'TtlChrgsAndTaxAmt') ?? [])
  const single = charges
    .flatMap((one) => [one, ...childrenOf(one, 'Rcrd')])
    .flatMap((one) => elementAt(one, 'Amt') ?? [])
  return (total.length > 0 ? total : single).reduce((sum, { text, attributes }) => {
    const minor = attributes['Ccy'] === currency ? readAmount(text, currency) : 0n
    return typeof minor === 'string' ? sum : sum + minor
  }, 0n)
}

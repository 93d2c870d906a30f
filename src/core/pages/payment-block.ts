import type { InvoiceDocument } from '../invoicing/document.ts'
import type { BankAccount, PayTo } from '../invoicing/pay-to.ts'
import type { Language } from '../words/languages.ts'
import { WORDS } from '../words/words.ts'
import type { Brand } from './brand.ts'
import type { Block, Fact } from './page.ts'
import { swissSlip } from './swiss-slip.ts'

/** What applications of payers call a scheme. */
export const SCHEME_NAMES: Readonly<Record<string, string>> = {
  swiss_qr_bill: 'Swiss QR-bill',
  epc: 'SEPA',
  nbu: 'НБУ',
  upi: 'UPI',
}
/** The picture of a Swiss code has 46 millimetres by its standard. */
const [SWISS_MM, CODE_MM] = [46, 34]

/** Accounts in the document's currency, and codes that a payer scans. Nobody owes a draft. */
export function paymentBlocks(document: InvoiceDocument, brand: Brand): Block[] {
  const { language, mark, payTo } = document
  if (payTo === undefined || mark === 'draft') return []
  const scan = WORDS[language].document.scan
  const onSlip = slipCodes(document, brand)
  return [
    {
      kind: 'payment',
      accounts: payTo.accounts.map((account) => accountFacts(language, account)),
      codes: payTo.codes
        .filter((code) => !onSlip.includes(code))
        .map((code) => ({
          code,
          widthMm: code.scheme === 'swiss_qr_bill' ? SWISS_MM : CODE_MM,
          caption: `${scan} · ${SCHEME_NAMES[code.scheme] ?? code.scheme}`,
        })),
    },
  ]
}

/** The payment slip at the foot of the last page, where the document has one. */
export function slipBlocks(document: InvoiceDocument, brand: Brand): Block[] {
  return slipCodes(document, brand).map((code) => swissSlip(document.language, code))
}

/** The standard has slips on A4 alone; documents from before have the code by itself, as they had. */
function slipCodes({ mark, payTo }: InvoiceDocument, { paper }: Brand): PayTo['codes'] {
  if (payTo?.slip !== true || mark === 'draft' || paper !== 'a4') return []
  return payTo.codes.filter(({ scheme }) => scheme === 'swiss_qr_bill')
}

/** What of a bank account is shown, with its words: `IBAN`, `DE89 3704 …`. */
export function accountFacts(language: Language, account: Omit<BankAccount, 'currency'>): Fact[] {
  const words = WORDS[language].document
  const facts: readonly (readonly [string, string | undefined])[] = [
    ['IBAN', account.iban === undefined ? undefined : inGroups(account.iban)],
    ['BIC', account.bic],
    ['UPI', account.virtualAddress],
    [words.holder, account.holder],
    [words.taxId, account.taxCode],
  ]
  return facts.flatMap(([label, value]) => (value === undefined ? [] : [{ label, value }]))
}

/** `DE89 3704 0044 0532 0130 00` */
function inGroups(iban: string): string {
  return iban.replaceAll(' ', '').replaceAll(/.{4}(?=.)/g, (group) => `${group} `)
}

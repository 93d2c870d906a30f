import type { InvoiceDocument } from '../invoicing/document.ts'
import type { BankAccount } from '../invoicing/pay-to.ts'
import type { Language } from '../words/languages.ts'
import { WORDS } from '../words/words.ts'
import type { Block, Fact } from './page.ts'

/** What applications of payers call a scheme. */
const SCHEME_NAMES: Readonly<Record<string, string>> = {
  swiss_qr_bill: 'Swiss QR-bill',
  epc: 'SEPA',
  nbu: 'НБУ',
  upi: 'UPI',
}
/** The picture of a Swiss code has 46 millimetres by its standard. */
const [SWISS_MM, CODE_MM] = [46, 34]

/** Accounts in the document's currency, and codes that a payer scans. Nobody owes a draft. */
export function paymentBlocks({ language, mark, payTo }: InvoiceDocument): Block[] {
  if (payTo === undefined || mark === 'draft') return []
  const scan = WORDS[language].document.scan
  return [
    {
      kind: 'payment',
      accounts: payTo.accounts.map((account) => accountFacts(language, account)),
      codes: payTo.codes.map((code) => ({
        code,
        widthMm: code.scheme === 'swiss_qr_bill' ? SWISS_MM : CODE_MM,
        caption: `${scan} · ${SCHEME_NAMES[code.scheme] ?? code.scheme}`,
      })),
    },
  ]
}

function accountFacts(language: Language, account: Omit<BankAccount, 'currency'>): Fact[] {
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

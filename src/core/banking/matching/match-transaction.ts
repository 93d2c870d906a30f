import { formatMinor } from '../../base/money.ts'
import { findCreditorReference, isOneSlip, referencesIn } from '../references.ts'
import type { BankTransaction } from '../statement.ts'
import { type AmountFit, type Chosen, chooseInvoices } from './choose-invoices.ts'
import { nameLikeness, nameWords } from './names.ts'
import type { OpenItem, OpenItems } from './open-items.ts'

/** What a payment may be for, and why. */
export interface Proposal {
  readonly accountId: string
  /** In thousandths: 995 is wrong five times in a thousand, as far as rules can say. */
  readonly score: number
  /** In words, for whoever decides. */
  readonly reasons: readonly string[]
  readonly invoices: readonly { readonly id: string; readonly number: string; readonly amountMinor: bigint }[]
  /** What banks kept, where the amount fits with it alone: the customer has paid it. */
  readonly chargesMinor: bigint
}

/** What is looked at of a transaction. */
export type Incoming = Pick<
  BankTransaction,
  'amountMinor' | 'chargesMinor' | 'counterparty' | 'endToEndId' | 'creditorReference' | 'remittance'
>

/** Proposals of one payment that are kept. */
const MAX_PROPOSALS = 5
/** Accounts that are looked at closely for one payment. */
const MAX_CANDIDATES = 200

/**
 * What is left of doubt by each finding, in thousandths: an invoice number that stands in the text leaves 50 of 1000, and the exact amount
 * 100 of these, so that 5 are left and the score is 995. More than 1000 raises doubt. Found by the test of precision, which prints what
 * each threshold gives (`test/bank-precision.test.ts`).
 */
const DOUBT = {
  structured: 10,
  number: 50,
  shortNumber: 300,
  slip: 250,
  slipOfNobody: 900,
  accountKey: 80,
  shortKey: 350,
  knownIban: 80,
  /** Known, and the payment has no name to compare. */
  namelessIban: 250,
  sharedIban: 400,
  sameName: 250,
  likeName: 400,
  /** As many others are called. */
  commonName: 700,
  otherName: 12_000,
  /** The IBAN is known, and the name is another one: somebody of the family, or of the same group. */
  otherNameOfPayer: 4000,
  paidInvoice: 150,
} as const
/** Named: the text names the invoices. */
const AMOUNT_DOUBT: Readonly<Record<AmountFit, { readonly named: number; readonly unnamed: number }>> = {
  exact: { named: 100, unnamed: 250 },
  sum: { named: 100, unnamed: 250 },
  subset: { named: 100, unnamed: 500 },
  tolerance: { named: 200, unnamed: 700 },
  other: { named: 2000, unnamed: 3000 },
}
const LIKE = 780
const UNLIKE = 450
/** Another account that is at most so many times less likely makes nobody sure. */
const RIVAL = 10
const WHOLE = 1_000_000
/** Letters and digits from which on a number is seldom in a text by chance. */
const LONG_ENOUGH = 6

/** Proposals for money that came in, the best first; none where nothing points to anybody. */
export function matchTransaction(
  known: OpenItems,
  incoming: Incoming,
  { currency, toleranceMinor }: { readonly currency: string; readonly toleranceMinor: bigint },
): Proposal[] {
  const read = readTexts(incoming)
  const candidates = [...candidatesOf(known, incoming, read)].slice(0, MAX_CANDIDATES)
  const weighed = candidates.flatMap((accountId) => weigh(known, accountId, incoming, read, currency, toleranceMinor))
  weighed.sort((a, b) => a.doubt - b.doubt || (a.accountId < b.accountId ? -1 : 1))
  const [best, second] = weighed
  const hasRival = best !== undefined && second !== undefined && second.doubt < best.doubt * RIVAL
  return weighed.slice(0, MAX_PROPOSALS).map(({ doubt, ...proposal }) => {
    const score = Math.max(0, 1000 - Math.ceil(doubt / 1000))
    if (!hasRival) return { ...proposal, score }
    return {
      ...proposal,
      score: Math.min(score, 500),
      reasons: [...proposal.reasons, 'another account is nearly as likely'],
    }
  })
}

interface Texts {
  readonly structured: readonly string[]
  readonly references: readonly string[]
  readonly words: readonly string[]
}

function readTexts({ creditorReference, remittance, endToEndId, counterparty }: Incoming): Texts {
  // Lines of a bank break anywhere: what stands at the end of one and at the beginning of the next may be one reference.
  const texts = [remittance.join('\n'), remittance.join(''), endToEndId ?? '', creditorReference ?? '']
  const structured = [creditorReference, ...texts.map(findCreditorReference)].filter((one) => one !== null)
  return {
    structured: [...new Set(structured)],
    references: [...new Set(texts.flatMap(referencesIn))],
    words: nameWords(counterparty.name ?? ''),
  }
}

function candidatesOf(
  known: OpenItems,
  { amountMinor, chargesMinor, counterparty }: Incoming,
  read: Texts,
): Set<string> {
  const found = new Set<string>()
  const add = (ids: Iterable<string>): void => {
    for (const id of ids) if (known.accounts.has(id)) found.add(id)
  }
  const owners = (items: readonly OpenItem[]): string[] => items.map(({ accountId }) => accountId)
  for (const reference of read.structured) {
    const { items, accounts } = known.structured(reference)
    add([...owners(items), ...accounts])
  }
  for (const reference of read.references) {
    add(owners(known.numbered(reference)))
    add(known.keyed(reference))
  }
  add(known.payers.get(counterparty.iban ?? '') ?? [])
  add(known.named(read.words))
  add(owners(known.ofAmount(amountMinor)))
  if (chargesMinor > 0n) add(owners(known.ofAmount(amountMinor + chargesMinor)))
  return found
}

function weigh(
  known: OpenItems,
  accountId: string,
  incoming: Incoming,
  read: Texts,
  currency: string,
  toleranceMinor: bigint,
): (Omit<Proposal, 'score'> & { readonly doubt: number })[] {
  const account = known.accounts.get(accountId)
  if (account === undefined) return []
  const items = known.itemsOf.get(accountId) ?? []
  const found = new Findings()
  const isKnownPayer = weighPayer(known, account, incoming, read, found)
  const named = namedItems(known, account, items, read, isKnownPayer, found)
  const open = items.filter(({ openMinor }) => openMinor > 0n)
  const net = chooseInvoices(open, named, incoming.amountMinor, toleranceMinor)
  const gross = incoming.amountMinor + incoming.chargesMinor
  const withCharges = incoming.chargesMinor > 0n ? chooseInvoices(open, named, gross, 0n) : net
  const isGross = !isExact(net) && isExact(withCharges)
  const chosen = isGross ? withCharges : net
  weighAmount(
    chosen,
    named.some(({ openMinor }) => openMinor > 0n),
    isGross ? gross : incoming.amountMinor,
    currency,
    found,
  )
  // The amount alone points to nobody: two customers may owe the same.
  if (!found.pointsToSomebody) return []
  const invoices = allocate(chosen.items, isGross ? gross : incoming.amountMinor)
  const chargesMinor = isGross ? incoming.chargesMinor : 0n
  return [{ accountId, doubt: found.doubt, reasons: found.reasons, invoices, chargesMinor }]
}

/** Doubt that shrinks and grows, with a sentence for each time. */
class Findings {
  doubt = WHOLE
  readonly reasons: string[] = []
  pointsToSomebody = false

  note(doubt: number, reason: string, points = true): void {
    this.doubt = Math.max(1, Math.floor((this.doubt * doubt) / 1000))
    this.reasons.push(reason)
    this.pointsToSomebody ||= points
  }
}

/** Whether the payer is one that the account is known by. */
function weighPayer(
  known: OpenItems,
  account: { readonly id: string; readonly customerName: string; readonly words: readonly string[] },
  { counterparty }: Incoming,
  read: Texts,
  found: Findings,
): boolean {
  const payers = known.payers.get(counterparty.iban ?? '') ?? []
  const isPayer = payers.includes(account.id)
  const isSole = payers.length === 1
  const ofIban = read.words.length === 0 ? DOUBT.namelessIban : DOUBT.knownIban
  if (isPayer && isSole) found.note(ofIban, `IBAN ${counterparty.iban} has paid for this account before`)
  else if (isPayer)
    found.note(
      DOUBT.sharedIban,
      `IBAN ${counterparty.iban} has paid for this account and ${payers.length - 1} more before`,
    )
  const likeness = nameLikeness(read.words, account.words)
  const isTelling = isPayer || known.isTelling(account.words)
  if (likeness === 1000)
    found.note(isTelling ? DOUBT.sameName : DOUBT.likeName, `the payer has the name ${account.customerName}`)
  else if (likeness >= LIKE)
    found.note(
      isTelling ? DOUBT.likeName : DOUBT.commonName,
      `the payer ${counterparty.name} is nearly ${account.customerName}`,
    )
  else if (likeness < UNLIKE && read.words.length > 0)
    found.note(
      isPayer ? DOUBT.otherNameOfPayer : DOUBT.otherName,
      `the payer ${counterparty.name} has another name than ${account.customerName}`,
      false,
    )
  return isPayer || likeness >= LIKE
}

/** Invoices of the account that the text names, and the account itself. */
function namedItems(
  known: OpenItems,
  account: { readonly id: string; readonly key: string },
  items: readonly OpenItem[],
  read: Texts,
  isKnownPayer: boolean,
  found: Findings,
): OpenItem[] {
  const own = (list: readonly OpenItem[]): OpenItem[] => list.filter(({ accountId }) => accountId === account.id)
  const named = new Set<OpenItem>()
  for (const reference of read.structured) {
    const { items: structured, accounts } = known.structured(reference)
    const mine = own(structured)
    if (mine.length > 0)
      found.note(DOUBT.structured, `the reference ${reference} is of ${mine.map(({ number }) => number).join(', ')}`)
    for (const item of mine) named.add(item)
    if (mine.length === 0 && accounts.includes(account.id))
      found.note(DOUBT.structured, `the reference ${reference} is of account ${account.key}`)
  }
  const exact = read.references.filter((reference) => own(known.numbered(reference)).length > 0)
  const fresh = exact.filter((reference) => own(known.numbered(reference)).some((item) => !named.has(item)))
  if (fresh.length > 0) {
    const isLong = fresh.some((reference) => reference.length >= LONG_ENOUGH)
    const isPaid = fresh.every((reference) => own(known.numbered(reference)).every(({ openMinor }) => openMinor === 0n))
    const numbers = fresh.flatMap((reference) => own(known.numbered(reference)).map(({ number }) => number))
    const doubt = isPaid ? DOUBT.paidInvoice : isLong ? DOUBT.number : DOUBT.shortNumber
    found.note(doubt, `the text names ${[...new Set(numbers)].join(', ')}${isPaid ? ', which is paid' : ''}`)
  }
  for (const reference of exact) for (const item of own(known.numbered(reference))) named.add(item)
  if (named.size === 0) slipped(known, items, read, isKnownPayer, found, named)
  const keyed = read.references.find((reference) => known.keyed(reference).includes(account.id))
  if (keyed !== undefined) {
    const doubt = keyed.length >= LONG_ENOUGH && known.keyed(keyed).length === 1 ? DOUBT.accountKey : DOUBT.shortKey
    found.note(doubt, `the text names account ${account.key}`)
  }
  return [...named]
}

/** Numbers with one slip, unless the text as it is names an invoice of somebody. */
function slipped(
  known: OpenItems,
  items: readonly OpenItem[],
  read: Texts,
  isKnownPayer: boolean,
  found: Findings,
  named: Set<OpenItem>,
): void {
  for (const item of items) {
    if (item.openMinor === 0n || item.number.length < LONG_ENOUGH) continue
    const plain = item.number.toUpperCase().replaceAll(/[^\p{L}\p{N}]/gu, '')
    const near = read.references.find(
      (reference) => isOneSlip(reference, plain) && known.numbered(reference).length === 0,
    )
    if (near === undefined) continue
    found.note(isKnownPayer ? DOUBT.slip : DOUBT.slipOfNobody, `the text has ${near}, which is nearly ${item.number}`)
    named.add(item)
    return
  }
}

function isExact({ fit }: Chosen): boolean {
  return fit === 'exact' || fit === 'sum' || fit === 'subset'
}

function weighAmount(
  { fit, items }: Chosen,
  isNamed: boolean,
  amountMinor: bigint,
  currency: string,
  found: Findings,
): void {
  const amount = formatMinor(amountMinor, currency)
  const numbers = items.map(({ number }) => number).join(', ')
  const words = {
    exact: `${amount} is what is open of ${numbers}`,
    sum: `${amount} is what is open of ${numbers} together`,
    subset: `${amount} is what is open of ${numbers} together, and of no others`,
    tolerance: `${amount} is nearly what is open of ${numbers}`,
    other:
      items.length === 0
        ? `${amount} is no sum of what is open`
        : `${amount} is another amount than what is open of ${numbers}`,
  }
  found.note(AMOUNT_DOUBT[fit][isNamed ? 'named' : 'unnamed'], words[fit], false)
}

function allocate(items: readonly OpenItem[], amountMinor: bigint): Proposal['invoices'] {
  let rest = amountMinor
  return items.flatMap(({ id, number, openMinor }) => {
    const part = openMinor < rest ? openMinor : rest
    rest -= part
    return part > 0n ? [{ id, number, amountMinor: part }] : []
  })
}

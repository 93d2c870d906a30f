import type { Incoming } from '../src/core/banking/matching/match-transaction.ts'
import type { KnownMoney, OpenItem, Payee } from '../src/core/banking/matching/open-items.ts'
import { creditorReference } from '../src/core/payment-codes/references.ts'

/** Numbers of a seed: the same seed gives the same world (mulberry32). */
class Dice {
  private state: number

  constructor(seed: number) {
    this.state = seed >>> 0
  }

  /** A whole number from 0 up to `sides` − 1. */
  roll(sides: number): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0
    let mixed = Math.imul(this.state ^ (this.state >>> 15), this.state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % sides
  }

  chance(percent: number): boolean {
    return this.roll(100) < percent
  }

  of<T>(list: readonly T[]): T {
    return list[this.roll(list.length)] as T
  }
}

/** A payment, and the account that it is meant for; null where it is for nobody. */
export interface MadePayment {
  readonly incoming: Incoming
  readonly meantFor: string | null
  readonly kind: string
}

const FIRST =
  'Anna Ben Carla David Emma Felix Greta Hanna Ivan Jana Karl Lena Maria Noah Olga Paul Rosa Sofia Tom Ute Viktor Wanda Yana Zoe'.split(
    ' ',
  )
const LAST =
  'Müller Schmidt Schneider Fischer Weber Meyer Wagner Becker Schulz Hoffmann Novák Kowalski Ivanenko Shevchenko Popescu Rossi García Jensen Dubois Petrov Nagy Kaya Öztürk Weiß'.split(
    ' ',
  )
const TRADES =
  'Bau Energie Logistik Media Software Textil Transport Elektro Garten Praxis Kanzlei Verlag Catering Design'.split(' ')
const FORMS = ['GmbH', 'AG', 'GmbH & Co. KG', 's.r.o.', 'LLC', 'e.K.']
/** What most customers pay: many owe the same. */
const PRICES = [999n, 1999n, 1999n, 1999n, 2999n, 2999n, 4999n, 9900n]

/**
 * A world of customers with open invoices, and a day's payments of theirs, with what goes wrong with payments: names that are
 * misspelt, cut off, turned round, or of somebody else; references that are missing, mistyped, of a neighbour or of a paid
 * invoice; several invoices in one payment, parts, too much; and money that is for nobody.
 */
export function madeWorld(
  seed: number,
  customers: number,
): { readonly known: KnownMoney; readonly payments: readonly MadePayment[] } {
  const dice = new Dice(seed)
  const accounts: Payee[] = []
  const items: OpenItem[] = []
  const payers = new Map<string, string[]>()
  const ibanOf = new Map<string, string>()
  let number = 0
  for (let at = 0; at < customers; at++) {
    const id = `account-${at}`
    const key = String(10_000 + at)
    const customerName = dice.chance(30)
      ? `${dice.of(LAST)} ${dice.of(TRADES)} ${dice.of(FORMS)}`
      : `${dice.of(FIRST)} ${dice.of(LAST)}`
    accounts.push({ id, key, customerKey: `C${key}`, customerName })
    // Of fifty, one has the IBAN of the customer before: a family.
    const iban =
      dice.chance(2) && at > 0
        ? (ibanOf.get(`account-${at - 1}`) as string)
        : `DE${String(10 + (at % 89))}${String(at).padStart(18, '0')}`
    ibanOf.set(id, iban)
    if (dice.chance(50)) payers.set(iban, [...(payers.get(iban) ?? []), id])
    const count = 1 + (dice.chance(40) ? dice.roll(4) : 0)
    for (let one = 0; one < count; one++) {
      const openMinor = dice.chance(60) ? dice.of(PRICES) : BigInt(500 + dice.roll(50_000))
      items.push({
        id: `invoice-${++number}`,
        number: `INV-${String(number).padStart(6, '0')}`,
        accountId: id,
        openMinor,
        dueOn: `2026-0${1 + one}-15`,
      })
    }
    if (dice.chance(40))
      items.push({
        id: `invoice-${++number}`,
        number: `INV-${String(number).padStart(6, '0')}`,
        accountId: id,
        openMinor: 0n,
        dueOn: '2025-12-15',
      })
  }
  const byAccount = Map.groupBy(items, ({ accountId }) => accountId)
  const payments = accounts.map((account) =>
    paymentOf(dice, account, byAccount.get(account.id) ?? [], ibanOf.get(account.id) as string, items),
  )
  return { known: { accounts, items, payers }, payments }
}

function paymentOf(
  dice: Dice,
  account: Payee,
  items: readonly OpenItem[],
  iban: string,
  all: readonly OpenItem[],
): MadePayment {
  const open = items.filter(({ openMinor }) => openMinor > 0n)
  const [first] = open as [OpenItem]
  const lot = dice.roll(100)
  const name = dice.chance(6) ? `${dice.of(FIRST)} ${dice.of(LAST)}` : misspelt(dice, account.customerName)
  const made = (kind: string, amountMinor: bigint, remittance: string[], more: Partial<Incoming> = {}): MadePayment => {
    const counterparty = {
      name: dice.chance(3) ? null : name,
      iban: dice.chance(10) ? null : iban,
      account: null,
      bic: null,
    }
    const incoming = {
      amountMinor,
      chargesMinor: 0n,
      counterparty,
      endToEndId: null,
      creditorReference: null,
      remittance,
      ...more,
    }
    return { incoming, meantFor: account.id, kind }
  }
  const sum = open.reduce((total, { openMinor }) => total + openMinor, 0n)
  const other = dice.of(all)
  if (lot < 22) return made('reference', first.openMinor, [], { creditorReference: creditorReference(first.number) })
  if (lot < 26)
    return made('reference in the text', first.openMinor, [
      `Zahlung ${spaced(creditorReference(first.number) ?? '')} danke`,
    ])
  if (lot < 48) return made('number', first.openMinor, [written(dice, first.number)])
  if (lot < 54) return made('number mistyped', first.openMinor, [`Rechnung ${mistyped(dice, first.number)}`])
  if (lot < 56) return made('number of somebody else', first.openMinor, [`Rechnung ${other.number}`])
  if (lot < 58)
    return made('number of a paid invoice', first.openMinor, [`Rechnung ${(items.at(-1) as OpenItem).number}`])
  if (lot < 65) return made('account', first.openMinor, [`Kundennummer ${account.key}`])
  if (lot < 80)
    return made('nothing', first.openMinor, [
      dice.of(['', 'Danke', 'Internet Februar 2026', 'Rechnung', 'Miete 12345']),
    ])
  if (lot < 85) return made('all together', sum, [dice.chance(50) ? open.map((one) => one.number).join(' ') : 'alles'])
  if (lot < 89) return made('part', first.openMinor / 2n + 1n, [written(dice, first.number)])
  if (lot < 92) return made('too much', first.openMinor + BigInt(1 + dice.roll(2000)), [written(dice, first.number)])
  if (lot < 94) {
    const kept = made('charges', first.openMinor - 31n, [written(dice, first.number)], { chargesMinor: 31n })
    return kept
  }
  if (lot < 97) return made('another amount and nothing', first.openMinor + 7n, [''])
  const text = dice.of(['Steuererstattung 2025/123456', 'Gehalt', 'Rückzahlung 00012345', 'Bestellung 100234'])
  const stranger = {
    name: `${dice.of(FIRST)} ${dice.of(LAST)}`,
    iban: `NL${10 + dice.roll(80)}0001${dice.roll(1_000_000)}`,
    account: null,
    bic: null,
  }
  return { ...made('for nobody', dice.of(PRICES), [text], { counterparty: stranger }), meantFor: null }
}

function written(dice: Dice, number: string): string {
  const plain = number.replace('-', '')
  return dice.of([
    number,
    `Rechnung ${number}`,
    `Re.Nr.: ${plain} vom 1.2.2026`,
    `inv ${number.slice(4)}`,
    `${plain} ${number.slice(0, 3)}`,
    `RG ${number}, Danke`,
  ])
}

function mistyped(dice: Dice, number: string): string {
  const at = 4 + dice.roll(number.length - 4)
  return dice.of([
    number.slice(0, at) + String(dice.roll(10)) + number.slice(at + 1),
    number.slice(0, at) + number.slice(at + 1),
    number.slice(0, at) + number[at] + number.slice(at),
  ])
}

function misspelt(dice: Dice, name: string): string {
  if (dice.chance(60)) return name
  const at = 1 + dice.roll(name.length - 2)
  return dice.of([
    name.slice(0, at) + name.slice(at + 1),
    name.slice(0, at) + name[at] + name.slice(at),
    name.split(' ').toReversed().join(', '),
    name.toUpperCase().replaceAll('Ü', 'UE').replaceAll('Ö', 'OE'),
    name.slice(0, 18),
    `${name.split(' ')[0]} u. ${name}`,
  ])
}

function spaced(text: string): string {
  return text.replaceAll(/(.{4})/g, '$1 ').trim()
}

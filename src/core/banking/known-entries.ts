import type { BankEntry, BankStatement } from './statement.ts'

/** A final statement, as far as its place among others goes. */
export interface StatementPlace {
  readonly fromOn: string
  readonly toOn: string
  readonly openingMinor: bigint | null
  readonly closingMinor: bigint | null
  readonly format: string
}

/** An entry that another file has said already. */
export interface KnownEntry {
  readonly id: string
  readonly bookedOn: string
  readonly amountMinor: bigint
  readonly bankReference: string | null
  readonly fingerprint: string
  /** On the account after it, where that is known. */
  readonly balanceMinor: bigint | null
  /** The final statement that has booked it; null while it is only announced. */
  readonly statement: StatementPlace | null
}

/** An entry of a statement that is being read. */
export interface PlacedEntry {
  readonly entry: BankEntry
  readonly fingerprint: string
  readonly balanceMinor: bigint | null
}

/** All that is said of an entry, in a form that differs little from file to file. Two entries may have the same. */
export function fingerprintText({ bookedOn, amountMinor, bankReference, transactions }: BankEntry): string {
  const said = transactions.map(({ amountMinor: minor, endToEndId, creditorReference, counterparty, remittance }) => [
    ...[minor, endToEndId, creditorReference, counterparty.iban],
    remittance.join('').replaceAll(/\s/g, '').toUpperCase(),
  ])
  return [bookedOn, amountMinor, bankReference, ...said.flat()].join('\n')
}

/** The days and balances of a statement; null where it has neither entries nor balances with a day. */
export function placeOf({ entries, opening, closing, format }: BankStatement): StatementPlace | null {
  const days = entries
    .filter(({ status }) => status === 'booked')
    .map(({ bookedOn }) => bookedOn)
    .toSorted()
  const toOn = days.at(-1) ?? closing?.date ?? opening?.date
  if (toOn == null) return null
  const fromOn = days[0] ?? toOn
  return {
    fromOn,
    toOn,
    openingMinor: opening?.amountMinor ?? null,
    closingMinor: closing?.amountMinor ?? null,
    format,
  }
}

/**
 * Which entries of a statement are known: of each the id, or null for a new one. Each known entry stands for one at most, so two equal
 * payments of one day stay two.
 *
 * A final statement takes up what reports and notifications have announced. Of other final statements it repeats entries only where it
 * overlaps them: where one begins with the balance that the other ends with, they follow each other, however alike their entries are.
 */
export function findKnown(
  placed: readonly PlacedEntry[],
  place: StatementPlace | null,
  known: readonly KnownEntry[],
): (string | null)[] {
  const found: (string | null)[] = placed.map(() => null)
  const taken = new Set<string>()
  const repeatable = known.flatMap((one) => {
    const repeats = place === null || one.statement === null ? 'yes' : repeatsIn(place, one.statement)
    return repeats === 'no' ? [] : [{ one, repeats }]
  })
  for (const { ofEntry, ofKnown } of LIKENESSES) {
    // What is alike is looked for among its like alone: thousands pay the same amount on one day.
    const alike = new Map<string, Repeatable[]>()
    for (const each of repeatable) {
      const likeness = taken.has(each.one.id) ? null : ofKnown(each.one, place)
      if (likeness === null) continue
      const list = alike.get(likeness)
      if (list === undefined) alike.set(likeness, [each])
      else list.push(each)
    }
    for (const [index, entry] of placed.entries()) {
      const likeness = found[index] === null ? ofEntry(entry, place) : null
      const candidates = likeness === null ? undefined : alike.get(likeness)
      const at = candidates?.findIndex(({ one, repeats }) => repeats === 'yes' || isSameBalance(entry, one)) ?? -1
      const [taking] = at < 0 || candidates === undefined ? [] : candidates.splice(at, 1)
      if (taking === undefined) continue
      found[index] = taking.one.id
      taken.add(taking.one.id)
    }
  }
  return found
}

interface Repeatable {
  readonly one: KnownEntry
  /** `by balance`: where the balance after it is the same. */
  readonly repeats: 'yes' | 'by balance'
}

/** Whether two final statements can have the same entry. */
function repeatsIn(own: StatementPlace, other: StatementPlace): Repeatable['repeats'] | 'no' {
  if (own.fromOn > other.toOn || own.toOn < other.fromOn) return 'no'
  const follows = own.openingMinor !== null && own.openingMinor === other.closingMinor && other.toOn <= own.fromOn
  const precedes = own.closingMinor !== null && own.closingMinor === other.openingMinor && own.toOn <= other.fromOn
  const isSameStatement = own.openingMinor === other.openingMinor && own.closingMinor === other.closingMinor
  if ((follows || precedes) && !isSameStatement) return 'no'
  // They touch in one day: between them a third may be missing. Then an entry is the same only where the balance after it is.
  const touches = own.fromOn === other.toOn || own.toOn === other.fromOn
  const isOneDay = own.fromOn === own.toOn && other.fromOn === other.toOn
  return touches && !isSameStatement && (isOneDay || own.fromOn !== other.fromOn) ? 'by balance' : 'yes'
}

function isSameBalance(entry: PlacedEntry, known: KnownEntry): boolean {
  return entry.balanceMinor === null || known.balanceMinor === null || entry.balanceMinor === known.balanceMinor
}

/** What an entry and a known one have in common that are the same, as a text; null where it says nothing. */
interface Likeness {
  readonly ofEntry: (entry: PlacedEntry, place: StatementPlace | null) => string | null
  readonly ofKnown: (known: KnownEntry, place: StatementPlace | null) => string | null
}

const said = (...parts: readonly (string | bigint)[]): string => parts.join('\n')
const dayOf = ({ entry }: PlacedEntry): string => said(entry.amountMinor, entry.bookedOn)
const dayOfKnown = ({ amountMinor, bookedOn }: KnownEntry): string => said(amountMinor, bookedOn)
const form = (format: string): string => format.slice(0, 4)

/** The strongest first. */
const LIKENESSES: readonly Likeness[] = [
  {
    ofEntry: ({ entry, fingerprint }) => said(entry.amountMinor, fingerprint),
    ofKnown: ({ amountMinor, fingerprint }) => said(amountMinor, fingerprint),
  },
  {
    ofEntry: ({ entry }) => (entry.bankReference === null ? null : said(entry.amountMinor, entry.bankReference)),
    ofKnown: ({ amountMinor, bankReference }) => (bankReference === null ? null : said(amountMinor, bankReference)),
  },
  // A report says less than the statement: the day and the amount are the same, and one of the two has no reference of the bank.
  {
    ofEntry: (placed, place) => (place === null || placed.entry.bankReference === null ? null : dayOf(placed)),
    ofKnown: (known) => (known.statement === null && known.bankReference === null ? dayOfKnown(known) : null),
  },
  {
    ofEntry: (placed, place) => (place === null || placed.entry.bankReference !== null ? null : dayOf(placed)),
    ofKnown: (known) => (known.statement === null ? dayOfKnown(known) : null),
  },
  // The same period in another format, such as MT940 beside camt: day and amount are all that they have in common.
  {
    ofEntry: (placed, place) => (place === null ? null : dayOf(placed)),
    ofKnown: (known, place) => {
      const isOther = known.statement !== null && place !== null && form(known.statement.format) !== form(place.format)
      return isOther ? dayOfKnown(known) : null
    },
  },
]

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
  const may = (entry: PlacedEntry, one: KnownEntry): boolean =>
    place === null || one.statement === null || isRepeated(entry, one, place, one.statement)
  for (const isSame of [sameFingerprint, sameBankReference, sameDay, sameInAnotherForm]) {
    const byAmount = Map.groupBy(
      known.filter(({ id }) => !taken.has(id)),
      ({ amountMinor }) => String(amountMinor),
    )
    for (const [index, entry] of placed.entries()) {
      if (found[index] !== null) continue
      const candidates = byAmount.get(String(entry.entry.amountMinor)) ?? []
      const one = candidates.find((other) => !taken.has(other.id) && may(entry, other) && isSame(entry, other, place))
      if (one === undefined) continue
      found[index] = one.id
      taken.add(one.id)
    }
  }
  return found
}

/** Whether two final statements can have the same entry. */
function isRepeated(entry: PlacedEntry, known: KnownEntry, own: StatementPlace, other: StatementPlace): boolean {
  if (own.fromOn > other.toOn || own.toOn < other.fromOn) return false
  const follows = own.openingMinor !== null && own.openingMinor === other.closingMinor && other.toOn <= own.fromOn
  const precedes = own.closingMinor !== null && own.closingMinor === other.openingMinor && own.toOn <= other.fromOn
  const isSameStatement = own.openingMinor === other.openingMinor && own.closingMinor === other.closingMinor
  if ((follows || precedes) && !isSameStatement) return false
  // They touch in one day: between them a third may be missing. Then an entry is the same only where the balance after it is.
  const touches = own.fromOn === other.toOn || own.toOn === other.fromOn
  const isOneDay = own.fromOn === own.toOn && other.fromOn === other.toOn
  if (touches && !isSameStatement && (isOneDay || own.fromOn !== other.fromOn))
    return entry.balanceMinor === null || known.balanceMinor === null || entry.balanceMinor === known.balanceMinor
  return true
}

function sameFingerprint({ fingerprint }: PlacedEntry, known: KnownEntry): boolean {
  return fingerprint === known.fingerprint
}

function sameBankReference({ entry }: PlacedEntry, known: KnownEntry): boolean {
  return entry.bankReference !== null && entry.bankReference === known.bankReference
}

/** A report says less than the statement: the day and the amount are the same, and one of the two has no reference of the bank. */
function sameDay({ entry }: PlacedEntry, known: KnownEntry, place: StatementPlace | null): boolean {
  if (place === null) return false
  const isOpen = entry.bankReference === null || known.bankReference === null
  return known.statement === null && isOpen && entry.bookedOn === known.bookedOn
}

/** The same period in another format, such as MT940 beside camt: day and amount are all that they have in common. */
function sameInAnotherForm({ entry }: PlacedEntry, known: KnownEntry, place: StatementPlace | null): boolean {
  const form = (format: string): string => format.slice(0, 4)
  const isOther = known.statement !== null && place !== null && form(known.statement.format) !== form(place.format)
  return isOther && entry.bookedOn === known.bookedOn
}

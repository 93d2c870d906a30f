import { camt, type MadeStatement } from '../bank-files-made.ts'

type Entry = MadeStatement['entries'][number]

/** Adds days to a day: `('2026-01-30', 3)` is `2026-02-02`. */
export function daysAfter(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
}

/** The day itself, or the Monday after it: banks book on no other days. */
export function bankingDay(day: string): string {
  const weekday = new Date(`${day}T00:00:00Z`).getUTCDay()
  return weekday === 6 ? daysAfter(day, 2) : weekday === 0 ? daysAfter(day, 1) : day
}

/** The IBAN of a German account: `ibanFor(7)` has the number 0000000007, and its two check digits are right. */
export function ibanFor(number: number): string {
  const own = `37040044${String(number).padStart(10, '0')}`
  const check = 98n - (BigInt(`${own}131400`) % 97n)
  return `DE${String(check).padStart(2, '0')}${own}`
}

/** A bank with one account, which knows better than anybody what is on it. */
export class SimulatedBank {
  balanceMinor = 0n
  private readonly booked = new Map<string, (Entry & { readonly bank: string })[]>()
  private entries = 0

  /** Books money on the first banking day from `entry.day` on. @returns how the bank names the entry */
  book(entry: Entry): string {
    const day = bankingDay(entry.day)
    const bank = `Q-${++this.entries}`
    this.booked.set(day, [...(this.booked.get(day) ?? []), { ...entry, day, bank }])
    return bank
  }

  /** The statement of a day; null where nothing was booked. */
  statementOf(day: string): Uint8Array | null {
    const entries = this.booked.get(day)
    if (entries === undefined) return null
    this.booked.delete(day)
    const opening = Number(this.balanceMinor)
    this.balanceMinor += BigInt(entries.reduce((sum, { minor }) => sum + minor, 0))
    return camt([{ id: `S-${day}`, opening, entries }])
  }
}

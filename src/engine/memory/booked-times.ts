import { enlarged } from '../../core/base/enlarged.ts'

const FIRST_CAPACITY = 1024

/**
 * By account: the earliest time that its sessions were noted to be due at, plus one; 0 where none was. Most sessions of an
 * account end later than one that was noted before, and noting a time costs more than looking here.
 */
export class BookedTimes {
  private times = new Float64Array(FIRST_CAPACITY)

  /** @returns whether the time is before what was noted already: then it is to be noted. */
  book(account: number, atMs: number): boolean {
    while (account >= this.times.length) this.times = enlarged(this.times)
    const booked = this.times[account] as number
    if (booked !== 0 && booked <= atMs + 1) return false
    this.times[account] = atMs + 1
    return true
  }

  /** What was noted of an account has come. */
  clear(account: number): void {
    if (account < this.times.length) this.times[account] = 0
  }
}

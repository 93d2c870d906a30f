interface Due {
  readonly atMs: number
  readonly account: string
}

/** The next time at which something of an account is due: a binary heap, in which each account counts once. */
export class DueTimes {
  private readonly heap: Due[] = []
  private readonly next = new Map<string, number>()

  /** Notes a time; a later one than the account has already is left for when that has come. */
  add(atMs: number, account: string): void {
    if ((this.next.get(account) ?? Number.POSITIVE_INFINITY) <= atMs) return
    this.next.set(account, atMs)
    const { heap } = this
    let at = heap.push({ atMs, account }) - 1
    while (at > 0) {
      const parent = (at - 1) >> 1
      if ((heap[parent] as Due).atMs <= atMs) break
      this.swap(at, parent)
      at = parent
    }
  }

  isDue(nowMs: number): boolean {
    return (this.heap[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs
  }

  /** Takes up to `limit` accounts whose time has come. Whoever asks notes their next time. */
  takeUntil(nowMs: number, limit: number): string[] {
    const accounts: string[] = []
    while (accounts.length < limit) {
      const [first] = this.heap
      if (first === undefined || first.atMs > nowMs) break
      this.removeFirst()
      // An earlier time was noted after this one, and has been taken.
      if (this.next.get(first.account) !== first.atMs) continue
      this.next.delete(first.account)
      accounts.push(first.account)
    }
    return accounts
  }

  private removeFirst(): void {
    const { heap } = this
    const last = heap.pop()
    if (last === undefined || heap.length === 0) return
    heap[0] = last
    let at = 0
    for (;;) {
      let least = at
      for (const child of [2 * at + 1, 2 * at + 2]) {
        if (child < heap.length && (heap[child] as Due).atMs < (heap[least] as Due).atMs) least = child
      }
      if (least === at) return
      this.swap(at, least)
      at = least
    }
  }

  private swap(a: number, b: number): void {
    const { heap } = this
    const kept = heap[a] as Due
    heap[a] = heap[b] as Due
    heap[b] = kept
  }
}

interface Due {
  atMs: number
  readonly account: string
}

/** The next time at which something of an account is due: a binary heap, in which each account has one place. */
export class DueTimes {
  private readonly heap: Due[] = []
  private readonly places = new Map<string, number>()

  /** Notes a time; a later one than the account has already is left for when that has come. */
  add(atMs: number, account: string): void {
    const { heap, places } = this
    const known = places.get(account)
    if (known === undefined) {
      heap.push({ atMs, account })
      places.set(account, heap.length - 1)
      this.rise(heap.length - 1)
      return
    }
    const due = heap[known] as Due
    if (due.atMs <= atMs) return
    due.atMs = atMs
    this.rise(known)
  }

  get size(): number {
    return this.heap.length
  }

  isDue(nowMs: number): boolean {
    return (this.heap[0]?.atMs ?? Number.POSITIVE_INFINITY) <= nowMs
  }

  /** Takes up to `limit` accounts whose time has come. Whoever asks notes their next time. */
  takeUntil(nowMs: number, limit: number): string[] {
    const accounts: string[] = []
    while (accounts.length < limit && this.isDue(nowMs)) accounts.push(this.takeFirst())
    return accounts
  }

  private takeFirst(): string {
    const { heap, places } = this
    this.swap(0, heap.length - 1)
    const { account } = heap.pop() as Due
    places.delete(account)
    this.sink(0)
    return account
  }

  private rise(from: number): void {
    const { heap } = this
    for (let at = from; at > 0; ) {
      const parent = (at - 1) >> 1
      if ((heap[parent] as Due).atMs <= (heap[at] as Due).atMs) return
      this.swap(at, parent)
      at = parent
    }
  }

  private sink(from: number): void {
    const { heap } = this
    for (let at = from; ; ) {
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
    const { heap, places } = this
    const [first, second] = [heap[a] as Due, heap[b] as Due]
    heap[a] = second
    heap[b] = first
    places.set(second.account, a)
    places.set(first.account, b)
  }
}

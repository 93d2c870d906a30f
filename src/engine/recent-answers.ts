const GENERATION = 50_000

/** Amounts charged for the latest events, in two generations, of which the older is forgotten as a whole. */
export class RecentAnswers {
  private young = new Map<string, bigint>()
  private old = new Map<string, bigint>()

  find(source: string, id: string): bigint | undefined {
    const name = `${source}\n${id}`
    return this.young.get(name) ?? this.old.get(name)
  }

  add(source: string, id: string, amount: bigint): void {
    if (this.young.size >= GENERATION) {
      this.old = this.young
      this.young = new Map()
    }
    this.young.set(`${source}\n${id}`, amount)
  }
}

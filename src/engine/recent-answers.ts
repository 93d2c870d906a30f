const MAX_ANSWERS = 100_000

/** Amounts charged for the latest events, the oldest forgotten first. Older ones are found in the journal. */
export class RecentAnswers {
  private readonly amounts = new Map<string, bigint>()

  find(source: string, id: string): bigint | undefined {
    return this.amounts.get(`${source}\n${id}`)
  }

  add(source: string, id: string, amount: bigint): void {
    if (this.amounts.size >= MAX_ANSWERS) this.amounts.delete(this.amounts.keys().next().value as string)
    this.amounts.set(`${source}\n${id}`, amount)
  }
}

/** Makes works that name the same thing run one after another, in the order in which they asked. */
export class KeyedMutex {
  private readonly tails = new Map<string, Promise<unknown>>()

  async take<T>(name: string, work: () => Promise<T>): Promise<T> {
    const turn = (this.tails.get(name) ?? Promise.resolve()).then(work)
    const tail = turn.catch(() => undefined)
    this.tails.set(name, tail)
    void tail.then(() => {
      if (this.tails.get(name) === tail) this.tails.delete(name)
    })
    return turn
  }
}

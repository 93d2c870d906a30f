/**
 * Work that nobody waits for, one piece at a time under each name: the turns of an endpoint, of a target, of a channel. One that is slow holds up no
 * other, and none is begun twice.
 */
export class BackgroundTurns {
  private readonly onFault: (error: unknown, name: string) => void
  private readonly turns = new Map<string, Promise<void>>()

  constructor(onFault: (error: unknown, name: string) => void) {
    this.onFault = onFault
  }

  /** How many are under way. */
  get size(): number {
    return this.turns.size
  }

  has(name: string): boolean {
    return this.turns.has(name)
  }

  /** Begins work under a name that has none under way. */
  begin(name: string, work: () => Promise<void>): void {
    const turn = work()
      .catch((error: unknown) => this.onFault(error, name))
      .finally(() => this.turns.delete(name))
    this.turns.set(name, turn)
  }

  /** Resolves when any of what is under way has ended. */
  async oneEnded(): Promise<void> {
    await Promise.race(this.turns.values())
  }

  /** Resolves when what is under way has ended. */
  async ended(): Promise<void> {
    await Promise.all(this.turns.values())
  }
}

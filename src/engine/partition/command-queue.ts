import { Refusal } from '../../platform/problems.ts'
import type { Command, WriteCommand } from './commands.ts'

/** Records, or other work in records of usage, that may wait to be decided; more is refused, so that memory stays bounded. */
const MAX_QUEUED_RECORDS = 200_000
/**
 * Records of one segment: large enough to share a commit, small enough to answer soon. It is decided in one go, of 30 to 40 ms
 * for 10,000 records of usage, of 20 ms for 500 steps of sessions.
 */
const MAX_SEGMENT_RECORDS = 10_000

/** Commands of a partition in order; bounded by the records in them. */
export class CommandQueue {
  private commands: Command[] = []
  /** Records of what waits. */
  records = 0

  get length(): number {
    return this.commands.length
  }

  get first(): Command | undefined {
    return this.commands[0]
  }

  /** Makes sure of a place for so many records, or refuses. Whatever its size, the first is let in. */
  reserve(weight: number): void {
    if (this.records > 0 && this.records + weight > MAX_QUEUED_RECORDS)
      throw new Refusal('overloaded', 'the queue is full', { retryAfterSeconds: 1 })
    this.records += weight
  }

  push(command: Command): void {
    this.commands.push(command)
  }

  takeFirst(): Command | undefined {
    return this.commands.shift()
  }

  /** Takes the writes that share the next segment: those at the front, up to its size. Some share it with nobody. */
  takeWrites(): WriteCommand[] {
    const taken: WriteCommand[] = []
    let records = 0
    for (const next of this.commands) {
      if (next.kind !== 'write') break
      const isAlone = next.write.payload !== undefined
      if (taken.length > 0 && (isAlone || records + next.write.weight > MAX_SEGMENT_RECORDS)) break
      records += next.write.weight
      taken.push(next)
      if (isAlone) break
    }
    this.commands.splice(0, taken.length)
    this.records -= records
    return taken
  }

  takeAll(): Command[] {
    const taken = this.commands
    this.commands = []
    this.records = 0
    return taken
  }
}

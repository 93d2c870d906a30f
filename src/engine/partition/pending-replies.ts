import { assert } from '../../core/base/assert.ts'
import type { Command } from './commands.ts'

/**
 * What is decided, or is being decided, and is not answered yet, in order. No set: each of its tables would refer to the
 * next one, and what old memory refers to lives on until all of memory is looked at.
 */
export class PendingReplies {
  private readonly groups: (readonly Command[])[] = []

  add(commands: readonly Command[]): void {
    this.groups.push(commands)
  }

  /** Answers the commands that were added first. */
  answer(commands: readonly Command[], values: readonly unknown[]): void {
    assert(this.groups.shift() === commands, 'answers are given in the order of decisions')
    for (const [index, command] of commands.entries()) command.resolve(values[index])
  }

  takeAll(): Command[] {
    return this.groups.splice(0).flat()
  }
}

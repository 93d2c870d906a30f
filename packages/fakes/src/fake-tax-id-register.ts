import type { TaxIdAnswer, TaxIdQuestion, TaxIdRegister } from '../../../src/modules/tax-ids/ports.ts'

export type RegisterTrouble = 'none' | 'away' | 'silent'

/** A register in memory that is away, or does not answer, as it is told. What it was asked is in `asked`. */
export class FakeTaxIdRegister implements TaxIdRegister {
  readonly name = 'fake'
  readonly asked: TaxIdQuestion[] = []
  private readonly given: ReadonlySet<string>
  private readonly troubles: () => RegisterTrouble

  /** @param given the tax ids that somebody has */
  constructor(given: Iterable<string>, troubles: () => RegisterTrouble = () => 'none') {
    this.given = new Set(given)
    this.troubles = troubles
  }

  async ask(question: TaxIdQuestion, signal: AbortSignal): Promise<TaxIdAnswer> {
    this.asked.push(question)
    const trouble = signal.aborted ? 'silent' : this.troubles()
    if (trouble === 'away') return { verdict: 'no_answer', reason: 'MS_UNAVAILABLE' }
    if (trouble === 'silent') return { verdict: 'no_answer', reason: 'it did not answer in time' }
    const isGiven = this.given.has(question.taxId)
    return {
      verdict: isGiven ? 'valid' : 'invalid',
      consultation: question.askedFor === null ? null : `FAKE-${this.asked.length}`,
      ...{ name: isGiven ? 'Somebody' : null, address: null },
    }
  }
}

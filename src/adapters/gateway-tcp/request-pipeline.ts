import type { DecideLines, OnlineAnswer } from '../../modules/online-charging/inbound.ts'
import { Refusal } from '../../platform/problems.ts'

const OVERLOAD_PAUSE_MS = 20

type Answers = readonly (OnlineAnswer | { result: 'error'; reason: string; detail: string })[]

/** What a pipeline does with its connection. */
interface Answering {
  readonly write: (text: string) => Promise<void>
  /** Requests were answered with a fault: nothing behind them is taken any more. */
  readonly close: (reason: string, detail: string) => void
  readonly onFault: (error: unknown) => void
}

/**
 * Requests of one connection, decided in their order: what comes while a batch is committed and answered makes the next one, which
 * is decided meanwhile. Answers are given in the order of requests.
 */
export class RequestPipeline {
  private readonly answering: Answering
  /** Something was answered with a fault: it will come again, so nothing behind it is decided. */
  private hasFailed = false
  /** Resolves when all that was decided is answered. */
  answered: Promise<void> = Promise.resolve()

  constructor(answering: Answering) {
    this.answering = answering
  }

  /** Resolves when the requests are decided; they are answered later, behind all that were decided before. */
  async decide(decide: DecideLines, context: Parameters<DecideLines>[0], lines: string): Promise<void> {
    const before = this.answered
    await new Promise<void>((onDecided) => {
      const turn = { isAsked: () => !this.hasFailed, onDecided }
      const work = async (): Promise<readonly OnlineAnswer[]> => decide(context, lines, turn)
      this.answered = this.answer(before, this.untilAccepted(work, lines))
        .catch(this.answering.onFault)
        .finally(onDecided)
    })
  }

  private async answer(before: Promise<void>, answers: Promise<Answers>): Promise<void> {
    let text = ''
    for (const answer of await answers) text += `${JSON.stringify(answer)}\n`
    await before
    await this.answering.write(text)
  }

  /** A full queue is waited for; a fault is told to each request, which may be sent again as it is, and ends the connection. */
  private async untilAccepted(work: () => Promise<readonly OnlineAnswer[]>, lines: string): Promise<Answers> {
    for (;;) {
      try {
        return await work()
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        if (error.code !== 'overloaded') {
          this.hasFailed = true
          this.answering.close(error.code, 'send again what was not answered, or with an error')
          const failed = { result: 'error' as const, reason: error.code, detail: error.message }
          return lines.split('\n').flatMap((line) => (line.trim() === '' ? [] : [failed]))
        }
        await new Promise((resolve) => setTimeout(resolve, OVERLOAD_PAUSE_MS))
      }
    }
  }
}

import { currencyOf } from '../../core/base/currency.ts'
import { formatScaled } from '../../core/base/decimal.ts'
import { isBlankLine } from '../../core/mediation/record-fields.ts'
import type {
  Acceptance,
  Advice,
  Engine,
  OnlineAnswer,
  OnlineOutcome,
  OnlineRequest,
  OnlineTurn,
} from '../../engine/index.ts'
import { type DatabaseTransaction, inSchema } from '../../platform/db.ts'
import { eventRows } from '../../platform/events/publish.ts'
import { Refusal } from '../../platform/problems.ts'
import type { ReadContext, Tenant } from '../../platform/tenant.ts'
import { insertSuspense } from '../usage/index.ts'
import { OnlineDecoder } from './decode-online.ts'

const MS_PER_DAY = 86_400_000
/** Characters of a short request: what columns are laid out for. */
const REQUEST_LENGTH = 100
/** Requests of one body or batch. */
export const MAX_REQUESTS = 10_000
/** Requests of a body that are read and decided in one go: of steps of sessions, 20 ms of work that others wait for. */
const IN_ONE_GO = 500
/** Characters after which the rest is read in another go: a request may have as many as a hundred short ones. */
const TEXT_IN_ONE_GO = 256 * 1024
/** Lines of a body, empty ones among them. */
const MAX_LINES = 2 * MAX_REQUESTS

/** Reads requests, a line each, from a place in a text on; empty lines are left out. @returns where the next one begins. */
function addLines(decoder: OnlineDecoder, text: string, from: number, most: number): number {
  let start = from
  while (start < text.length && decoder.size < most && start - from < TEXT_IN_ONE_GO) {
    const end = endOfLine(text, start)
    if (!isBlankLine(text, start, end)) decoder.add(text, start, end)
    start = end + 1
  }
  return start
}

function endOfLine(text: string, start: number): number {
  const end = text.indexOf('\n', start)
  return end < 0 ? text.length : end
}

/** Nothing of a body that has too many requests is decided. */
function assertFew(text: string): void {
  let [requests, lines] = [0, 0]
  for (let start = 0, end = 0; start < text.length; start = end + 1) {
    end = endOfLine(text, start)
    if (!isBlankLine(text, start, end)) requests++
    if (requests > MAX_REQUESTS || ++lines > MAX_LINES)
      throw new Refusal('payload_too_large', `at most ${MAX_REQUESTS} requests at once`)
  }
}

/**
 * What protocols of gateways call: requests, a JSON object a line, are decided, and answered in order when what was decided is
 * stored. `turn` says when they are decided, before that.
 */
export type DecideLines = (context: ReadContext, lines: string, turn?: OnlineTurn) => Promise<readonly OnlineAnswer[]>

export function decideWith(engine: Engine): DecideLines {
  return async (context, lines, turn) => decideLines(engine, context, lines, turn)
}

/**
 * Decides requests, a JSON object a line, in order. Those of a long body are decided in several commits: where one
 * fails, the requests are sent again, and what was decided before is answered as a repetition.
 * @param turn of a batch of a connection, which is short enough to be decided in one go.
 */
export async function decideLines(
  engine: Engine,
  context: ReadContext,
  text: string,
  turn?: OnlineTurn,
): Promise<readonly OnlineAnswer[]> {
  assertFew(text)
  const most = turn === undefined ? IN_ONE_GO : MAX_REQUESTS
  const capacity = Math.min(most, Math.ceil(text.length / REQUEST_LENGTH))
  const answers: OnlineAnswer[] = []
  for (let from = 0; from < text.length; ) {
    const decoder = new OnlineDecoder(await engine.decoding(context.tenant.name), capacity)
    from = addLines(decoder, text, from, most)
    answers.push(...(await decide(engine, context, decoder, turn)))
  }
  return answers
}

interface Asked {
  readonly text: string
  resolve(answer: OnlineAnswer): void
  reject(error: unknown): void
}

/** Single requests that come in the same turn of the event loop are read, decided and committed together. */
export class SharedDecisions {
  private readonly engine: Engine
  /** What came in this turn, by tenant. */
  private readonly asked = new Map<string, Asked[]>()

  constructor(engine: Engine) {
    this.engine = engine
  }

  async decide(context: ReadContext, text: string): Promise<OnlineAnswer> {
    return new Promise((resolve, reject) => {
      const { name } = context.tenant
      const requests = this.asked.get(name) ?? []
      this.asked.set(name, requests)
      if (requests.push({ text, resolve, reject }) > 1) return
      setImmediate(() => void this.flush(context, requests.splice(0)))
    })
  }

  private async flush(context: ReadContext, requests: readonly Asked[]): Promise<void> {
    try {
      const decoder = new OnlineDecoder(await this.engine.decoding(context.tenant.name), requests.length)
      for (const { text } of requests) decoder.add(text, 0, text.length)
      const answers = await decide(this.engine, context, decoder)
      for (const [index, request] of requests.entries()) request.resolve(answers[index] as OnlineAnswer)
    } catch (error) {
      for (const request of requests) request.reject(error)
    }
  }
}

/** What a use would cost and how much of it could be used; asked as the event would be. */
export async function advise(engine: Engine, { tenant, nowMs }: ReadContext, text: string): Promise<Advice> {
  const decoder = new OnlineDecoder(await engine.decoding(tenant.name), 1)
  decoder.add(text, 0, text.length, 'event')
  const { batch, requests } = decoder.build()
  const [request] = requests
  if (request?.op !== 'event')
    throw new Refusal('invalid_json', request?.op === 'invalid' ? request.detail : 'expected an object')
  return engine.advise(tenant.name, batch, request.row, acceptanceOf(tenant, nowMs))
}

function acceptanceOf({ acceptanceWindowDays }: Tenant, nowMs: number): Acceptance {
  return { nowMs, windowMs: acceptanceWindowDays * MS_PER_DAY }
}

/** Decides requests, with what goes to suspense and with events in the same commit. */
async function decide(
  engine: Engine,
  context: ReadContext,
  decoder: OnlineDecoder,
  turn?: OnlineTurn,
): Promise<readonly OnlineAnswer[]> {
  const { tenant, nowMs } = context
  const requests = decoder.build()
  const command = {
    ...requests,
    acceptance: acceptanceOf(tenant, nowMs),
    isHookNeeded: ({ suspended }: OnlineOutcome) => suspended.length > 0,
    commitHook: async (trx: DatabaseTransaction, { suspended }: OnlineOutcome) =>
      insertSuspense(inSchema(trx, tenant.schema), suspended, null, nowMs),
    rows: ({ events }: OnlineOutcome) => (events.length === 0 ? [] : [eventRows(events, nowMs)]),
  }
  const { answers } = await engine.online(tenant.name, command, turn)
  return withAmounts(engine, tenant, requests, answers)
}

/** Completes the answers to repeated requests whose amounts memory has lost: all of a batch in one pass. */
async function withAmounts(
  engine: Engine,
  tenant: Tenant,
  { batch, requests }: ReturnType<OnlineDecoder['build']>,
  answers: readonly OnlineAnswer[],
): Promise<readonly OnlineAnswer[]> {
  if (!answers.some(isWithoutAmount)) return answers
  const asked = answers.map((answer, index) => lostRows(answer, requests[index]))
  const rows = asked.flat()
  const charges = await engine.findCharges(tenant.name, batch, rows)
  return answers.map((answer, index) => {
    const found = (asked[index] ?? []).flatMap((row) => charges.get(row) ?? [])
    const [first] = found
    if (first === undefined) return answer
    const { ratingScale } = currencyOf(first.currency)
    const amount = found.reduce((sum, charge) => sum + charge.amount, 0n)
    const text = formatScaled(answer.result === 'refunded' ? -amount : amount, ratingScale)
    return { ...answer, amount: text, currency: first.currency }
  })
}

/** A repetition of what was charged before memory was last rebuilt, or long ago, or of a step that charged nothing. */
function isWithoutAmount({ duplicate, amount }: OnlineAnswer): boolean {
  return duplicate === true && amount === undefined
}

/** The rows of such a repetition, whose amounts the journal has. */
function lostRows(answer: OnlineAnswer, request: OnlineRequest | undefined): readonly number[] {
  if (!isWithoutAmount(answer) || request === undefined) return []
  if (request.op === 'event') return [request.row]
  if (request.op === 'refund') return [request.refundRow]
  return request.op === 'invalid' ? [] : request.used.map(({ row }) => row)
}

import type { ProblemCode } from './generated/facts.ts'

/** The request could not be answered, or was refused. `reason` is stable; the message is for people. */
export class KvitError extends Error {
  readonly reason: string

  constructor(reason: string, detail: string, options?: ErrorOptions) {
    super(`${reason}: ${detail}`, options)
    this.name = new.target.name
    this.reason = reason
  }
}

/** A field at fault: `path` says where it stands in what was sent. */
export interface FieldError {
  readonly path: string
  readonly message: string
  /** Of a plan file or a deck: which, and where in it. */
  readonly file?: string
  readonly line?: number
}

/** What a server of Kvit answers in place of an answer: RFC 9457. */
export interface Problem {
  readonly status: number
  /** Stable: what a program decides by. Codes may come that this client does not know yet. */
  readonly code: ProblemCode | (string & Record<never, never>)
  readonly title: string
  readonly detail: string
  /** Names the request in the server's log. */
  readonly requestId: string
  readonly errors?: readonly unknown[]
  readonly [field: string]: unknown
}

/** Kvit turned the request down: nothing of it was done, unless `code` is `engine_unavailable` or `internal`. */
export class ProblemError extends KvitError {
  /** All that was said: what stands there besides, such as `nextOffset`, depends on the code. */
  readonly problem: Problem

  constructor(problem: Problem) {
    super(problem.code, problem.detail)
    this.problem = problem
  }

  get status(): number {
    return this.problem.status
  }

  get code(): Problem['code'] {
    return this.problem.code
  }

  get detail(): string {
    return this.problem.detail
  }

  get requestId(): string {
    return this.problem.requestId
  }

  /** The fields at fault, where it says which. */
  get fields(): readonly FieldError[] {
    return (this.problem.errors ?? []).filter(isFieldError)
  }
}

function isFieldError(error: unknown): error is FieldError {
  if (error === null || typeof error !== 'object') return false
  const { path, message } = error as Partial<FieldError>
  return typeof path === 'string' && typeof message === 'string'
}

/** What was answered is not Kvit's: a proxy's page, or something cut off. `reason` is `not_kvit`. */
export class AnswerError extends KvitError {
  readonly status: number
  /** How the answer begins. */
  readonly text: string

  constructor(status: number, text: string, detail: string) {
    super('not_kvit', detail)
    this.status = status
    this.text = text
  }
}

/** No answer came. `reason` is `unreachable` or `timed_out`; what the request did is unknown. */
export class NoAnswerError extends KvitError {
  constructor(reason: 'unreachable' | 'timed_out', detail: string, cause: unknown) {
    super(reason, detail, { cause })
  }
}

/** As much of an answer that is not Kvit's as an error keeps. */
const KEPT_TEXT = 500

/** What an answer without success says. */
export function errorOf(status: number, text: string): ProblemError | AnswerError {
  const problem = problemIn(text)
  if (problem !== null) return new ProblemError(problem)
  return new AnswerError(status, text.slice(0, KEPT_TEXT), `the answer ${status} is not one of Kvit: see the address`)
}

function problemIn(text: string): Problem | null {
  try {
    const value = JSON.parse(text) as Partial<Problem> | null
    const isProblem = typeof value?.code === 'string' && typeof value.status === 'number'
    return isProblem ? ({ title: '', detail: '', requestId: '', ...value } as Problem) : null
  } catch {
    return null
  }
}

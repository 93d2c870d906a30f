import { add, type Decimal, decimal, multiply, negate, parseDecimal } from '../base/decimal.ts'

/**
 * A sum, difference or product of columns and constants, such as `({end} - {start}) * 0.001`. It is data: it reads nothing
 * but the columns that it names, and ends after as many steps as it has operators.
 */
export interface Expression {
  /** The columns that it names, each once. */
  readonly columns: readonly string[]
  /** @param values of the columns, in their order */
  readonly evaluate: (values: readonly Decimal[]) => Decimal
}

/** A product of as many numbers of 60 digits as fit is made in microseconds. */
const MAX_LENGTH = 500
const MAX_DEPTH = 10
const TOKEN = /\s*(?:\{([^{}]+)\}|(\d+(?:\.\d+)?)|([-+*()]))/y

type Term = Expression['evaluate']

/** @throws SyntaxError that says what is wrong with the text, and where. */
export function parseExpression(text: string): Expression {
  if (text.length > MAX_LENGTH) throw new SyntaxError(`an expression has at most ${MAX_LENGTH} characters`)
  return new Parser(text).parse()
}

class Parser {
  private readonly text: string
  private readonly columns: string[] = []
  private at = 0

  constructor(text: string) {
    this.text = text.trimEnd()
  }

  parse(): Expression {
    const evaluate = this.sum(0)
    if (this.at < this.text.length) this.fail('an operator')
    return { columns: this.columns, evaluate }
  }

  private sum(depth: number): Term {
    let left = this.product(depth)
    for (;;) {
      const sign = this.operator('+') ? 1 : this.operator('-') ? -1 : 0
      if (sign === 0) return left
      const [first, second] = [left, this.product(depth)]
      left = (values) => add(first(values), sign > 0 ? second(values) : negate(second(values)))
    }
  }

  private product(depth: number): Term {
    let left = this.factor(depth)
    while (this.operator('*')) {
      const [first, second] = [left, this.factor(depth)]
      left = (values) => multiply(first(values), second(values))
    }
    return left
  }

  private factor(depth: number): Term {
    if (depth > MAX_DEPTH) throw new SyntaxError(`an expression has at most ${MAX_DEPTH} parentheses within each other`)
    if (this.operator('-')) {
      const negated = this.factor(depth + 1)
      return (values) => negate(negated(values))
    }
    if (this.operator('(')) {
      const inner = this.sum(depth + 1)
      if (!this.operator(')')) this.fail('")"')
      return inner
    }
    const [, column, constant] = this.token() ?? []
    if (constant !== undefined) return this.constant(constant)
    if (column === undefined) return this.fail('{column}, a number or "("')
    if (!this.columns.includes(column)) this.columns.push(column)
    const place = this.columns.indexOf(column)
    this.at = TOKEN.lastIndex
    return (values) => values[place] as Decimal
  }

  private constant(text: string): Term {
    if (parseDecimal(text) === null) this.fail('a number of at most 60 characters')
    this.at = TOKEN.lastIndex
    const value = decimal(text)
    return () => value
  }

  private operator(sign: string): boolean {
    if (this.token()?.[3] !== sign) return false
    this.at = TOKEN.lastIndex
    return true
  }

  private token(): RegExpExecArray | null {
    TOKEN.lastIndex = this.at
    return TOKEN.exec(this.text)
  }

  private fail(expected: string): never {
    throw new SyntaxError(`expected ${expected} at character ${this.at + 1} of "${this.text}"`)
  }
}

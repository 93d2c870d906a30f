/**
 * A strict JSON reader over text that hands out slices: numbers keep the text they were written with, so no quantity
 * ever passes through floating point, and a record costs no more allocations than the fields that are read.
 */
export class JsonCursor {
  text: string
  at: number

  constructor(text: string, at = 0) {
    this.text = text
    this.at = at
  }

  fail(expected: string): never {
    throw new SyntaxError(`expected ${expected} at character ${this.at + 1}`)
  }

  skipBlanks(): void {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code !== 32 && code !== 10 && code !== 13 && code !== 9) return
      this.at++
    }
  }

  /** Moves past the character if it stands here. */
  take(code: number): boolean {
    if (this.text.charCodeAt(this.at) !== code) return false
    this.at++
    return true
  }

  string(): string {
    if (!this.take(34)) this.fail('a string')
    const start = this.at
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code === 34) return this.text.slice(start, this.at++)
      if (code === 92) return this.escapedString(start)
      if (!(code >= 32)) this.fail('a closing quote')
      this.at++
    }
  }

  private escapedString(start: number): string {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code === 34) break
      if (!(code >= 32)) this.fail('a closing quote')
      this.at += code === 92 ? 2 : 1
    }
    this.at++
    return JSON.parse(this.text.slice(start - 1, this.at)) as string
  }

  private digits(): void {
    const start = this.at
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (!(code >= 48 && code <= 57)) break
      this.at++
    }
    if (this.at === start) this.fail('a digit')
  }

  /** The text of a number, exactly as written. */
  number(): string {
    const start = this.at
    this.take(45)
    if (!this.take(48)) this.digits()
    if (this.take(46)) this.digits()
    const code = this.text.charCodeAt(this.at)
    if (code === 101 || code === 69) {
      this.at++
      if (!this.take(43)) this.take(45)
      this.digits()
    }
    return this.text.slice(start, this.at)
  }

  private word(word: string): void {
    if (!this.text.startsWith(word, this.at)) this.fail('a value')
    this.at += word.length
  }

  /** Moves past any value, checking that it is well-formed. */
  skipValue(depth = 0): void {
    if (depth > MAX_DEPTH) this.fail(`no more than ${MAX_DEPTH} levels`)
    switch (this.text.charCodeAt(this.at)) {
      case 34:
        this.string()
        return
      case 123:
        this.object(() => this.skipValue(depth + 1))
        return
      case 91:
        this.array(() => this.skipValue(depth + 1))
        return
      case 116:
        return this.word('true')
      case 102:
        return this.word('false')
      case 110:
        return this.word('null')
      default:
        this.number()
    }
  }

  /** Calls `member` with each key, the cursor standing on its value; `member` must move past the value. */
  object(member: (key: string) => void): void {
    if (!this.take(123)) this.fail('an object')
    this.skipBlanks()
    if (this.take(125)) return
    for (;;) {
      const key = this.string()
      this.skipBlanks()
      if (!this.take(58)) this.fail('a colon')
      this.skipBlanks()
      member(key)
      this.skipBlanks()
      if (this.take(125)) return
      if (!this.take(44)) this.fail('a comma or a closing brace')
      this.skipBlanks()
    }
  }

  /** Calls `element` with the cursor standing on each element; `element` must move past it. */
  array(element: () => void): void {
    if (!this.take(91)) this.fail('an array')
    this.skipBlanks()
    if (this.take(93)) return
    for (;;) {
      element()
      this.skipBlanks()
      if (this.take(93)) return
      if (!this.take(44)) this.fail('a comma or a closing bracket')
      this.skipBlanks()
    }
  }

  expectEnd(): void {
    this.skipBlanks()
    if (this.at < this.text.length) this.fail('the end')
  }
}

/** Nesting that a usage record may have; deeper input is refused before it can exhaust the stack. */
const MAX_DEPTH = 32

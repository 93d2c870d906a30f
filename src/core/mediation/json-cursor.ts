/**
 * A strict JSON reader over text that hands out slices: numbers keep the text they were written with, so no quantity
 * ever passes through floating point, and a record costs no more allocations than the fields that are read.
 */
export class JsonCursor {
  text: string
  at: number
  /** Where the string that was read last stands in the text; −1 where it had escapes. */
  stringStart = -1
  stringEnd = -1
  /** Keys in the order in which the last object had them: records of one sender are alike, and most keys are known. */
  private readonly knownKeys: string[] = []
  private keyAt = 0

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

  /** Moves past blanks that do not end a line, up to `end`. */
  skipSpaces(end: number): void {
    while (this.at < end && (this.take(32) || this.take(13) || this.take(9)));
  }

  string(): string {
    if (!this.take(34)) this.fail('a string')
    const { text } = this
    const start = this.at
    let at = start
    for (;;) {
      const code = text.charCodeAt(at)
      if (code === 34) break
      if (code === 92) return this.escapedString(start)
      if (!(code >= 32)) this.fail('a closing quote')
      at++
    }
    this.stringStart = start
    this.stringEnd = at
    this.at = at + 1
    return text.slice(start, at)
  }

  /** A string that is probably this one; it is then not cut out again. A likely text has no quote or backslash. */
  likelyString(likely: string | undefined): string {
    if (likely === undefined || !this.isNext(likely)) return this.string()
    this.stringStart = this.at + 1
    this.stringEnd = this.stringStart + likely.length
    this.at = this.stringEnd + 1
    return likely
  }

  /** Whether this string stands here, quoted and without escapes: such a text has no quote or backslash of its own. */
  private isNext(likely: string): boolean {
    const { text, at } = this
    const end = at + 1 + likely.length
    return text.charCodeAt(at) === 34 && text.charCodeAt(end) === 34 && text.startsWith(likely, at + 1)
  }

  private key(): string {
    const likely = this.knownKeys[this.keyAt]
    const key = this.likelyString(likely)
    // A key with escapes is not remembered: it does not stand in the text as it reads.
    if (key !== likely && this.stringStart >= 0 && this.keyAt < MAX_KNOWN_KEYS) this.knownKeys[this.keyAt] = key
    this.keyAt++
    return key
  }

  /** Begins a new record: its keys are expected in the order of the record before. */
  startRecord(): void {
    this.keyAt = 0
  }

  private escapedString(start: number): string {
    for (;;) {
      const code = this.text.charCodeAt(this.at)
      if (code === 34) break
      if (!(code >= 32)) this.fail('a closing quote')
      this.at += code === 92 ? 2 : 1
    }
    this.at++
    this.stringStart = this.stringEnd = -1
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
        this.word('true')
        return
      case 102:
        this.word('false')
        return
      case 110:
        this.word('null')
        return
      default:
        this.number()
    }
  }

  /**
   * Any value as JavaScript has it, but for numbers, which are the texts that they were written with. Strings are as they
   * stand, lone surrogates and all: whoever takes them looks at them. They may be parts of the text: keep a copy.
   */
  textsOf(depth = 0): unknown {
    if (depth > MAX_DEPTH) this.fail(`no more than ${MAX_DEPTH} levels`)
    switch (this.text.charCodeAt(this.at)) {
      case 34: {
        const start = this.at + 1
        const text = this.string()
        if (this.stringStart >= 0) return text
        this.at = start
        return this.escapedString(start)
      }
      case 123: {
        const value: Record<string, unknown> = {}
        this.object((key) => {
          // A key of this name would set the prototype; no request has one.
          if (key === '__proto__') this.fail('another key')
          value[key] = this.textsOf(depth + 1)
        })
        return value
      }
      case 91: {
        const values: unknown[] = []
        this.array(() => values.push(this.textsOf(depth + 1)))
        return values
      }
      case 116:
        this.word('true')
        return true
      case 102:
        this.word('false')
        return false
      case 110:
        this.word('null')
        return null
      default:
        return this.number()
    }
  }

  /** Calls `member` with each key, the cursor standing on its value; `member` must move past the value. */
  object(member: (key: string) => void): void {
    if (!this.take(123)) this.fail('an object')
    this.skipBlanks()
    if (this.take(125)) return
    for (;;) {
      const key = this.key()
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

/** More keys than this in one record are not worth remembering. */
const MAX_KNOWN_KEYS = 64

/** Nesting that a usage record may have; deeper input is refused before it can exhaust the stack. */
const MAX_DEPTH = 32

import { Lexer } from 'yaml'

/** Tokens of all files together: a tier is about 17 of them, so this is 60,000 tiers, read within seconds. */
const MAX_TOKENS = 1_000_000
/** Brackets and braces within each other. */
const MAX_DEPTH = 100
/** The token before the text of a scalar. */
const SCALAR = '\u001f'

/** What is too much of a file, and the offset where that shows. */
export interface TooMuch {
  readonly offset: number
  readonly message: string
}

/**
 * What the files of one publication may need together. Reading YAML takes many times longer than splitting it into tokens,
 * for some texts without any bound that follows from their length: so tokens are counted before a file is read.
 */
export class YamlBudget {
  private tokens = 0

  /** Takes what a file needs. @returns what is too much of it, or null. */
  take(text: string): TooMuch | null {
    let [depth, offset, before] = [0, 0, '']
    for (const token of new Lexer().lex(text)) {
      if (++this.tokens > MAX_TOKENS)
        return { offset, message: `the files are too long: at most ${MAX_TOKENS} keys, values and signs together` }
      if (before !== SCALAR && (token === '[' || token === '{')) depth++
      else if (before !== SCALAR && (token === ']' || token === '}')) depth--
      if (depth > MAX_DEPTH) return { offset, message: `nested too deeply: at most ${MAX_DEPTH} levels` }
      // Tokens without a text of the file are control characters.
      if (token.length > 1 || token >= ' ' || token === '\n' || token === '\r' || token === '\t') offset += token.length
      before = token
    }
    return null
  }
}

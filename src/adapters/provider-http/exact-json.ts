/** Reads JSON of which numbers stay as they are written: `{"amount": 10.50}` has the text `10.50`, and is no floating point. @throws SyntaxError */
export function exactJson(text: string): unknown {
  return JSON.parse(text, (_key, part: unknown, { source }: { source?: string } = {}) =>
    typeof part === 'number' ? (source ?? String(part)) : part,
  )
}

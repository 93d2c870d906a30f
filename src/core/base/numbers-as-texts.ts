/** JSON in which numbers are texts, with every digit that was written. @param toText what becomes of each. */
export function parseNumbersAsTexts(json: string, toText = (written: string): string => written): unknown {
  const reviver = (_key: string, value: unknown, { source }: { source?: string }): unknown =>
    typeof value === 'number' ? toText(source ?? String(value)) : value
  return JSON.parse(json, reviver as (key: string, value: unknown) => unknown)
}

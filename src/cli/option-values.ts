/** Values of options that are no texts. What cannot be read is told by the name of the option, and never sent. */

/** `--quantity 5`. @throws Error for `--quantity two`. */
export function toWhole(option: string, text: string): number {
  if (!/^-?\d{1,15}$/.test(text)) throw new Error(`${option} is a whole number, such as 5, not "${text}"`)
  return Number(text)
}

/** `--overrides '{"fee": {"amount": "8.00"}}'`. @throws Error that says where the JSON cannot be read. */
export function toJson(option: string, text: string): unknown {
  try {
    return JSON.parse(text)
  } catch (error) {
    throw new Error(`${option} is no JSON: ${(error as Error).message}; the shell takes quotes away, so put it in '…'`)
  }
}

/** `cycleCount` is `--cycle-count`. */
export function toFlag(name: string): string {
  return `--${name.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}`
}

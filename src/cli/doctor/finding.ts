/** What the doctor saw of one thing: it is well, worth a note, or wrong. */
export interface Finding {
  readonly check: string
  readonly state: 'ok' | 'note' | 'wrong'
  readonly detail: string
  /** What to do about it. */
  readonly advice?: string
}

export const ok = (check: string, detail: string): Finding => ({ check, state: 'ok', detail })
export const note = (check: string, detail: string, advice: string): Finding => ({
  check,
  state: 'note',
  detail,
  advice,
})
export const wrong = (check: string, detail: string, advice: string): Finding => ({
  check,
  state: 'wrong',
  detail,
  advice,
})

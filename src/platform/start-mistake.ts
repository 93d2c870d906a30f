/**
 * Why Kvit cannot start here, and what to do about it, in one sentence for the person at the terminal. It is no fault of
 * Kvit, so no stack trace is shown with it.
 */
export class StartMistake extends Error {}

/** The code of a system call or of Postgres that failed, such as `EACCES` or `28P01`; empty where there is none. */
export function codeOf(error: unknown): string {
  return error !== null && typeof error === 'object' && 'code' in error ? String(error.code) : ''
}

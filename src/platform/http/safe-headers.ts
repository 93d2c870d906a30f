/**
 * What every answer carries. Answers are data for programs: a browser that is led to one neither guesses another type,
 * nor runs anything of it, nor shows it in a frame of another page, nor keeps it.
 */
const ALWAYS: Readonly<Record<string, string>> = {
  'x-content-type-options': 'nosniff',
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; base-uri 'none'; frame-ancestors 'none'",
  'x-frame-options': 'DENY',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

/** The page of the API reference has a script and styles of its own, and asks this server alone. */
export const REFERENCE_POLICY = [
  "default-src 'self'",
  "script-src 'self' 'unsafe-inline'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "font-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * The console has nothing written into its page: no script, no styles. It asks this server alone, and shows documents that it has
 * fetched as `blob:`. Nobody frames it.
 */
export const CONSOLE_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  'frame-src blob:',
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

/** Where Kvit speaks TLS itself, browsers remember for a year that it does, with all names below. */
const WITH_TLS = { ...ALWAYS, 'strict-transport-security': 'max-age=31536000; includeSubDomains' }

export function safeHeaders(hasTls: boolean): Readonly<Record<string, string>> {
  return hasTls ? WITH_TLS : ALWAYS
}

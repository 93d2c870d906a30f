import { readSecret } from '../../platform/secret-codes.ts'

/** `shop.0192f0c8…_Zk3…`: the tenant, and a secret of 256 random bits with the id that it is found by. */
const TOKEN = /^([a-z][a-z0-9-]{0,39})\.([0-9a-f]{32}_[A-Za-z0-9_-]{43})$/

/** @returns null where a text cannot be the token of a link */
export function readToken(
  token: string,
): { readonly tenant: string; readonly secret: { readonly id: string; readonly sha256: Buffer } } | null {
  const [, tenant, text] = TOKEN.exec(token) ?? []
  const secret = text === undefined ? null : readSecret(text)
  return tenant === undefined || secret === null ? null : { tenant, secret: { ...secret, id: asUuid(secret.id) } }
}

export function writeToken(tenant: string, secret: string): string {
  return `${tenant}.${secret}`
}

/** Where a payer finds the page of a link. */
export function pageUrl(publicUrl: string, token: string): string {
  return `${publicUrl}/pay/${token}`
}

function asUuid(digits: string): string {
  return digits.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** Something that is changed behind Kvit's back, and the invariant by which the check finds and names it. */
export interface Tampering {
  readonly what: string
  readonly table: string
  /** Which rows. */
  readonly where: string
  /** What they are set to; none are deleted. */
  readonly set?: string
  readonly found: string
  readonly named: RegExp
}

export const AS_SEALED = 'every row that money stands on is as it was sealed'
export const invoiceOf = (account: string): string =>
  `(select i.id from invoice i join account a on a.id = i.account_id where a.key = '${account}' order by i.id desc limit 1)`
export const accountOf = (key: string): string => `(select id from account where key = '${key}')`

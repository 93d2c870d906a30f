import type { XmlElement } from '../../einvoice/xml/tree.ts'
import { childrenOf, elementAt, textAt } from '../xml-path.ts'

/** What a bank refuses of a file: all of it, a group, or one order. */
export interface Rejection {
  readonly messageId: string
  readonly group: string | null
  readonly endToEndId: string | null
  /** `AC01`; null where the bank gives none. */
  readonly reason: string | null
}

/** Reads pain.002: what was rejected. @returns null where the file is no pain.002 */
export function readStatusReport(root: XmlElement): Rejection[] | null {
  if (!/pain\.002\.\d{3}\.\d{2}\}/.test(root.name)) return null
  const report = root.children[0] ?? null
  const original = elementAt(report, 'OrgnlGrpInfAndSts')
  const messageId = textAt(original, 'OrgnlMsgId')
  if (report === null || messageId === null) return []
  const reasonOf = (element: XmlElement | null): string | null =>
    textAt(element, 'StsRsnInf/Rsn/Cd', 'StsRsnInf/Rsn/Prtry')
  if (textAt(original, 'GrpSts') === 'RJCT')
    return [{ messageId, group: null, endToEndId: null, reason: reasonOf(original) }]
  return childrenOf(report, 'OrgnlPmtInfAndSts').flatMap((group): Rejection[] => {
    const name = textAt(group, 'OrgnlPmtInfId')
    if (textAt(group, 'PmtInfSts') === 'RJCT')
      return [{ messageId, group: name, endToEndId: null, reason: reasonOf(group) }]
    return childrenOf(group, 'TxInfAndSts').flatMap((one): Rejection[] => {
      const endToEndId = textAt(one, 'OrgnlEndToEndId')
      if (textAt(one, 'TxSts') !== 'RJCT' || endToEndId === null) return []
      return [{ messageId, group: name, endToEndId, reason: reasonOf(one) }]
    })
  })
}

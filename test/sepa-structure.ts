import { localName } from '../src/core/banking/xml-path.ts'
import type { XmlElement } from '../src/core/einvoice/xml/tree.ts'

/** Children of an element, in the order of the schema: `Name` once, `Name?` or not, `Name+` at least once. */
const COMMON: Readonly<Record<string, string>> = {
  GrpHdr: 'MsgId CreDtTm NbOfTxs CtrlSum InitgPty',
  InitgPty: 'Nm',
  SvcLvl: 'Cd',
  LclInstrm: 'Cd',
  Cdtr: 'Nm',
  Dbtr: 'Nm',
  CdtrAcct: 'Id',
  DbtrAcct: 'Id',
  CdtrAgt: 'FinInstnId',
  DbtrAgt: 'FinInstnId',
  FinInstnId: 'BICFI? Othr?',
  Othr: 'Id SchmeNm?',
  SchmeNm: 'Prtry',
  PmtId: 'EndToEndId',
  RmtInf: 'Ustrd',
}
const DEBITS: Readonly<Record<string, string>> = {
  ...COMMON,
  Document: 'CstmrDrctDbtInitn',
  CstmrDrctDbtInitn: 'GrpHdr PmtInf+',
  PmtInf:
    'PmtInfId PmtMtd BtchBookg? NbOfTxs CtrlSum PmtTpInf ReqdColltnDt Cdtr CdtrAcct CdtrAgt ChrgBr CdtrSchmeId DrctDbtTxInf+',
  PmtTpInf: 'SvcLvl LclInstrm SeqTp',
  CdtrSchmeId: 'Id',
  'CdtrSchmeId/Id': 'PrvtId',
  PrvtId: 'Othr',
  DrctDbtTxInf: 'PmtId InstdAmt DrctDbtTx DbtrAgt Dbtr DbtrAcct RmtInf?',
  DrctDbtTx: 'MndtRltdInf',
  MndtRltdInf: 'MndtId DtOfSgntr',
  'CdtrAcct/Id': 'IBAN',
  'DbtrAcct/Id': 'IBAN',
}
const TRANSFERS: Readonly<Record<string, string>> = {
  ...COMMON,
  Document: 'CstmrCdtTrfInitn',
  CstmrCdtTrfInitn: 'GrpHdr PmtInf+',
  PmtInf: 'PmtInfId PmtMtd BtchBookg? NbOfTxs CtrlSum PmtTpInf? ReqdExctnDt Dbtr DbtrAcct DbtrAgt ChrgBr? CdtTrfTxInf+',
  PmtTpInf: 'SvcLvl',
  ReqdExctnDt: 'Dt',
  CdtTrfTxInf: 'PmtId Amt CdtrAgt? Cdtr CdtrAcct RmtInf?',
  Amt: 'InstdAmt',
  'CdtrAcct/Id': 'IBAN',
  'DbtrAcct/Id': 'IBAN',
}
const FORMS: Readonly<Record<string, RegExp>> = {
  MsgId: /^[A-Za-z0-9-]{1,35}$/,
  PmtInfId: /^[A-Za-z0-9-]{1,35}$/,
  EndToEndId: /^[A-Za-z0-9-]{1,35}$/,
  MndtId: /^.{1,35}$/,
  CreDtTm: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}Z$/,
  NbOfTxs: /^\d{1,15}$/,
  CtrlSum: /^\d{1,15}\.\d{2}$/,
  InstdAmt: /^\d{1,9}\.\d{2}$/,
  IBAN: /^[A-Z]{2}\d{2}[A-Z0-9]{1,30}$/,
  BICFI: /^[A-Z0-9]{8}([A-Z0-9]{3})?$/,
  ReqdColltnDt: /^\d{4}-\d{2}-\d{2}$/,
  Dt: /^\d{4}-\d{2}-\d{2}$/,
  DtOfSgntr: /^\d{4}-\d{2}-\d{2}$/,
  SeqTp: /^(FRST|RCUR|OOFF|FNAL)$/,
  PmtMtd: /^(DD|TRF)$/,
  ChrgBr: /^SLEV$/,
  Nm: /^[A-Za-z0-9/\-?:().,'+ ]{1,70}$/,
  Ustrd: /^[A-Za-z0-9/\-?:().,'+ ]{1,140}$/,
}

/**
 * What of a file does not have the structure that the implementation guidelines of the European Payments Council want of pain.008.001.08 and
 * pain.001.001.09. It is stricter than the XSD of ISO 20022 (`sepa-schema.ts`), and needs nothing but Node.
 */
export function structureFaults(root: XmlElement): string[] {
  const rules = root.name.includes('pain.008.001.08') ? DEBITS : TRANSFERS
  const faults: string[] = []
  const visit = (element: XmlElement, parent: string): void => {
    const name = localName(element)
    const rule = rules[`${parent}/${name}`] ?? rules[name]
    if (rule === undefined || element.children.length === 0) {
      if (element.children.length > 0) faults.push(`${name} has no rule`)
      else if (!(FORMS[name] ?? /./).test(element.text)) faults.push(`${name}: ${element.text}`)
      return
    }
    const pattern = rule.split(' ').map((one) => `(?:${one.replace(/[?+]$/, '')} )${/[?+]$/.exec(one)?.[0] ?? ''}`)
    const children = `${element.children.map(localName).join(' ')} `
    if (!new RegExp(`^${pattern.join('')}$`).test(children)) faults.push(`${name} has ${children}`)
    for (const child of element.children) visit(child, name)
  }
  visit(root, '')
  return faults
}

import type { AddressInfo } from 'node:net'
import { createServer, type Pdu, type Server, type Session } from 'smpp'

/**
 * What goes wrong with one part.
 * - `throttled`, `full`: it is refused for now
 * - `vanishes`: the centre takes it and ends the connection without an answer; `silent`: it says nothing
 * - `garbage`: it answers with bytes that are no SMPP
 */
export type CentreTrouble = 'none' | 'throttled' | 'full' | 'vanishes' | 'silent' | 'garbage'

export interface CentreOptions {
  readonly login?: { readonly systemId: string; readonly password: string }
  readonly tls?: { readonly cert: string; readonly key: string }
  /** Asked once for each part. */
  readonly trouble?: () => CentreTrouble
  /** How ids are written in answers; receipts have them as decimal numbers. */
  readonly idInAnswers?: (id: number) => string
  /** Of the first message; 1 unless set. */
  readonly firstId?: number
  /** False: receipts come when they are asked for by `report` alone. */
  readonly reports?: () => boolean
  /** Receipts name their message in their text alone. */
  readonly plainReceipts?: boolean
}

const STATUS = { throttled: 0x58, full: 0x14, noSuchAddress: 0x0b, badPassword: 0x0e } as const
const STATES = { ENROUTE: 1, DELIVRD: 2, EXPIRED: 3, UNDELIV: 5, ACCEPTD: 6, REJECTD: 8 } as const

/**
 * A centre of short messages, by another implementation of SMPP than ours. Numbers that begin with `380000` are not there, those that begin with `380001` turn
 * out not to be. `inbox` has messages whose parts have all come.
 */
export class FakeSmsCentre {
  readonly inbox: { readonly to: string; readonly text: string }[] = []
  readonly parts: Pdu[] = []
  /** Statuses by which receipts were answered. */
  readonly receiptAnswers: number[] = []
  /** Messages that were taken and not answered, at one time, at most. */
  mostAtOnce = 0
  binds = 0
  private readonly options: CentreOptions
  private server: Server | null = null
  private readonly begun = new Map<string, string[]>()
  private ids: number
  private atOnce = 0

  constructor(options: CentreOptions = {}) {
    this.options = options
    this.ids = (options.firstId ?? 1) - 1
  }

  /** @returns the port that it listens on, of this machine */
  async listen(port = 0): Promise<number> {
    const server = createServer(this.options.tls ?? {}, (session) => this.serve(session))
    server.on('error', () => undefined)
    this.server = server
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
    return (server.address() as AddressInfo).port
  }

  /** Ends all connections, as one that dies does. */
  async die(): Promise<void> {
    const { server } = this
    if (server === null) return
    this.server = null
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    for (const session of [...server.sessions]) session.socket.destroy()
    await closed
  }

  /** The connections that there are. */
  get sessions(): readonly Session[] {
    return this.server?.sessions ?? []
  }

  private serve(session: Session): void {
    session.on('error', () => session.socket.destroy())
    session.on('bind_transceiver', (pdu: Pdu) => {
      const { login } = this.options
      const isKnown = login === undefined || (pdu.system_id === login.systemId && pdu.password === login.password)
      this.binds++
      session.send(pdu.response(isKnown ? { system_id: 'fake' } : { command_status: STATUS.badPassword }))
    })
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()))
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response())
      session.close()
    })
    session.on('submit_sm', (pdu: Pdu) => this.take(session, pdu))
  }

  private take(session: Session, pdu: Pdu): void {
    const trouble = this.options.trouble?.() ?? 'none'
    if (trouble === 'throttled' || trouble === 'full')
      return void session.send(pdu.response({ command_status: STATUS[trouble] }))
    if (pdu.destination_addr.startsWith('380000'))
      return void session.send(pdu.response({ command_status: STATUS.noSuchAddress }))
    this.parts.push(pdu)
    const bounces = pdu.destination_addr.startsWith('380001')
    if (!bounces) this.assemble(pdu)
    if (trouble === 'garbage') return void session.socket.write(Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n'))
    if (trouble === 'vanishes') return void session.socket.destroy()
    if (trouble === 'silent') return
    const id = ++this.ids
    this.mostAtOnce = Math.max(this.mostAtOnce, ++this.atOnce)
    setImmediate(() => {
      this.atOnce--
      session.send(pdu.response({ message_id: this.options.idInAnswers?.(id) ?? String(id) }))
      if (pdu.registered_delivery === 1 && this.options.reports?.() !== false) this.report(session, id, bounces ? 'UNDELIV' : 'DELIVRD', bounces ? 1 : 0)
    })
  }

  private assemble({ destination_addr: to, short_message, message_payload }: Pdu): void {
    const { udh: [header] = [], message } = message_payload ?? short_message
    if (header === undefined) return void this.inbox.push({ to, text: message })
    // 00 03 reference total number; 08 04 with a reference of two bytes
    const [total, number] = [header.at(-2) ?? 0, header.at(-1) ?? 0]
    const name = `${to} ${header.subarray(2, -2).toString('hex')}`
    const texts = this.begun.get(name) ?? []
    texts[number - 1] = message
    this.begun.set(name, texts)
    if (texts.length < total || texts.includes(undefined as never)) return
    this.begun.delete(name)
    this.inbox.push({ to, text: texts.join('') })
  }

  /** Reports what became of a message, with a code of a GSM network; a centre that is asked to come later tells nothing further here. */
  report(session: Session, id: number, state: keyof typeof STATES, error = 0): void {
    const text = `id:${String(id).padStart(10, '0')} sub:001 dlvrd:001 submit date:2602011200 done date:2602011201 stat:${state} err:${String(error).padStart(3, '0')} text:`
    const network = Buffer.from([3, error >> 8, error & 255])
    const inTlvs = { receipted_message_id: String(id), message_state: STATES[state], network_error_code: network }
    session.deliver_sm(
      { esm_class: 4, short_message: Buffer.from(text, 'latin1'), ...(this.options.plainReceipts === true ? {} : inTlvs) },
      (answer) => this.receiptAnswers.push(answer.command_status),
    )
  }
}

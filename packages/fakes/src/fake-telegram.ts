import { type ChannelRequest, type ChannelServerAnswer, FakeChannelServer } from './fake-channel-server.ts'

/** The Bot API of Telegram. Chats of 1000 and less are not there; people of 2000 to 2999 have blocked the bot. */
export class FakeTelegram extends FakeChannelServer {
  readonly inbox: { readonly to: string; readonly text: string }[] = []
  private readonly token: string

  constructor(token: string) {
    super()
    this.token = token
  }

  protected override busy(): ChannelServerAnswer {
    return refusal(429, 'Too Many Requests: retry after 7', { retry_after: 7 })
  }

  protected override answer({ path, body }: ChannelRequest): ChannelServerAnswer {
    if (path !== `/bot${this.token}/sendMessage`) return refusal(404, 'Not Found')
    const { chat_id: to, text } = JSON.parse(body.toString()) as { chat_id: string; text: string }
    if (Number(to) <= 1_000) return refusal(400, 'Bad Request: chat not found')
    if (Number(to) < 3_000) return refusal(403, 'Forbidden: bot was blocked by the user')
    if (text === '') return refusal(400, 'Bad Request: message text is empty')
    if (text.length > 4_096) return refusal(400, 'Bad Request: message is too long')
    this.inbox.push({ to, text })
    return { status: 200, body: { ok: true, result: { message_id: this.inbox.length, text } } }
  }
}

function refusal(status: number, description: string, parameters?: object): ChannelServerAnswer {
  return { status, body: { ok: false, error_code: status, description, ...(parameters === undefined ? {} : { parameters }) } }
}

import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import type { Kvit } from '../../sdk/src/index.ts'
import { ProblemError } from './api.ts'
import { useKvit } from './asking.ts'
import { useSession } from './session.tsx'

/** After a loss it is tried again in 1 s, 2 s, 4 s, and so on, at most this long. */
const LONGEST_PAUSE_MS = 30_000
/** However much happens, what is shown is asked for again this often at most. */
const AT_MOST_EVERY_MS = 4_000

/** What is shown is asked for again when something has happened: by server-sent events. @returns whether that works now */
export function useLive(isOn: boolean): boolean {
  const queries = useQueryClient()
  const { tenant } = useSession()
  const client = useKvit()
  const [isLive, setLive] = useState(false)
  useEffect(() => {
    if (!isOn) return undefined
    const ended = new AbortController()
    const refresh = throttled(() => void queries.invalidateQueries({ queryKey: [tenant] }), ended.signal)
    void follow(client, ended.signal, setLive, refresh)
    return () => ended.abort()
  }, [isOn, queries, tenant, client])
  return isLive
}

/** Acts at once, then at most every so often; nothing after the end. */
function throttled(act: () => void, ended: AbortSignal): () => void {
  let isResting = false
  let isWanted = false
  const run = (): void => {
    if (ended.aborted) return
    if (isResting) {
      isWanted = true
      return
    }
    isResting = true
    act()
    setTimeout(() => {
      isResting = false
      if (isWanted) {
        isWanted = false
        run()
      }
    }, AT_MOST_EVERY_MS)
  }
  return run
}

async function follow(
  client: Kvit,
  ended: AbortSignal,
  setLive: (isLive: boolean) => void,
  onEvent: () => void,
): Promise<void> {
  let failures = 0
  let after: string | undefined
  while (!ended.aborted) {
    try {
      const { body } = await client.send('get', '/v1/event-stream', after === undefined ? {} : { after }, {
        signal: ended,
      })
      if (body === null) return
      failures = 0
      setLive(true)
      for await (const text of textsOf(body)) {
        // What happens between two streams is told by the next one.
        const last = [...text.matchAll(/^id: (\d+)$/gm)].at(-1)?.[1]
        if (last !== undefined) after = last
        if (text.includes('data:')) onEvent()
      }
      // It ends by itself now and then, so that a session that has ended hears nothing more.
    } catch (error) {
      if (ended.aborted) return
      setLive(false)
      if (error instanceof ProblemError && error.status < 500 && error.status !== 429) return
      failures++
      await new Promise((resolve) => setTimeout(resolve, Math.min(1_000 * 2 ** failures, LONGEST_PAUSE_MS)))
    }
  }
}

/** A stream piece by piece; not every browser can go through one by itself. */
async function* textsOf(body: ReadableStream<Uint8Array<ArrayBuffer>>): AsyncGenerator<string> {
  const reader = body.pipeThrough(new TextDecoderStream()).getReader()
  for (;;) {
    const { done, value } = await reader.read()
    if (done) return
    yield value
  }
}

import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useWords, type Word } from '../words.tsx'

/** Parts of a screen, each at an address of its own; the first one has no name in it. */
export function Tabs(props: {
  readonly label: string
  readonly tabs: readonly (readonly [string, Word])[]
  readonly now: string
}): ReactNode {
  const { say } = useWords()
  return (
    <nav className="tabs" aria-label={props.label}>
      {props.tabs.map(([tab, word], at) => (
        <Link
          key={tab}
          to="."
          search={(at === 0 ? {} : { tab }) as never}
          activeOptions={{ exact: true, includeSearch: true }}
          aria-current={tab === props.now ? 'page' : undefined}
        >
          {say(word)}
        </Link>
      ))}
    </nav>
  )
}

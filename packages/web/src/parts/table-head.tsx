import type { ReactNode } from 'react'

/** The head of a table whose first column is words and whose others are figures. */
export function TableHead({
  first,
  figures,
}: {
  readonly first: string
  readonly figures: readonly string[]
}): ReactNode {
  return (
    <thead>
      <tr>
        <th scope="col">{first}</th>
        {figures.map((figure) => (
          <th key={figure} scope="col" className="right">
            {figure}
          </th>
        ))}
      </tr>
    </thead>
  )
}

import { Fragment } from 'react'
import { difference } from '../../document/difference.ts'

/** A wording, with what is new in it marked as yours; `lost` words are shown struck through where asked. */
export function Difference({ before, after, lost = false }: { before: string; after: string; lost?: boolean }) {
  const runs = difference(before, after).filter(({ kind }) => lost || kind !== 'lost')
  return runs.map(({ kind, text }, index) => (
    <Fragment key={index}>
      {index > 0 && ' '}
      {kind === 'gained' ? (
        <ins className="gained">{text}</ins>
      ) : kind === 'lost' ? (
        <del className="lost">{text}</del>
      ) : (
        text
      )}
    </Fragment>
  ))
}

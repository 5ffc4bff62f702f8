import { digitOf, numbered } from './numbered.ts'
import { useFeatures, useView } from './use.ts'

/** The number key that holds a feature, beside its name; nothing where none does. */
export function Digit({ feature }: { feature: string }) {
  const axes = useView((view) => view.axes)
  const digit = digitOf(feature, numbered(axes, useFeatures()))
  if (!digit) return null
  return (
    <kbd className="digit" title={`Hold ${digit} and drag a passage: it is pulled along this`}>
      <span className="unseen">key </span>
      {digit}
    </kbd>
  )
}

import { useEffect, useState } from 'react'

/** `never`: this browser cannot draw at all; `lost`: the graphics card let go; `broken`: drawing failed. */
export type PictureTrouble = 'never' | 'lost' | 'broken'

const words: Record<PictureTrouble, [what: string, then: string]> = {
  never: [
    'This browser cannot draw the space.',
    'It needs WebGL 2. The text, the list of passages and everything you do with them work without it.',
  ],
  lost: [
    'The picture is gone for a moment.',
    'The graphics card has let go of it; it comes back by itself, or when you ask for it. Nothing of yours is lost.',
  ],
  broken: [
    'The picture of the space stopped.',
    'The text, the list of passages and everything you do with them go on. Nothing of yours is lost.',
  ],
}

/** In place of the picture: what is wrong with it, what works all the same, and a way on. A live region. */
export function NoPicture({ trouble, onAgain }: { trouble: PictureTrouble | null; onAgain(): void }) {
  // A live region is heard when its words come in after it stands.
  const [told, setTold] = useState<PictureTrouble | null>(null)
  useEffect(() => setTold(trouble), [trouble])
  return (
    <div className="no-picture" role="status" data-trouble={told ?? undefined}>
      {told && (
        <>
          <p className="no-picture-what">{words[told][0]}</p>
          <p>{words[told][1]}</p>
          <button type="button" className="word plain" onClick={onAgain}>
            Draw it again
          </button>
        </>
      )}
    </div>
  )
}

import { Component, type ReactNode } from 'react'
import { NoPicture } from './NoPicture.tsx'

/** When drawing the space fails (no context to be had, a part that did not load), the rest of the app goes on. */
export class SpaceGuard extends Component<{ children: ReactNode }, { broken: boolean }> {
  override state = { broken: false }

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true }
  }

  override render() {
    if (!this.state.broken) return this.props.children
    return <NoPicture trouble="broken" onAgain={() => this.setState({ broken: false })} />
  }
}

import { expose } from 'comlink'
import { holdLifeline } from '../lifeline.ts'
import { LayoutService } from './service.ts'

void holdLifeline()
expose(new LayoutService())

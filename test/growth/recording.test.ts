import { growsLinearly } from './grows-linearly.ts'
import { recordings } from './worst-inputs/exports.ts'

growsLinearly(recordings)

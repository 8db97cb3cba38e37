import { growsLinearly } from './grows-linearly.ts'
import { nvmImages } from './worst-inputs/nvm.ts'

growsLinearly(nvmImages)

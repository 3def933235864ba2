// The documents that Gemara's schema in CUE does not take: node check.mjs SCHEMA-FOLDER DOCUMENT...
import fs from 'node:fs'
import path from 'node:path'
import { init } from 'cue-wasm'

const NAMES = ['collections', 'guidancecatalog', 'mapping_inline', 'mappingdocument', 'metadata', 'entities']
const FILE_LEVEL = /^(package |@status\(|@go\(gemara\))/

const [folder, ...documents] = process.argv.slice(2)
const lines = NAMES.flatMap(name => fs.readFileSync(path.join(folder, `${name}.cue`), 'utf8').split('\n'))
const imports = [...new Set(lines.filter(line => line.startsWith('import ')))]
const rest = lines.filter(line => !line.startsWith('import ') && !FILE_LEVEL.test(line))
const schema = [...imports, ...rest].join('\n')

const cue = await init()
for (const document of documents) {
  const text = fs.readFileSync(document, 'utf8')
  const type = text.includes('"MappingDocument"') ? 'MappingDocument' : 'GuidanceCatalog'
  try {
    cue.toJSON(`${schema}\ndocument: #${type} & ${text}`)
  } catch (error) {
    console.log(`${path.basename(document)}: ${String(error).slice(0, 200).replaceAll('\n', ' ')}`)
  }
}
process.exit(0)

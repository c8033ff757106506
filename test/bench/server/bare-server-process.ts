// What anybody would have to do at least, in a process of its own: a server of Node that puts each
// body into SQLite, as durably as the archiver, and then answers. What comes within one turn of the
// event loop shares a commit. The word is the path of the data file.
import { createServer, type ServerResponse } from 'node:http'
import { DatabaseSync } from 'node:sqlite'

const [path = ''] = process.argv.slice(2)
const database = new DatabaseSync(path)
database.exec(`
  pragma journal_mode = wal;
  pragma synchronous = full;
  create table deliveries (id integer primary key, received_at integer not null, body text not null);
`)
const insert = database.prepare('insert into deliveries (received_at, body) values (?, ?)')

interface Waiting {
  readonly body: string
  readonly answer: ServerResponse
}
let waiting: Waiting[] = []

function commit(): void {
  const all = waiting
  waiting = []
  database.exec('begin immediate')
  for (const { body } of all) insert.run(Date.now(), body)
  database.exec('commit')
  for (const { answer } of all) {
    answer.writeHead(200, { 'Content-Type': 'application/json', 'Content-Length': text.length })
    answer.end(text)
  }
}

const text = '{"status":"ok"}'
const server = createServer((request, answer) => {
  const parts: Buffer[] = []
  request.on('data', (part: Buffer) => parts.push(part))
  request.on('end', () => {
    if (waiting.length === 0) setImmediate(commit)
    waiting.push({ body: Buffer.concat(parts).toString('utf8'), answer })
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  const port = typeof address === 'object' && address !== null ? address.port : 0
  process.stdout.write(`STARTED address=http://127.0.0.1:${port}\n`)
})

// The servers of the benchmark in plain Node.js: three net servers and a ledger, in one process.
'use strict';

const net = require('node:net');
const readline = require('node:readline');

const CONNECTIONS = 1 << 20;
const MAX_FRAME = 1 << 20;
const MIN_SIZE = 20;

const expected = new Int32Array(CONNECTIONS);
let errors = 0;

// The layout and the check of a payload are described in bench/payload, class Payload.
function verify(payload) {
  const size = payload.length;
  if (size < MIN_SIZE) return wrong(`is too small: size=${size}`);
  const connection = payload.readInt32BE(0);
  const sequence = payload.readInt32BE(4);
  const mask = payload.readInt32BE(8);
  let check = 0x811C9DC5 ^ size;
  check = Math.imul(check ^ connection, 16777619);
  check = Math.imul(check ^ sequence, 16777619);
  check = Math.imul(check ^ mask, 16777619);
  for (let k = 0; k < 8; k++) {
    const offset = 16 + Math.floor((size - MIN_SIZE) * k / 7);
    check = Math.imul(check ^ payload.readInt32BE(offset), 16777619);
  }
  if (check !== payload.readInt32BE(12)) {
    return wrong(`is damaged: size=${size}, connection=${connection}, sequence=${sequence}`);
  }
  if (connection < 0 || connection >= CONNECTIONS) {
    return wrong(`has no valid connection: connection=${connection}`);
  }
  if (sequence !== (expected[connection] & mask)) {
    return wrong(`is not the next of its connection: connection=${connection}, `
        + `sequence=${sequence}, expected=${expected[connection] & mask}`);
  }
  expected[connection]++;
}

function wrong(what) {
  if (++errors <= 5) console.error(`A payload ${what}`);
}

function onEof(socket) {
  const chunks = [];
  socket.on('data', (chunk) => chunks.push(chunk));
  socket.on('end', () => chunks.length > 0 && verify(Buffer.concat(chunks)));
  socket.on('error', () => {});
}

function onFrames(socket, onFrame) {
  let rest = null;
  socket.on('data', (chunk) => {
    let bytes = rest === null ? chunk : Buffer.concat([rest, chunk]);
    while (bytes.length >= 4) {
      const size = bytes.readUInt32BE(0);
      if (size > MAX_FRAME) return socket.destroy();
      if (bytes.length < 4 + size) break;
      onFrame(bytes.subarray(0, 4 + size));
      bytes = bytes.subarray(4 + size);
    }
    rest = bytes.length === 0 ? null : bytes;
  });
  socket.on('error', () => {});
}

const servers = {
  eof: onEof,
  frames: (socket) => onFrames(socket, (frame) => verify(frame.subarray(4))),
  echo: (socket) => onFrames(socket, (frame) => {
    verify(frame.subarray(4));
    socket.write(frame);
  }),
};

function listen([name, onConnection]) {
  return new Promise((resolve, reject) => {
    const server = net.createServer({ noDelay: true }, onConnection);
    server.on('error', reject);
    server.listen({ host: '127.0.0.1', port: 0, backlog: 1024 },
        () => resolve(`${name}=${server.address().port}`));
  });
}

Promise.all(Object.entries(servers).map(listen)).then((ports) => {
  console.log(`READY ${ports.join(' ')}`);
  const control = readline.createInterface({ input: process.stdin });
  control.on('line', (line) => {
    if (line === 'stats') {
      const verified = expected.reduce((sum, count) => sum + (count >>> 0), 0);
      console.log(`STATS ${verified} ${errors}`);
    }
  });
  control.on('close', () => process.exit(0));
});
